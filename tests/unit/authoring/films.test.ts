import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { editionOf, folderWith, problemsIn } from './content-folder.ts';

const mp4 = await readFile('tests/fixtures/series/episodes/the-quarterly-tide-review/video.mp4');

/** An element of EBML (RFC 8794): its id, its length in four bytes, and what is in it. */
const element = (id: string, ...parts: (Buffer | string)[]) => {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from(id, 'hex'), Buffer.from([0x10, 0, 0, content.length]), content]);
};
/** As a browser records it: it does not say how long it is. */
const webm = Buffer.concat([
  element('1a45dfa3', element('4282', 'webm')),
  element(
    '18538067',
    element('1549a966', element('2ad7b1', Buffer.from([0x0f, 0x42, 0x40]))),
    element('1654ae6b', element('ae', element('d7', '\u0001'), element('83', '\u0001'), element('86', 'V_VP8'))),
  ),
]);

const odd = (tag: string) => `---
title: Odd
publishedAt: 2025-02-05
summary: A post.
authors: [ada-drizzle]
topics: [rain-forecasts]
---

${tag}
`;
const video = (src: string) => `<Video title="Fog" src="${src}" />`;
const withFilm = (tag: string, files: Record<string, string | Uint8Array>) =>
  folderWith({
    'posts/odd/index.mdx': odd(tag),
    ...Object.fromEntries(Object.entries(files).map(([name, content]) => [`posts/odd/${name}`, content])),
  });

describe('a film beside the entry', () => {
  test.for([
    ['film.mp4', mp4],
    ['Film.MP4', mp4],
    ['film.m4v', mp4],
    ['film.mov', mp4],
    ['film.webm', webm],
    ['cuts/the last one.mp4', mp4],
  ] as const)('is published with it: %s', async ([name, content]) => {
    const { problems, catalog } = await editionOf(await withFilm(video(`./${name}`), { [name]: content }));
    expect(problems).toEqual([]);
    expect(catalog.assets).toContainEqual({ url: encodeURI(`/posts/odd/${name}`), path: `posts/odd/${name}` });
  });

  test('of an entry that is a file alone is beside that file', async () => {
    const folder = await folderWith({ 'posts/odd.mdx': odd(video('./film.mp4')), 'posts/film.mp4': mp4 });
    const { problems, catalog } = await editionOf(folder);
    expect(problems).toEqual([]);
    expect(catalog.assets).toContainEqual({ url: '/posts/odd/film.mp4', path: 'posts/film.mp4' });
  });

  test('is not published with a draft', async () => {
    const paths = async (text: string) => {
      const { catalog } = await editionOf(await folderWith({ 'posts/odd/index.mdx': text, 'posts/odd/film.mp4': mp4 }));
      return catalog.assets.map(({ path }) => path);
    };
    const text = odd(video('./film.mp4'));
    expect(await paths(text)).toContain('posts/odd/film.mp4');
    expect(await paths(text.replace('title:', 'draft: true\ntitle:'))).not.toContain('posts/odd/film.mp4');
  });

  test('is published once where it is the film of the episode too', async () => {
    const [folder, cloud] = ['episodes/the-umbrella-says-no', 'number: 2\nvideo: ./film.mp4'];
    const text = await readFile(`tests/fixtures/invalid/base/${folder}/index.mdx`, 'utf8');
    const { catalog } = await editionOf(
      await folderWith({
        [`${folder}/index.mdx`]: `${text.replace('number: 2', cloud)}\n\n${video('./film.mp4')}\n`,
        [`${folder}/film.mp4`]: mp4,
      }),
    );
    expect(catalog.assets.filter(({ path }) => path.endsWith('film.mp4'))).toHaveLength(1);
  });

  test('may be linked', async () => {
    const folder = await withFilm(`${video('./film.mp4')}\n\n[The film](/posts/odd/film.mp4)`, { 'film.mp4': mp4 });
    expect(await problemsIn(folder)).toEqual([]);
  });
});

