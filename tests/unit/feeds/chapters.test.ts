import { expect, test } from 'vitest';
import type { Picture } from '#catalog/records.ts';
import { chaptersFile } from '#feeds/chapters.ts';
import { episode, files } from '../../fakes/content.ts';
import { catalogOf, picture, site } from './publication.ts';

const unserved = () => Promise.reject(new Error('No picture is to be served'));

const chapters = [
  { start: 0, title: 'Beginning' },
  { start: '01:02:03.5', title: 'End' },
];

test('chapters of a list are a file of Podcasting 2.0, in seconds', async () => {
  const [record] = catalogOf({ episodes: [episode({ slug: 'e1', chapters })] }).episodes;
  expect(record?.chaptersUrl).toBe('/episodes/e1/chapters.json');
  expect(JSON.parse(await chaptersFile(record ?? { chapters: [], silentChapters: [] }, site, unserved))).toEqual({
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

test('the picture of a chapter is one that the site serves, at its whole address, or where its author has it', async () => {
  const elsewhere = 'https://pictures.example.com/goal.png';
  const { src } = picture('goal', 1400, 1400);
  const serve = ({ src, alt }: Picture) =>
    Promise.resolve({ src: { ...src, src: src.src.replace('.abc', '.served') }, alt });
  const chapters = [
    { start: 0, title: 'Beginning', img: src },
    { start: 9, title: 'End' },
  ];
  const silentChapters = [{ start: 5, title: '', img: elsewhere, toc: false }];
  expect(JSON.parse(await chaptersFile({ chapters, silentChapters }, site, serve))).toMatchObject({
    chapters: [
      { title: 'Beginning', img: 'https://files.example/_astro/goal.served.jpg' },
      { startTime: 5, img: elsewhere, toc: false },
      { title: 'End' },
    ],
  });
});
