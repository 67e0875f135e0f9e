import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cutOff } from '#authoring/truncation.ts';
import { fileSize } from '#site/file-size.ts';
import { editionOf, folderWith } from './content-folder.ts';

const series = 'tests/fixtures/series/episodes';
const mp3 = await readFile(`${series}/welcome-to-the-rock/audio.mp3`);
const m4a = await readFile(`${series}/the-handover-nobody-rowed/audio.m4a`);
const mp4 = await readFile(`${series}/the-quarterly-tide-review/video.mp4`);

const umbrella = 'episodes/the-umbrella-says-no';
const episode = await readFile(`tests/fixtures/invalid/base/${umbrella}/index.mdx`, 'utf8');

/** What the check says of a recording, as mistakes and as advice, with the place of it. */
async function said(field: string, name: string, content: Buffer) {
  const folder = await folderWith({
    [`${umbrella}/index.mdx`]: episode.replace('number: 2', `number: 2\n${field}`),
    [`${umbrella}/${name}`]: content,
  });
  const { problems, advice } = await editionOf(folder);
  return [problems, advice].map((all) =>
    all.map(({ what, file, field }) => [relative(folder, resolve(file)), field, what]),
  );
}

const part = (content: Buffer, share: number) => content.subarray(0, Math.floor(content.length * share));
const tag = (bytes: number) => {
  const head = Buffer.from('ID3\u0004\0\0\0\0\0\0', 'latin1');
  for (const i of [0, 1, 2, 3]) head[9 - i] = (bytes >> (7 * i)) & 0x7f;
  return Buffer.concat([head, Buffer.alloc(bytes)]);
};
/** The recording with the number of bytes in its first frame changed. */
const claiming = (change: (bytes: number) => number) => {
  const changed = Buffer.from(mp3);
  const at = Math.max(changed.indexOf('Xing'), changed.indexOf('Info')) + 12;
  changed.writeUInt32BE(change(changed.readUInt32BE(at)), at);
  return changed;
};
/** The first frame as other encoders write it: the same numbers behind VBRI. */
const vbri = () => {
  const changed = Buffer.from(mp3);
  const from = Math.max(changed.indexOf('Xing'), changed.indexOf('Info'));
  const start = changed.lastIndexOf(0xff, from);
  const [frames, bytes] = [changed.readUInt32BE(from + 8), changed.readUInt32BE(from + 12)];
  changed.fill(0, start + 4, start + 60).write('VBRI', start + 36, 'latin1');
  changed.writeUInt32BE(bytes, start + 46);
  changed.writeUInt32BE(frames, start + 50);
  return changed;
};
const boxes = (content: Buffer) => {
  const found: [type: string, from: number, to: number][] = [];
  for (let at = 0; at < content.length; at = found.at(-1)?.[2] ?? Infinity)
    found.push([content.toString('latin1', at + 4, at + 8), at, at + content.readUInt32BE(at)]);
  return found;
};
/** The film with a last box that gives its length in 64 bits. */
const long = () => {
  const [, from = 0, to = 0] = boxes(mp4).find(([type]) => type === 'mdat') ?? [];
  const head = Buffer.from('\0\0\0\u0001mdat\0\0\0\0\0\0\0\0', 'latin1');
  head.writeBigUInt64BE(BigInt(to - from + 8), 8);
  return Buffer.concat([mp4.subarray(0, from), head, mp4.subarray(from + 8, to)]);
};

describe('a recording that was copied in part is told', () => {
  test.for([
    ['advice', 'audio', 'audio.mp3', part(mp3, 0.7), '11 kB'],
    ['advice', 'audio', 'audio.mp3', part(Buffer.concat([tag(30_000), mp3]), 0.8), '13 kB'],
    ['advice', 'audio', 'audio.mp3', part(vbri(), 0.7), '11 kB'],
    ['a mistake', 'audio', 'audio.m4a', part(m4a, 0.7), '17 kB'],
    ['a mistake', 'audio', 'audio.m4a', m4a.subarray(0, m4a.length - 16), '1 kB'],
    ['a mistake', 'video', 'video.mp4', part(mp4, 0.7), '14 kB'],
    ['a mistake', 'video', 'video.m4v', part(long(), 0.7), '14 kB'],
  ] as const)('as %s: %s, %s', async ([as, field, name, content, missing]) => {
    const cut = [
      `${umbrella}/index.mdx`,
      field,
      `./${name} is cut off: by what it says of itself, ${missing} of it are missing. Copy it here again, or export it anew`,
    ];
    expect(await said(`${field}: ./${name}`, name, content)).toEqual(as === 'advice' ? [[], [cut]] : [[cut], []]);
  });

  test('in another file of it, and in a text', async () => {
    const cut =
      './a.mp3 is cut off: by what it says of itself, 11 kB of it are missing. Copy it here again, or export it anew';
    const alternates = 'alternates: [{ file: ./a.mp3, title: Small file }]';
    expect(await said(alternates, 'a.mp3', part(mp3, 0.7))).toEqual([
      [],
      [[`${umbrella}/index.mdx`, 'alternates[0].file', cut]],
    ]);
    const film = await folderWith({
      [`${umbrella}/index.mdx`]: `${episode}\n\n<Video title="Rain" src="./rain.mp4" />\n`,
      [`${umbrella}/rain.mp4`]: part(mp4, 0.7),
    });
    expect((await editionOf(film)).problems).toMatchObject([
      { field: '<Video src>', what: expect.stringContaining('./rain.mp4 is cut off') },
    ]);
  });
});

