import { describe, expect, test } from 'vitest';
import type { Content } from '#catalog/content.ts';
import { buildCatalog } from '#catalog/graph.ts';
import { content, episode, person, post, show, topics } from '../../fakes/content.ts';

const build = (given: Partial<Content>) =>
  buildCatalog(content(given), { now: new Date('2026-11-22T12:00:00Z'), preview: false });
const first = (given: Partial<Content>) => {
  const { catalog, problems } = build(given);
  expect(problems).toEqual([]);
  const [record] = catalog.episodes;
  if (!record) throw new Error('There is one');
  return record;
};

describe('an episode', () => {
  test('without hosts is hosted by those of the series', () => {
    const { hosts, people } = first({
      people: [person({ slug: 'joel' }), person({ slug: 'ana' })],
      episodes: [episode({ slug: 'e1', hosts: undefined, guests: ['ana'] })],
    });
    expect(hosts.map(({ slug }) => slug)).toEqual(['joel']);
    expect(people.map(({ slug }) => slug)).toEqual(['joel', 'ana']);
  });

  test('without views has none, and without topics none either', () => {
    const none = { sharedGoal: undefined, marketingView: undefined, salesView: undefined, topics: undefined };
    expect(first({ episodes: [episode({ slug: 'e1', ...none })] })).toMatchObject({ sides: undefined, topics: [] });
  });

  test('lists the chapters that are to be listed, and keeps the others for its file', () => {
    const chapters = [
      { start: 0, title: 'One', url: 'https://example.com/', end: '0:01' },
      { start: 2, title: 'SILENT', toc: false },
      { start: 4, title: 'Three', toc: true },
    ];
    const record = first({ episodes: [episode({ slug: 'e1', chapters })] });
    expect(record.chapters.map(({ title, end, url }) => [title, end, url])).toEqual([
      ['One', 1, 'https://example.com/'],
      ['Three', undefined, undefined],
    ]);
    expect(record.silentChapters.map(({ title }) => title)).toEqual(['SILENT']);
  });

  test('has no language of its own where it is that of the series', () => {
    const given = (language: string) => ({
      show: show({ language: 'en-GB' }),
      episodes: [episode({ slug: 'e1', language })],
    });
    expect([first(given('en-GB')).language, first(given('ar')).language]).toEqual([undefined, 'ar']);
  });
});

test('a trailer without a number stands before the first episode of its day', () => {
  const { catalog } = build({
    episodes: [
      episode({ slug: 'zero', number: 0 }),
      episode({ slug: 'soon', number: undefined, episodeType: 'trailer' }),
    ],
  });
  expect(catalog.episodes.map(({ slug, label, number }) => [slug, label, number])).toEqual([
    ['soon', 'Trailer', undefined],
    ['zero', 'File 000', 0],
  ]);
});

test('a topic without a description and a person without a summary are there all the same', () => {
  const { catalog, problems } = build({
    people: [person({ slug: 'joel', name: 'Joel', summary: undefined })],
    topics: Object.fromEntries(Object.keys(topics('advocacy')).map((slug) => [slug, { title: 'Advocacy' }])),
    posts: [post({ slug: 'p', authors: undefined })],
    episodes: [episode({ slug: 'e1' })],
  });
  expect(problems).toEqual([]);
  expect(catalog.feeds.map(({ description }) => description).every((text) => text.length > 0)).toBe(true);
  expect(catalog.posts[0]?.people).toEqual([]);
});

test.each([
  ['nothing but episodes', {}, { posts: false, whitepapers: false }],
  ['a post', { posts: [post({ slug: 'p' })] }, { posts: true, whitepapers: false }],
])('the series knows what it has: %s', (_, given, has) => {
  expect(build({ episodes: [episode({ slug: 'e1' })], ...given }).catalog.show.has).toEqual(has);
});
