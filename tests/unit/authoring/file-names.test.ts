import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { editionOf, folderWith, problemsIn } from './content-folder.ts';

const umbrella = 'episodes/the-umbrella-says-no';
const cloud = 'episodes/rain-is-a-lead';
const base = (file: string) => readFile(`tests/fixtures/invalid/base/${file}`, 'utf8');
const recording = await readFile('tests/fixtures/series/episodes/welcome-to-the-rock/audio.mp3');
const picture = await readFile(`tests/fixtures/invalid/base/${cloud}/cover.jpg`);

/** An episode whose recording has one name on the disk, and one in its front matter. */
async function withRecording(onDisk: string, written = onDisk) {
  const text = await base(`${umbrella}/index.mdx`);
  const audio = `audio: ${JSON.stringify(`./${written}`)}\nsalesView:`;
  return problemsIn(
    await folderWith({
      [`${umbrella}/index.mdx`]: text.replace('salesView:', audio),
      [`${umbrella}/${onDisk}`]: recording,
    }),
  );
}

/** An episode with a picture of this name, as its cover and in its body. */
async function withPicture(name: string, written: string) {
  const text = await base(`${cloud}/index.mdx`);
  const cover = text.replace('src: ./cover.jpg', `src: ${JSON.stringify(`./${name}`)}`);
  return problemsIn(
    await folderWith({
      [`${cloud}/index.mdx`]: cover.replace('](./cover.jpg)', `](<./${written}>)`),
      [`${cloud}/${name}`]: picture,
    }),
  );
}

test.each(['talk #1.mp3', 'what now?.mp3', 'größe & co.mp3', 'one: two [3].mp3', 'ca\u0301fe.mp3', 'TALK.MP3'])(
  'a recording may be called "%s"',
  async (name) => {
    expect(await withRecording(name)).toEqual([]);
  },
);

describe('a recording is to have another name', () => {
  test.each([
    ['100% true.mp3', './100 true.mp3'],
    ['a%20b.mp3', './a b.mp3'],
    ['a%2Fb.mp3', './a2Fb.mp3'],
    ['%.mp3', './file.mp3'],
    ['a\\b.mp3', './ab.mp3'],
    ['a\nb.mp3', './ab.mp3'],
  ])('where it is called %j', async (name, right) => {
    const problems = await withRecording(name);
    expect(problems).toMatchObject([{ file: `${umbrella}/index.mdx`, line: 13, field: 'audio', nearest: right }]);
    expect(problems[0]?.what).toMatch(/^No audio file can be published with .+ in its name/);
  });
});

test.each([
  [['100 true.mp3'], './100 true-2.mp3'],
  [['100 true.mp3', '100 true-2.mp3'], './100 true-3.mp3'],
])('a recording is to have a name that no other has: not %j', async (taken, right) => {
  const text = (await base(`${umbrella}/index.mdx`)).replace('salesView:', 'audio: ./100% true.mp3\nsalesView:');
  const files = Object.fromEntries(['100% true.mp3', ...taken].map((name) => [`${umbrella}/${name}`, recording]));
  expect(await problemsIn(await folderWith({ [`${umbrella}/index.mdx`]: text, ...files }))).toMatchObject([
    { field: 'audio', nearest: right },
  ]);
});

test.each([
  ['show.yml', 'show.yaml', 'show.yaml', 'show.yaml'],
  ['Topics.YML', 'topics.yaml', 'topics.yaml', 'topics.yaml'],
])('%s is told as the file that it is to be', async (written, file, nearest, paste) => {
  const folder = await folderWith({ [written]: await base(file) });
  await rm(join(folder, file));
  expect((await problemsIn(folder)).filter((problem) => problem.field === 'file')).toMatchObject([
    { what: `There is no ${file}; ${written} is to be called that`, file, line: 1, nearest, paste },
  ]);
});

