import { describe, expect, test } from 'vitest';
import { episode, files } from '../../fakes/content.ts';
import { at, catalogOf, graphOf, mp3, mp4, only, pageOf } from './facts.ts';

describe('an episode', () => {
  const chapters = [
    { start: 0, title: 'Why nobody owns it' },
    { start: '1:35.5', title: 'What sales hears' },
  ];
  const aired = (written: Partial<Parameters<typeof episode>[0]>, given = {}) => {
    const catalog = catalogOf({ episodes: [episode({ slug: 'e7', ...written })], ...given });
    return graphOf(pageOf(catalog, '/episodes/e7/', { kind: 'episodes', record: only(catalog.episodes) }));
  };

  test('is part of its series and its season', () => {
    expect(aired({ season: 2, title: 'Whose lead?' })['PodcastEpisode']).toMatchObject({
      '@id': at('/episodes/e7/#episode'),
      name: 'Whose lead?',
      episodeNumber: 7,
      datePublished: '2026-01-01T00:00:00.000Z',
      partOfSeries: { '@type': 'PodcastSeries', '@id': at('/#series') },
      partOfSeason: { '@type': 'PodcastSeason', '@id': at('/#season-2'), seasonNumber: 2 },
      mainEntityOfPage: { '@id': at('/episodes/e7/#page') },
    });
  });

  test('takes as long as its recording, or else as its text', () => {
    const recorded = aired({ audio: { url: 'https://media.example/e7.mp3', ...mp3 } })['PodcastEpisode'];
    expect(recorded).toMatchObject({ timeRequired: 'PT30M5S', duration: 'PT30M5S' });
    const written = aired({})['PodcastEpisode'];
    expect(written).toMatchObject({ timeRequired: 'PT1M' });
    expect(written).not.toHaveProperty('duration');
    expect(written).not.toHaveProperty('associatedMedia');
  });

  test('has its recording with size, type, player and transcript', () => {
    const given = files({
      media: { 'episodes/e7/audio.mp3': mp3 },
      transcripts: { 'episodes/e7/transcript.vtt': [{ start: 0, end: 2, text: 'Hello.' }] },
    });
    expect(aired({ audio: './audio.mp3', transcript: './transcript.vtt' }, given)['PodcastEpisode']).toMatchObject({
      associatedMedia: [
        {
          '@type': 'AudioObject',
          contentUrl: at('/episodes/e7/audio.mp3'),
          contentSize: '14.4 MB',
          encodingFormat: 'audio/mpeg',
          duration: 'PT30M5S',
          embedUrl: at('/episodes/e7/embed/'),
          transcript: at('/episodes/e7/transcript.vtt'),
          caption: { encodingFormat: 'text/vtt' },
        },
      ],
    });
  });

  test('has its chapters as clips, each up to the next and the last one to the end', () => {
    const clips = aired({ chapters, audio: { url: 'https://media.example/e7.mp3', ...mp3 } })['PodcastEpisode']?.[
      'hasPart'
    ];
    expect(clips).toMatchObject([
      { '@type': 'Clip', startOffset: 0, endOffset: 95.5, url: at('/episodes/e7/?t=0') },
      { name: 'What sales hears', startOffset: 95.5, endOffset: 1805, url: at('/episodes/e7/?t=95') },
    ]);
  });

  test('has its film with what a search engine needs to show it, wherever it lies', () => {
    const local = aired(
      { video: './film.mp4', chapters },
      files({ media: { 'episodes/e7/film.mp4': { ...mp4, duration: 120 } } }),
    );
    const needed = {
      '@type': 'VideoObject',
      thumbnailUrl: at('/social/episodes/e7.png'),
      uploadDate: '2026-01-01T00:00:00.000Z',
    };
    expect(local['PodcastEpisode']?.['associatedMedia']).toMatchObject([
      { ...needed, contentUrl: at('/episodes/e7/film.mp4'), hasPart: [{ '@id': at('/episodes/e7/#clip-1') }, {}] },
    ]);
    expect(aired({ video: { youtube: 'abcdefghijk' } })['PodcastEpisode']?.['associatedMedia']).toMatchObject([
      { ...needed, embedUrl: 'https://www.youtube-nocookie.com/embed/abcdefghijk' },
    ]);
    expect(aired({ video: { vimeo: '123456789' } })['PodcastEpisode']?.['associatedMedia']).toMatchObject([
      { ...needed, embedUrl: 'https://player.vimeo.com/video/123456789' },
    ]);
  });
});
