import partytime from 'podcast-partytime';
import Reader from 'rss-parser';
import { describe, expect, test } from 'vitest';
import { brokenRules } from '../../build/feeds-rules.ts';
import { episode, files, person, show } from '../../fakes/content.ts';
import { podcastXml } from './podcast.ts';
import { audio, video } from './publication.ts';

describe('text that XML could stumble over is read back by strict readers as it was written', () => {
  test.each([
    ['the end of a CDATA section', 'a ]]> b'],
    ['entities as words', 'AT&amp;T &apos; &#60; &nbsp;'],
    ['markup', '</title><script>alert("1")</script><!-- -->'],
    ['quotes', `"double" 'single'`],
    ['emoji and text from right to left', '🦞 👩‍🚀 \u202Bمرحبا\u202C שלום'],
    ['what looks like a number', '007'],
  ])('%s', async (_, text) => {
    const xml = await podcastXml({
      show: show({
        title: text,
        description: text,
        owner: { name: text },
        podcast: { txt: [{ purpose: text, value: text }] },
      }),
      people: [person({ slug: 'joel', name: text })],
      episodes: [episode({ slug: 'e1', audio, title: text, summary: text })],
    });
    expect(brokenRules(xml, 'https://files.example/podcast.xml')).toEqual([]);
    const read = await new Reader().parseString(xml);
    expect(read).toMatchObject({ title: text, description: text, items: [{ title: text }] });
    expect(read.itunes?.['author']).toBe(text);
  });

  test('4,000 characters, and none of those that XML forbids', async () => {
    const title = `${'&<]]>"🦞 '.repeat(500)}`.trim();
    const xml = await podcastXml(
      { episodes: [episode({ slug: 'e1', audio })] },
      {
        html: '<p>\u0000f\u0001og\uFFFE \uD83Dlamp</p>',
        change: (catalog) => ({
          ...catalog,
          episodes: catalog.episodes.map((each) => ({ ...each, title: `\u0000${title}` })),
        }),
      },
    );
    expect(brokenRules(xml, 'https://files.example/podcast.xml')).toEqual([]);
    const [read] = (await new Reader().parseString(xml)).items;
    expect(read?.title).toBe(title);
    expect(read?.['content:encoded']).toBe('<p>fog lamp</p>');
  });
});

test("Podcast Index's parser finds every phase of the namespace that the feed has something for", async () => {
  const read = partytime.parseFeed(
    await podcastXml({
      show: show({
        owner: { name: 'Nobody', email: 'nobody@example.com' },
        podcast: { funding: [{ url: 'https://pay.example/', text: 'Pay' }], txt: [{ value: 'abc' }] },
      }),
      ...files({ transcripts: { 'episodes/e1/said.vtt': [{ start: 0, end: 1, text: 'Fog.' }] } }),
      episodes: [
        episode({
          ...{ slug: 'e1', season: 1, audio, video, transcript: './said.vtt' },
          chapters: [{ start: 0, title: 'Beginning' }],
          soundbites: [{ start: 0, duration: 20, title: 'Fog' }],
        }),
      ],
    }),
  );
  expect(read?.pc20support).toMatchObject({
    1: expect.arrayContaining(['locked', 'funding', 'transcript', 'chapters', 'soundbite']),
    2: expect.arrayContaining(['person', 'season', 'episode']),
    3: expect.arrayContaining(['guid', 'alternateEnclosure']),
    4: ['medium'],
    6: ['txt'],
  });
});