test.each([
  ['posts/fog.md', 'posts/fog.mdx', 'posts/fog.mdx'],
  ['posts/fog/index.md', 'posts/fog/index.mdx', 'posts/fog/index.mdx'],
  ['posts/fog.MDX', 'posts/fog.mdx', 'posts/fog.mdx'],
  ['posts/2025/fog.mdx', 'posts/fog/index.mdx', 'posts/fog/index.mdx'],
  ['posts/2025/fog/index.mdx', 'posts/fog/index.mdx', 'posts/fog/index.mdx'],
  ['posts/fog/Index.mdx', 'posts/fog/index.mdx', 'posts/fog/index.mdx'],
  ['post/fog.mdx', 'posts/fog.mdx', 'posts/fog.mdx'],
  ['post/fog/index.mdx', 'posts/fog/index.mdx', 'posts/fog/index.mdx'],
  ['zebras/fog.mdx', 'posts/fog.mdx', undefined],
  ['fog.mdx', 'pages/fog.mdx', undefined],
])('what looks like an entry where none is read is told with its place: %s', async (file, right, paste) => {
  const [problem, ...others] = await problemsIn(await folderWith({ [file]: 'Fog.' }));
  expect(others).toEqual([]);
  expect(problem).toEqual({
    ...{ what: `No entry is read from this file: it is to be ${right}`, file, line: 1, field: 'path' },
    ...{ nearest: right, paste },
  });
});

test.each([
  'fog.md',
  'README.mdx',
  'posts/README.md',
  'posts/the-dry-pipeline/more.mdx',
  'zebras/fog.md',
  'posts/fog.txt',
])('%s may lie where it is', async (file) => {
  expect(await problemsIn(await folderWith({ [file]: 'Fog.' }))).toEqual([]);
});

test.each([
  [1019, []],
  [1020, ['./paper.pdf is not a PDF']],
])('a paper says in its first kibibyte that it is a PDF: behind %i bytes', async (bytes, expected) => {
  const folder = await folderWith({ 'whitepapers/the-damp-funnel/paper.pdf': `${' '.repeat(bytes)}%PDF-1.7` });
  expect((await problemsIn(folder)).map(({ what }) => what)).toEqual(expected);
});

test.each(['"  "', '""'])('a cover without a name is told with a picture beside the entry: %s', async (src) => {
  const text = (await base(`${cloud}/index.mdx`)).replace('src: ./cover.jpg', `src: ${src}`);
  expect(await problemsIn(await folderWith({ [`${cloud}/index.mdx`]: text }))).toMatchObject([
    { what: '"cover.src" is empty', field: 'cover.src', line: 15, nearest: './cover.jpg' },
  ]);
});

test.each([
  ['audio: ./audio.mp3', /^A cue begins when the recording is over, at \d/],
  ['audio: { url: "https://m.example/a.mp3", bytes: 9, type: audio/mpeg, duration: 60 }', /is over, at 1:00/],
  ['draft: false', undefined],
])('a transcript is held against the length of its recording: %s', async (field, said) => {
  const text = (await base(`${umbrella}/index.mdx`)).replace('salesView:', `${field}\ntranscript: ./t.vtt\nsalesView:`);
  const folder = await folderWith({
    [`${umbrella}/index.mdx`]: text,
    [`${umbrella}/audio.mp3`]: recording,
    [`${umbrella}/t.vtt`]: 'WEBVTT\n\n10:00:00.000 --> 10:00:01.000\n<v Ada>No.\n',
  });
  const { problems, advice } = await editionOf(folder);
  expect(problems).toEqual([]);
  expect(advice.filter(({ field }) => field === 'transcript').map(({ what }) => what)).toEqual(
    said === undefined ? [] : [expect.stringMatching(said)],
  );
});

test('a transcript is to have a shorter name where its compressed file could have none', async () => {
  const text = await base(`${umbrella}/index.mdx`);
  const withTranscript = async (name: string) =>
    problemsIn(
      await folderWith({
        [`${umbrella}/index.mdx`]: text.replace('salesView:', `transcript: ./${name}\nsalesView:`),
        [`${umbrella}/${name}`]: 'WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n',
      }),
    );
  expect(await withTranscript(`${'x'.repeat(248)}.vtt`)).toEqual([]);
  expect(await withTranscript(`${'x'.repeat(249)}.vtt`)).toMatchObject([
    { field: 'transcript', what: expect.stringMatching(/name of 253 bytes, of which it may have 252/) },
  ]);
  expect(await withTranscript(`${'x'.repeat(250)}.vtt`)).toMatchObject([
    { field: 'transcript', nearest: `./${'x'.repeat(58)}.vtt`, what: expect.stringMatching(/name of 254 bytes/) },
  ]);
});

