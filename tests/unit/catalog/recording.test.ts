import { expect, test } from 'vitest';
import { cards } from '#catalog/cards.ts';
import { assets, chapters, pathInContent, recording, transcript } from '#catalog/recording.ts';
import { seconds } from '#site/length.ts';
import { References } from '#catalog/references.ts';
import { content, episode, files } from '../../fakes/content.ts';

const facts = { bytes: 1000, type: 'audio/mpeg', duration: 60 } as const;
const remote = { url: 'https://cdn.example.com/1.mp3', ...facts } as const;

test('a recording beside the entry has the facts of its file and an address beside the page', () => {
  const { media } = files({ media: { 'episodes/e1/audio.mp3': facts } });
  expect(recording(episode({ slug: 'e1', audio: './audio.mp3' }), 'audio', media)).toEqual({
    kind: 'file',
    url: '/episodes/e1/audio.mp3',
    ...facts,
  });
});

test('a recording whose file is not there is none', () => {
  expect(recording(episode({ slug: 'e1', audio: './audio.mp3' }), 'audio', {})).toBeUndefined();
});

test('a recording elsewhere has the facts and the address that its author gave', () => {
  expect(recording(episode({ slug: 'e1', audio: remote }), 'audio', {})).toEqual({ kind: 'file', ...remote });
});

test('a film on a platform is known by its id there', () => {
  expect(recording(episode({ slug: 'e1', video: { youtube: 'dQw4w9WgXcQ' } }), 'video', {})).toEqual({
    kind: 'youtube',
    id: 'dQw4w9WgXcQ',
  });
  expect(recording(episode({ slug: 'e1', video: { vimeo: '76979871' } }), 'video', {})).toEqual({
    kind: 'vimeo',
    id: '76979871',
  });
});

test('an episode without a recording has none', () => {
  expect(recording(episode({ slug: 'e1' }), 'audio', {})).toBeUndefined();
  expect(recording(episode({ slug: 'e1', audio: remote }), 'video', {})).toBeUndefined();
});

test('chapters begin at seconds, however their author wrote the moment', () => {
  const list = [
    { start: 0, title: 'Hello' },
    { start: '1:35', title: 'The goal' },
    { start: '1:00:00.5', title: 'Goodbye' },
  ];
  expect(chapters(episode({ slug: 'e1', chapters: list }), content())).toEqual([
    { start: 0, title: 'Hello' },
    { start: 95, title: 'The goal' },
    { start: 3600.5, title: 'Goodbye' },
  ]);
});

test('chapters in a file are those of the file beside the entry; without either there are none', () => {
  const parsed = [{ start: 12, title: 'From the file' }];
  const all = content(files({ chapters: { 'episodes/e1/chapters.json': parsed } }));
  expect(chapters(episode({ slug: 'e1', chapters: './chapters.json' }), all)).toEqual(parsed);
  expect(chapters(episode({ slug: 'e2', chapters: './chapters.json' }), all)).toEqual([]);
  expect(chapters(episode({ slug: 'e1' }), all)).toEqual([]);
});

test('a transcript is what the file beside the entry says, by the people of the episode', () => {
  const cues = [{ start: 0, end: 2, speaker: 'Joel Capperella', text: 'Hello.' }];
  const entry = episode({ slug: 'e1', transcript: './said.vtt' });
  const all = content({ ...files({ transcripts: { 'episodes/e1/said.vtt': cues } }), episodes: [entry] });
  const made = cards(all, { now: new Date('2026-11-22'), preview: false }, new References(all)).episodes.get('e1');
  const people = made?.people ?? [];
  expect(transcript(entry, people, all)).toMatchObject({
    url: '/episodes/e1/said.vtt',
    paragraphs: [{ speaker: { url: '/people/joel/', side: 'marketing' }, cues }],
  });
  expect(transcript(entry, people, content())).toBeUndefined();
  expect(transcript(episode({ slug: 'e1' }), people, all)).toBeUndefined();
});

test('the files beside an episode are published with it; what lies elsewhere is not', () => {
  const entry = episode({
    slug: 'e1',
    audio: './audio.mp3',
    video: './film/video.mp4',
    transcript: './transcript.vtt',
    chapters: './chapters.json',
  });
  expect(assets(entry)).toEqual([
    { url: '/episodes/e1/audio.mp3', path: 'episodes/e1/audio.mp3' },
    { url: '/episodes/e1/film/video.mp4', path: 'episodes/e1/film/video.mp4' },
    { url: '/episodes/e1/transcript.vtt', path: 'episodes/e1/transcript.vtt' },
    { url: '/episodes/e1/chapters.json', path: 'episodes/e1/chapters.json' },
  ]);
  expect(assets(episode({ slug: 'e1', audio: remote, chapters: [{ start: 0, title: 'Hello' }] }))).toEqual([]);
});

test('an entry that is a single file has its other files in the folder of the collection', () => {
  const entry = { ...episode({ slug: 'e1', audio: './e1.mp3' }), folder: 'episodes' };
  expect(assets(entry)).toEqual([{ url: '/episodes/e1/e1.mp3', path: 'episodes/e1.mp3' }]);
  expect(recording(entry, 'audio', { 'episodes/e1.mp3': facts })).toMatchObject(facts);
  expect(pathInContent('episodes', './e1.mp3')).toBe('episodes/e1.mp3');
});

test.each([
  [95, 95],
  [0.5, 0.5],
  ['0:00', 0],
  ['1:35', 95],
  ['04:20', 260],
  ['59:59.999', 3599.999],
  ['1:00:00', 3600],
  ['01:02:03.5', 3723.5],
])('the moment %s is %d seconds from the beginning', (moment, at) => {
  expect(seconds(moment)).toBeCloseTo(at, 6);
});
