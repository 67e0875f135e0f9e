import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { editionOf, folderWith, problemsIn } from './content-folder.ts';

const umbrella = 'episodes/the-umbrella-says-no/index.mdx';
const drawn = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 60, b: 40 } } });
const svg = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="4" height="3">${inside}</svg>`;
const jpeg = await drawn(400, 300).jpeg().toBuffer();
const webp = await drawn(400, 300).webp().toBuffer();
const png = await drawn(400, 300).png().toBuffer();
/** What every file in HEIC begins with. */
const heic = Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1');

const inText = (name: string, content: string | Uint8Array) =>
  folderWith({
    'posts/odd/index.mdx': `---
title: Odd
publishedAt: 2025-02-05
summary: A post.
authors: [ada-drizzle]
topics: [rain-forecasts]
---

![What it shows](./${name})
`,
    [`posts/odd/${name}`]: content,
  });
const inFrontMatter = (name: string, content: string | Uint8Array) =>
  folderWith({
    'people/odd/index.mdx': `---
name: Odd
summary: A person.
photo: { src: ./${name}, alt: What it shows }
---
`,
    [`people/odd/${name}`]: content,
  });

const inChapters = async (name: string, content: string | Uint8Array, img = `./${name}`) =>
  folderWith({
    [umbrella]: (await readFile(`tests/fixtures/invalid/base/${umbrella}`, 'utf8')).replace(
      'number: 2',
      `number: 2\nchapters:\n  - start: 0\n    title: Rain\n    img: ${img}`,
    ),
    [umbrella.replace('index.mdx', name)]: content,
  });

const refused: [name: string, says: string, content: string | Uint8Array][] = [
  ['a.jpg', 'is a picture in HEIC, which no page can show: save it as JPEG', heic],
  ['a.jpg', 'is empty', ''],
  ['a.jpg', 'is cut off or damaged', jpeg.subarray(0, jpeg.length / 2)],
  ['a.png', 'is cut off or damaged', png.subarray(0, png.length / 2)],
  ['a.png', 'is cut off or damaged', Buffer.from(png).fill(0xff, 33, 60)],
  ['a.webp', 'is cut off or damaged', webp.subarray(0, webp.length - 9)],
  ['a.png', 'has 2 by 17,000 pixels; a side may have 16,383', await drawn(2, 17_000).png().toBuffer()],
  ['a.svg', 'is a drawing in SVG with a script in it', svg('<script>alert(1)</script>')],
  ['a.svg', 'with a script in it', svg('<svg:script xmlns:svg="x"/>')],
  ['a.svg', 'with code that answers to events in it', svg('<g\nonload="alert(1)"/>')],
  ['a.svg', 'with a link that is code in it', svg('<a xlink:href="javascript:alert(1)"/>')],
  ['a.svg', 'with a part in HTML (foreignObject) in it', svg('<foreignObject/>')],
  ['a.svg', 'with a picture of another host in it', svg('<image href="https://example.com/x.png"/>')],
];

describe('a picture that no reader would see, or that runs something, is told', () => {
  test.for(refused)('%s %s', async ([name, says, content]) => {
    expect(await problemsIn(await inText(name, content))).toEqual([
      expect.objectContaining({ line: 9, field: 'picture', what: expect.stringContaining(says) }),
    ]);
    expect(await problemsIn(await inFrontMatter(name, content))).toEqual([
      expect.objectContaining({ line: 4, field: 'photo.src', what: expect.stringContaining(says) }),
    ]);
    expect(await problemsIn(await inChapters(name, content))).toEqual([
      expect.objectContaining({
        field: 'chapters[0].img',
        what: expect.stringContaining(says),
        paste: `    # img: ./${name}`,
      }),
    ]);
  });

  test('a drawing is shown in a text, but by no app: a cover, a photo or the picture of a chapter is none', async () => {
    const plain = svg(
      '<title>An onion = a bulb</title><a href="https://example.com/"><rect width="3" height="3"/></a>',
    );
    expect(await problemsIn(await inText('a.svg', plain))).toEqual([]);
    expect(await problemsIn(await inFrontMatter('a.svg', plain))).toMatchObject([
      { what: './a.svg is a drawing in SVG, which apps and cards cannot show: save it as PNG' },
    ]);
    expect(await problemsIn(await inChapters('a.svg', plain))).toMatchObject([
      { what: './a.svg is a drawing in SVG, which apps and cards cannot show: save it as PNG' },
    ]);
  });

  test.for([
    ['that a telephone wrote something behind', Buffer.concat([jpeg, Buffer.alloc(900, 3)])],
    ['of another format than its name says', png],
  ])('but not one %s', async ([, content]) => {
    expect(await problemsIn(await inText('a.jpg', content as Buffer))).toEqual([]);
    expect(await problemsIn(await inChapters('a.jpg', content as Buffer))).toEqual([]);
  });
});

test('a picture of more bytes than any page needs is advice', async () => {
  const large = Buffer.concat([jpeg, Buffer.alloc(23e6)]);
  const what =
    './a.jpg is a picture of 23.0 MB: every clone and build carries it, and 2000 pixels at its longer side are enough';
  for (const [folder, line] of [
    [await inText('a.jpg', large), 9],
    [await inFrontMatter('a.jpg', large), 4],
  ] as const) {
    const { advice, problems } = await editionOf(folder);
    expect([advice, problems]).toMatchObject([[{ what, line }], []]);
  }
});