describe('a film in WebM', () => {
  const at = webm.indexOf(Buffer.from('18538067', 'hex')) + 4;
  const ofLength = (...bytes: number[]) =>
    Buffer.concat([webm.subarray(0, at), Buffer.from(bytes), webm.subarray(at + 4)]);
  const advice = async (content: Buffer) =>
    (await editionOf(await withFilm(video('./film.webm'), { 'film.webm': content }))).advice;

  test('that lacks some of its segment is advice', async () => {
    expect(await advice(ofLength(0x10, 0, 0x40, 0))).toMatchObject([
      {
        line: 9,
        field: '<Video src>',
        what: expect.stringContaining('./film.webm is cut off: by what it says of itself, 16 kB'),
      },
    ]);
  });

  test.for([
    ['in four bytes', [0x1f, 0xff, 0xff, 0xff]],
    ['in eight bytes', [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
  ] as const)('whose length was not known when it began is whole: %s', async ([, bytes]) => {
    expect(await advice(ofLength(...bytes))).toEqual([]);
  });
});

describe('a film that nobody could play is told', () => {
  const field = '<Video src>';
  test.for([
    [
      'that is not there, with the nearest',
      './flim.mp4',
      { 'film.mp4': mp4 },
      { what: 'There is no film ./flim.mp4 beside the entry', nearest: './film.mp4', paste: video('./film.mp4') },
    ],
    [
      'that is not there, among others',
      './film.mp4',
      { 'two-chairs.webm': webm },
      { what: 'There is no film ./film.mp4 beside the entry', nearest: './two-chairs.webm', paste: undefined },
    ],
    [
      'that is not there, nor any other',
      './film.mp4',
      { 'film.txt': 'No film.' },
      {
        what: 'There is no film ./film.mp4 beside the entry',
        nearest: undefined,
        paste: `{/* ${video('./film.mp4')} */}`,
      },
    ],
    [
      'whose file is none',
      './film.mp4',
      { 'film.mp4': 'No film.' },
      { what: './film.mp4 is not video: nothing in it plays as video/mp4', paste: `{/* ${video('./film.mp4')} */}` },
    ],
    [
      'whose file is of another kind than its name says',
      './film.webm',
      { 'film.webm': mp4 },
      { what: './film.webm is not video: nothing in it plays as video/webm' },
    ],
    [
      'that is WebM by another name',
      './film.mp4',
      { 'film.mp4': webm },
      { what: './film.mp4 is not video: nothing in it plays as video/mp4' },
    ],
    [
      'of a kind that no browser plays',
      './film.avi',
      { 'film.avi': 'RIFF' },
      {
        what: '<Video src> must be a file beside the entry, written "./name" and ending in .mp4, .m4v, .mov or .webm, not "./film.avi"',
      },
    ],
    ['without a dot', 'film.mp4', { 'film.mp4': mp4 }, { nearest: './film.mp4', paste: video('./film.mp4') }],
    [
      'with a percent sign in its name',
      './100% fog.mp4',
      { '100% fog.mp4': mp4 },
      {
        what: 'No film can be published with "%" in its name, as ./100% fog.mp4 has it: rename it to ./100 fog.mp4',
        paste: video('./100 fog.mp4'),
      },
    ],
  ] as const)('%s', async ([, src, files, problem]) => {
    expect(await problemsIn(await withFilm(video(src), files))).toMatchObject([{ field, line: 9, ...problem }]);
  });

  test('but not one at another address', async () => {
    expect(await problemsIn(await withFilm(video('https://media.example.com/fog.mp4'), {}))).toEqual([]);
  });

  test.for([
    ['behind words', `It rains. ${video('./film.mp4')}`, undefined],
    ['further in', `- ${video('./film.mp4')}`, undefined],
    ['behind spaces', `  ${video('./film.mp4')} `, `  {/* ${video('./film.mp4')} */}`],
  ] as const)('%s, with a comment to paste where the line is all of it', async ([, tag, paste]) => {
    const [problem, ...others] = await problemsIn(await withFilm(tag, {}));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ line: 9, field });
    expect(problem?.paste).toBe(paste);
  });

  test('over several lines, without a line to paste', async () => {
    const tag = '<Video\n  title="Fog"\n  src="./film.mp4"\n/>';
    const [problem, ...others] = await problemsIn(await withFilm(tag, { 'film.mp4': 'No film.' }));
    expect([problem, others]).toMatchObject([{ line: 9, field }, []]);
    expect(problem?.paste).toBeUndefined();
  });

  test('but not that of a component of the same name that a text imports', async () => {
    const folder = await withFilm(`import Video from './Video.astro';\n\n${video('./film.ogv')}`, {
      'Video.astro': '<p>Fog</p>',
    });
    const { problems, catalog } = await editionOf(folder);
    expect([problems, catalog.assets.filter(({ path }) => path.endsWith('.ogv'))]).toEqual([[], []]);
  });
});
