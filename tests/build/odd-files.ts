import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { type Dice, fieldText, plainText } from './odd-prose.ts';

/** A file beside an entry. */
export interface OddFile {
  name: string;
  content: string | Buffer;
}

const drawn = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 200, g: 60, b: 40, alpha: 0.5 } } });
const svg = (inside: string, size = 'width="40" height="30"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${size}>${inside}<rect width="9" height="9"/></svg>`;
const heic = Buffer.concat([
  Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1'),
  Buffer.from('\0\0\0\u0030meta\0\0\0\0\0\0\0\u0014ispe\0\0\0\0\0\0\u000F\u00C0\0\0\u000B\u00D0', 'latin1'),
  Buffer.alloc(200, 7),
]);

/** Pictures as telephones, programs and web sites give them out, under any name. */
const pictures: Record<string, () => Promise<Buffer> | string | Buffer> = {
  'a.png': () => drawn(300, 200).png().toBuffer(),
  'b.jpg': () => drawn(320, 200).jpeg().toBuffer(),
  'c.webp': () => drawn(320, 200).webp().toBuffer(),
  'd.gif': () => drawn(20, 20).gif().toBuffer(),
  'e.avif': () => drawn(64, 64).avif().toBuffer(),
  'f.JPG': () => drawn(100, 700).jpeg({ progressive: true }).toBuffer(),
  'really-a-png.jpg': () => drawn(50, 50).png().toBuffer(),
  'one-pixel.png': () => drawn(1, 1).png().toBuffer(),
  'line.png': () => drawn(1600, 1).png().toBuffer(),
  'tall.png': () => drawn(40, 17_000).png().toBuffer(),
  'wide.jpg': () => drawn(17_000, 40).jpeg().toBuffer(),
  'long.jpg': () => drawn(300, 16_300).jpeg().toBuffer(),
  'turned.jpg': () => drawn(300, 100).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  'cmyk.jpg': () => drawn(90, 60).toColourspace('cmyk').jpeg().toBuffer(),
  'grey.png': () => drawn(90, 60).greyscale().toColourspace('b-w').png({ palette: true }).toBuffer(),
  'deep.png': () => drawn(90, 60).toColourspace('rgb16').png().toBuffer(),
  'paper.tiff': () => drawn(90, 60).tiff().toBuffer(),
  'heic.jpg': () => heic,
  'photo.heic': () => heic,
  'cut.jpg': async () => (await drawn(400, 400).jpeg().toBuffer()).subarray(0, 700),
  'cut.png': async () => (await drawn(400, 400).png().toBuffer()).subarray(0, 60),
  'damaged.png': async () => (await drawn(90, 60).png().toBuffer()).fill(0xff, 33, 60),
  'damaged.webp': async () => (await drawn(90, 60).webp().toBuffer()).fill(0x55, 30, 44),
  'damaged.jpg': async () => (await drawn(90, 60).jpeg().toBuffer()).fill(0x55, 180, 280),
  'empty.jpg': () => '',
  'page.jpg': () => '<!doctype html><title>404</title>',
  'pointer.jpg': () => 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n',
  'bitmap.png': () => Buffer.concat([Buffer.from('BM'), Buffer.alloc(80, 1)]),
  'plain.svg': () => svg(''),
  'sized-by-box.svg': () => svg('', 'viewBox="0 0 40 30"'),
  'sized-in-percent.svg': () => svg('', 'width="100%" height="100%"'),
  'without-size.svg': () => svg('', ''),
  'script.svg': () => svg('<script>alert(1)</script>'),
  'handler.svg': () => svg('<g onload="alert(1)"/>'),
  'link.svg': () => svg('<a xlink:href="javascript:alert(1)"><circle r="3"/></a>'),
  'html.svg': () =>
    svg('<foreignObject width="9" height="9"><b xmlns="http://www.w3.org/1999/xhtml">x</b></foreignObject>'),
  'remote.svg': () => svg('<image href="https://example.com/x.png" width="9" height="9"/>'),
  'entities.svg': () => `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x "y">]>${svg('<title>&x;</title>')}`,
  'broken.svg': () => svg('<g>'),
  'comment.svg': () => `<!-- ${'x'.repeat(3000)} -->\n${svg('')}`,
  'in utf-16.svg': () => Buffer.from(`\uFEFF${svg('')}`, 'utf16le'),
};
const usual = ['a.png', 'b.jpg', 'c.webp'];

const pictureNames = [
  'größe',
  'a b',
  "it's",
  'x #1',
  '(1)',
  '雨',
  'e\u0301',
  'a&b',
  'a+b',
  '[x]',
  '{x}',
  'a=b',
  '100%',
  'what?',
  '🌧',
  'a;b,c',
  'x'.repeat(200),
  '-',
  '~',
  '@2x',
  '<x>',
  '"',
];

export async function picture(dice: Dice): Promise<OddFile> {
  const kind = dice.chance(0.5) ? dice.one(usual) : dice.one(Object.keys(pictures));
  const content = await pictures[kind]?.();
  const name = dice.chance(0.3) ? `${dice.one(pictureNames)}.${kind.split('.').at(-1)}` : kind;
  return { name, content: content ?? '' };
}

const recordingFile = 'tests/fixtures/series/episodes/welcome-to-the-rock/audio.mp3';

export async function recording(dice: Dice): Promise<OddFile> {
  const content = await readFile(recordingFile);
  if (dice.chance(0.85))
    return { name: dice.one(['audio.mp3', 'audio.MP3', 'Folge 1 – größe.mp3', 'takes/best.mp3']), content };
  return dice.one([
    { name: 'cut.mp3', content: content.subarray(0, 900) },
    { name: 'empty.mp3', content: '' },
    { name: 'really-mp3.m4a', content },
    { name: 'text.mp3', content: 'no sound' },
    { name: 'tail.mp3', content: Buffer.concat([content, Buffer.alloc(5000, 1)]) },
  ]);
}

const moments = [
  '00:01.000',
  '00:00:02,500',
  '00:03',
  '1:00:00.000',
  '99:00:00.000',
  '00:61.000',
  '',
  '-1',
  '00:00:00.000',
];

/** A transcript as one tool or another would write it. */
export function transcript(dice: Dice): OddFile {
  const said = () =>
    dice.one([
      plainText(dice),
      fieldText(dice, 2),
      `<v Ada Drizzle>${plainText(dice)}</v>`,
      `<v ${fieldText(dice, 2)}>${plainText(dice)}`,
      `${fieldText(dice, 3)}: ${plainText(dice)}`,
      `>> ${plainText(dice)}`,
      `<i>${plainText(dice)}</b> <c.red> &lt; &nbsp; a --> b`,
      `- ${plainText(dice)}\n- ${plainText(dice)}`,
      `{\\an8}${plainText(dice)} <00:00:01.000><c> word</c>`,
      '',
    ]);
  const time = () => (dice.chance(0.9) ? `00:00:${String(dice.below(60)).padStart(2, '0')}.000` : dice.one(moments));
  const cues = dice.some(1, 12, () => ({ start: time(), end: time(), said: said() }));
  const captions = cues.map(
    ({ start, end, said }) =>
      `${start} ${dice.one(['-->', '-->', '->', '–>'])} ${end}${dice.one(['', ' align:start', ' x'])}\n${said}`,
  );
  const json = (segments: unknown) => JSON.stringify(segments);
  const segments = cues.map(({ said }, i) => ({
    startTime: i,
    endTime: i + 1,
    speaker: fieldText(dice, 4),
    body: said,
  }));
  const file = dice.one<OddFile>([
    { name: 'transcript.vtt', content: `WEBVTT\n\n${captions.join('\n\n')}\n` },
    {
      name: 'transcript.vtt',
      content: `WEBVTT ${fieldText(dice)}\nKind: captions\n\nNOTE x\n\nSTYLE\n::cue { color: red }\n\n${captions.join('\r\n\r\n')}`,
    },
    { name: 'transcript.srt', content: captions.map((each, i) => `${i + 1}\n${each}`).join('\n\n') },
    { name: 'transcript.json', content: json({ version: '1.0.0', segments }) },
    {
      name: 'transcript.json',
      content: json({
        text: 'x',
        segments: segments.map(({ body }, i) => ({ id: i, start: i, end: i + 1, text: body })),
      }),
    },
    {
      name: 'transcript.json',
      content: json(
        dice.one<unknown>([
          [],
          {},
          null,
          3,
          'x',
          { segments: [null] },
          { segments: [{ startTime: 1e308, body: 'x' }] },
          { segments: [{ body: 'x' }] },
        ]),
      ),
    },
    { name: 'transcript.vtt', content: dice.one(['', 'WEBVTT', 'no captions', '\u0000'.repeat(40), '{}']) },
  ]);
  if (dice.chance(0.1)) return { ...file, content: Buffer.from(`\uFEFF${String(file.content)}`, 'utf16le') };
  return dice.chance(0.05) ? { ...file, content: Buffer.from(String(file.content), 'latin1') } : file;
}

const chapterTitles = [
  '',
  ' ',
  '\u200B',
  'x'.repeat(5000),
  'nul \u0000',
  'half \uD83D',
  '<b>x</b>',
  '🌧',
  'a\nb',
  '-->',
];
const title = (dice: Dice) => (dice.chance(0.8) ? fieldText(dice) : dice.one(chapterTitles));

/** Chapters of a recording of half a minute, as a file. */
export function chapters(dice: Dice): OddFile {
  const list = dice.some(1, 4, () => title(dice)).map((title, i) => ({ startTime: i, title }));
  const odd = dice.one<unknown>([
    ...[
      { startTime: 0 },
      { startTime: -1, title: 'x' },
      { startTime: '1', title: 'x' },
      { startTime: 1e9, title: 'x' },
      { title: 'x' },
      null,
      3,
    ],
    ...[
      { startTime: 0.5, title: 'x', url: 'javascript:alert(1)', img: 'x.png', toc: false },
      { startTime: 0, title: 3 },
      { startTime: 0, title: null },
    ],
  ]);
  const content = dice.chance(0.8)
    ? { version: '1.2.0', chapters: list }
    : dice.one<unknown>([{ version: '1.2.0', chapters: [odd] }, { chapters: [] }, list, [], null]);
  return { name: 'chapters.json', content: (dice.chance(0.1) ? '\uFEFF' : '') + JSON.stringify(content) };
}

/** The same in front matter. */
export const writtenChapters = (dice: Dice) =>
  dice
    .some(1, 4, () => title(dice))
    .map((title, i) => ({ start: dice.one<unknown>([i, `00:0${i}`, `00:00:0${i}.5`]), title }));