describe('a picture of a text that is not there is told', () => {
  const withText = (text: string, files: Record<string, Uint8Array>) =>
    folderWith({
      'pages/odd.mdx': `---\ntitle: Odd\nsummary: A page.\n---\n\n${text}\n`,
      ...Object.fromEntries(Object.entries(files).map(([name, content]) => [`pages/${name}`, content])),
    });
  const what = 'There is no picture ./cta.jpg beside the entry';

  test.for([
    ['with the nearest', 'A ![cat](./cta.jpg).', 'cat.jpg', './cat.jpg', 'A ![cat](./cat.jpg).'],
    ['with one that may be meant', 'A ![cat](./cta.jpg).', 'zebra.png', './zebra.png', undefined],
    [
      'as a comment',
      '![dog](/mark.svg) ![cat](./cta.jpg)',
      'a.txt',
      undefined,
      '![dog](/mark.svg) {/* ![cat](./cta.jpg) */}',
    ],
  ] as const)('%s', async ([, text, file, nearest, paste]) => {
    const [problem, ...others] = await problemsIn(await withText(text, { [file]: jpeg }));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ what, line: 6, field: 'picture' });
    expect([problem?.nearest, problem?.paste]).toEqual([nearest, paste]);
  });

  test('at the line that names it', async () => {
    const folder = await withText('![cat][it]\n\n[it]: ./cta.jpg', { 'cat.jpg': jpeg });
    expect(await problemsIn(folder)).toMatchObject([{ what, line: 8, nearest: './cat.jpg', paste: '[it]: ./cat.jpg' }]);
  });

  test('as one of another host, with the file beside the entry or a link', async () => {
    const address = 'https://pictures.example.com/cat.jpg';
    const there = { what: `The picture ${address} is on another host: no page asks one for anything`, line: 6 };
    expect(await problemsIn(await withText(`![cat](${address})`, { 'cat.jpg': jpeg }))).toMatchObject([
      { ...there, nearest: './cat.jpg', paste: '![cat](./cat.jpg)' },
    ]);
    expect(await problemsIn(await withText(`![cat](${address})`, {}))).toMatchObject([
      { ...there, nearest: 'a link', paste: `[cat](${address})` },
    ]);
    for (const nothing of ['', ' '])
      expect(await problemsIn(await withText(`![${nothing}](${address})`, {}))).toMatchObject([
        { ...there, nearest: 'a link', paste: `[A picture](${address})` },
        {
          ...{ what: `The picture ${address} has no alternative text, for those who do not see it`, line: 6 },
          nearest: `![What it shows](${address})`,
        },
      ]);
  });

  test('as one of another host, with no line to paste where the line does not have all of it', async () => {
    const address = 'https://pictures.example.com/cat.jpg';
    const [problem] = await problemsIn(await withText(`![cat][it]\n\n[it]: ${address}`, {}));
    expect([problem?.line, problem?.nearest, problem?.paste]).toEqual([6, 'a link', undefined]);
  });
});

describe('the picture of a chapter', () => {
  test('is among those that the site makes, if it is a file', async () => {
    const { pictures, problems } = await editionOf(await inChapters('goal.jpg', jpeg));
    expect([pictures, problems]).toEqual([expect.arrayContaining(['episodes/the-umbrella-says-no/goal.jpg']), []]);
  });

  test('is at the address that it has elsewhere, which nobody asks for', async () => {
    const folder = await inChapters('goal.jpg', jpeg, 'https://pictures.example.com/goal.jpg');
    const { pictures, problems } = await editionOf(folder);
    expect(problems).toEqual([]);
    expect(pictures.filter((each) => each.includes('goal'))).toEqual([]);
  });

  test.for([
    ['./gaol.jpg', 'There is no picture ./gaol.jpg beside the entry'],
    [
      'goal.jpg',
      '"chapters[0].img" is not valid: "goal.jpg". A picture of it, for apps: a file beside the entry, or an address.',
    ],
    [
      './goal.tiff',
      '"chapters[0].img" must be a file beside the entry, written "./name" and ending in .jpg, .jpeg, .png, .webp, .avif, .gif or .svg, not "./goal.tiff"',
    ],
  ])('that is not there is told with the nearest: %s', async ([img, what]) => {
    expect(await problemsIn(await inChapters('goal.jpg', jpeg, img))).toMatchObject([
      { what, field: 'chapters[0].img', nearest: './goal.jpg' },
    ]);
  });

  test('is told where nothing is beside the entry', async () => {
    const folder = await inChapters('notes.txt', 'No picture.', './goal.jpg');
    expect(await problemsIn(folder)).toMatchObject([
      { what: 'There is no picture ./goal.jpg beside the entry', paste: '    # img: ./goal.jpg' },
    ]);
  });
});

test('a path for the cover of the show is told with a picture beside show.yaml, and none of an entry', async () => {
  const show = await readFile('tests/fixtures/invalid/base/show.yaml', 'utf8');
  const folder = await folderWith({ 'show.yaml': `${show}\ncover:\n  src: 3\n  alt: A cloud\n`, 'cloud.jpg': jpeg });
  expect(await problemsIn(folder)).toMatchObject([{ file: 'show.yaml', field: 'cover.src', nearest: './cloud.jpg' }]);
});