describe('nothing is said of a recording', () => {
  test.for([
    ['that is whole', 'audio.mp3', mp3],
    ['that is whole', 'audio.m4a', m4a],
    ['with a tag before it', 'audio.mp3', Buffer.concat([tag(30_000), mp3])],
    ['with two tags before it', 'audio.mp3', Buffer.concat([tag(300), tag(40), mp3])],
    ['with a tag behind it', 'audio.mp3', Buffer.concat([mp3, Buffer.from('TAG'.padEnd(128, ' '))])],
    ['whose encoder counted the bytes of tags that were taken out', 'audio.mp3', claiming((bytes) => bytes + 90_000)],
    ['that lacks no more than its last frame', 'audio.mp3', mp3.subarray(0, mp3.length - 40)],
    ['that does not say how long it is', 'audio.mp3', part(mp3.subarray(mp3.indexOf(0xff, 700)), 0.5)],
  ] as const)('%s: %s', async ([, name, content]) => {
    expect(await said(`audio: ./${name}`, name, content)).toEqual([[], []]);
  });

  test('whose last box has no end but that of the file', async () => {
    const [, from = 0] = boxes(mp4).find(([type]) => type === 'mdat') ?? [];
    const open = Buffer.from(mp4);
    open.writeUInt32BE(0, from);
    expect(await said('video: ./video.mp4', 'video.mp4', part(open, 1))).toEqual([[], []]);
  });
});

describe('how many bytes a file lacks is what it says of itself', () => {
  const missing = async (name: string, content: Buffer, least?: number) => {
    const folder = await mkdtemp(join(tmpdir(), 'recording-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, name), content);
    return cutOff(join(folder, name), least);
  };
  const says = (bytes: number) =>
    bytes === 0
      ? undefined
      : `is cut off: by what it says of itself, ${fileSize(bytes)} of it are missing. Copy it here again, or export it anew`;
  const box = (type: string, length: number, bytes: number) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(length);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, Buffer.alloc(bytes)]);
  };
  const first = box('ftyp', 16, 8);

  test.for([
    ['whole', [first, box('mdat', 5000, 4992)], 0],
    ['whole, with a few bytes behind it', [first, box('mdat', 24, 16), Buffer.alloc(3)], 0],
    ['with its last box cut in part', [first, box('mdat', 5000, 992)], 4000],
    ['with nothing of its last box but its head', [first, box('moov', 5000, 0)], 4992],
    ['with a part of the head alone', [first, box('moov', 5000, 0).subarray(0, 7)], 0],
    ['with a box cut that is no part of it', [first, box('free', 5000, 0)], 0],
  ] as const)('of MP4: %s', async ([, parts, bytes]) => {
    expect(await missing('a.mp4', Buffer.concat(parts), 1)).toBe(says(bytes));
  });

  test('and is told from so many on, which are a kibibyte where nothing is said', async () => {
    const lacks = (bytes: number) => Buffer.concat([first, box('mdat', 5000, 4992 - bytes)]);
    expect([await missing('a.mp4', lacks(7), 7), await missing('a.mp4', lacks(7), 8)]).toEqual([says(7), undefined]);
    expect([await missing('a.mp4', lacks(1024)), await missing('a.mp4', lacks(1023))]).toEqual([says(1024), undefined]);
  });

  const webm = (...segment: (number | string)[]) =>
    Buffer.concat([
      Buffer.from('1a45dfa38400000000', 'hex'),
      ...segment.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : Buffer.alloc(part))),
    ]);

  test.for([
    ['whole', ['18538067', '8a', 10], 0],
    ['whole, with more behind it', ['18538067', '8a', 20], 0],
    ['with a length in one byte', ['18538067', '8a', 4], 6],
    ['with nothing but its length', ['18538067', '8a'], 10],
    ['with a length in eight bytes', ['18538067', '010000000000000a', 4], 6],
    ['with a length of more bytes than there can be', ['18538067', '00000000000000000a', 4], 0],
    ['that ends in its length', ['18538067', '1000'], 0],
    ['that ends before its length', ['18538067'], 0],
    ['that ends in its first bytes', ['1853'], 0],
    ['of something else', ['18538068', '8a'], 0],
  ] as const)('of WebM: %s', async ([, segment, bytes]) => {
    expect(await missing('a.WEBM', webm(...segment), 1)).toBe(says(bytes));
  });

  test('of MP3: behind a tag with a footer too', async () => {
    const footed = Buffer.concat([tag(40), Buffer.alloc(10)]);
    footed[5] = 0x10;
    const half = part(mp3, 0.5);
    const said = await missing('a.mp3', half);
    expect(said).toMatch(/^is cut off/);
    expect(await missing('a.MP3', Buffer.concat([footed, half]))).toBe(said);
    expect(await missing('a.mp3', Buffer.concat([footed, mp3]))).toBeUndefined();
  });
});