test('two files of an entry, or one and its list of chapters, have two addresses on every host', async () => {
  const text = await base(`${umbrella}/index.mdx`);
  const captions = 'WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n';
  const cues = '{ "version": "1.0.0", "segments": [{ "startTime": 0, "endTime": 1, "body": "No." }] }';
  const chapters = 'chapters: [{ start: 0, title: No }]';
  const listed = text.replace('salesView:', `transcript: ./chapters.json\n${chapters}\nsalesView:`);
  expect(
    await problemsIn(await folderWith({ [`${umbrella}/index.mdx`]: listed, [`${umbrella}/chapters.json`]: cues })),
  ).toMatchObject([
    { field: 'transcript', what: expect.stringMatching(/^\.\/chapters\.json would be at the address of its chapters/) },
  ]);

  const files = text.replace('salesView:', 'transcript: ./said.vtt\naudio: ./Said.MP3\nvideo: ./said.mp4\nsalesView:');
  expect(
    await problemsIn(
      await folderWith({
        [`${umbrella}/index.mdx`]: files.replace('video: ./said.mp4\n', ''),
        [`${umbrella}/said.vtt`]: captions,
        [`${umbrella}/Said.MP3`]: recording,
      }),
    ),
  ).toEqual([]);
});

test('a name that differs only in how its accents are written is told as that', async () => {
  expect(await withRecording('ca\u0301fe.mp3', 'cáfe.mp3')).toEqual([
    {
      what: 'There is no audio file ./cáfe.mp3 beside the entry, but one that looks the same: its accents are written in another way',
      file: `${umbrella}/index.mdx`,
      line: 13,
      field: 'audio',
      nearest: './ca\u0301fe.mp3',
      paste: 'audio: ./ca\u0301fe.mp3',
    },
  ]);
});

test.each([
  ['a #1.jpg', 'a #1.jpg'],
  ['größe.jpg', 'größe.jpg'],
])('a picture may be called "%s"', async (name, written) => {
  expect(await withPicture(name, written)).toEqual([]);
});

test.each([
  ['100% wet.jpg', '100% wet.jpg', './100 wet.jpg', '![The cloud, behind a thumb](<./100%20wet.jpg>)'],
  ['wet?.jpg', 'wet%3F.jpg', './wet.jpg', '![The cloud, behind a thumb](<./wet.jpg>)'],
])('a picture is to have another name where it is called "%s"', async (name, written, right, paste) => {
  expect(await withPicture(name, written)).toMatchObject([
    { line: 15, field: 'cover.src', nearest: right, paste: `  src: ${right}` },
    { line: 26, field: 'picture', nearest: right, paste },
  ]);
});

test('the paper of a whitepaper, which has no address, may have a percent sign in its name', async () => {
  const text = await base('whitepapers/the-damp-funnel/index.mdx');
  const folder = await folderWith({
    'whitepapers/the-damp-funnel/index.mdx': text.replace('./paper.pdf', './100% damp.pdf'),
    'whitepapers/the-damp-funnel/100% damp.pdf': '%PDF-1.7',
  });
  expect(await problemsIn(folder)).toEqual([]);
});

test('a link in a body may lead to a recording, encoded or as it is', async () => {
  const text = (await base(`${umbrella}/index.mdx`)).replace('salesView:', 'audio: "./größe #1.mp3"\nsalesView:');
  const links = ['gr%C3%B6%C3%9Fe%20%231.mp3', 'größe%20%231.mp3'].map((name) => `[It](/${umbrella}/${name})`);
  const folder = await folderWith({
    [`${umbrella}/index.mdx`]: `${text}\n${links.join(' ')}\n`,
    [`${umbrella}/größe #1.mp3`]: recording,
  });
  expect(await problemsIn(folder)).toEqual([]);
});
