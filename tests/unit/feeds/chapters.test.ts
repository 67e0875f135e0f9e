import { expect, test } from 'vitest';
import { chaptersFile } from '#feeds/chapters.ts';
import { episode, files } from '../../fakes/content.ts';
import { catalogOf } from './publication.ts';

const chapters = [
  { start: 0, title: 'Beginning' },
  { start: '01:02:03.5', title: 'End' },
];

test('chapters of a list are a file of Podcasting 2.0, in seconds', () => {
  const [record] = catalogOf({ episodes: [episode({ slug: 'e1', chapters })] }).episodes;
  expect(record?.chaptersUrl).toBe('/episodes/e1/chapters.json');
  expect(JSON.parse(chaptersFile(record ?? { chapters: [], silentChapters: [] }))).toEqual({
    version: '1.2.0',
    chapters: [
      { startTime: 0, title: 'Beginning' },
      { startTime: 3723.5, title: 'End' },
    ],
  });
});

test('chapters in a file of the author are served as that file', () => {
  const { episodes } = catalogOf({
    ...files({ chapters: { 'episodes/e1/marks.json': [{ start: 0, title: 'Beginning' }] } }),
    episodes: [episode({ slug: 'e1', chapters: './marks.json' }), episode({ slug: 'e2' })],
  });
  const urls = Object.fromEntries(episodes.map(({ slug, chaptersUrl }) => [slug, chaptersUrl]));
  expect(urls).toEqual({ e1: '/episodes/e1/marks.json', e2: undefined });
});
