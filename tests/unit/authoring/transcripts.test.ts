import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readableCaptions } from '#authoring/captions.ts';
import { readTranscript } from '#authoring/transcripts.ts';

/** What a transcript of this name and text says. */
async function read(name: string, text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'transcript-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, name), text);
  return (await readTranscript(join(folder, name))).cues;
}

const words = async (name: string, text: string) => (await read(name, text)).map(({ text }) => text);
const vtt = (...cues: string[]) => ['WEBVTT', ...cues].join('\n\n');
const inVtt = (said: string) => words('t.vtt', vtt(`00:00.000 --> 00:02.000\n${said}`));
const inSrt = (said: string) => words('t.srt', `1\n00:00:00,000 --> 00:00:02,000\n${said}\n`);
const inJson = (body: string) => words('t.json', JSON.stringify({ segments: [{ startTime: 0, endTime: 2, body }] }));

describe('what stands between < and > is said', () => {
  test.for([
    ['sums written as entities', '3 &lt; 4 and 5 &gt; 2.', '3 < 4 and 5 > 2.'],
    ['a tag written as entities', 'a &lt;div&gt; tag', 'a <div> tag'],
    ['the name of a mark written as entities', 'a &lt;b&gt; tag', 'a <b> tag'],
    ['sums written as they are', 'a < b and c > d', 'a < b and c > d'],
    ['a tag written as it is', 'a <div> tag', 'a <div> tag'],
    ['a < that nothing closes', 'less than < five', 'less than < five'],
    ['a < at the end', 'less than <', 'less than <'],
    ['a letter that is also a mark', 'a <b and c> d', 'a <b and c> d'],
    ['an arrow', 'from a -> b to c <- d', 'from a -> b to c <- d'],
    ['an address', 'write to <ida@moss.example>', 'write to <ida@moss.example>'],
    ['lines', 'if a <\nb then c >\nd', 'if a < b then c > d'],
  ])('%s, in WebVTT', async ([, said = '', heard]) => {
    expect(await inVtt(`<v Ida Moss>${said}`)).toEqual([heard]);
  });

  test.for(['a < b and c > d', 'a <div> tag', 'less than < five', 'a <b and c> d', 'write to <ida@moss.example>'])(
    '%s, in SRT and JSON',
    async (said) => {
      expect(await inSrt(said)).toEqual([said]);
      expect(await inJson(said)).toEqual([said]);
    },
  );
});

test.for([
  ['&#65;&#x42;&#X43;', 'ABC'],
  ['a &AMP; b', 'a & b'],
  ['a &hellip; b', 'a … b'],
  ['a &nothing; b', 'a &nothing; b'],
  ['a&#xD7FF;b', 'a\uD7FFb'],
  ['a&#xD800;b', 'ab'],
  ['a&#xDFFF;b', 'ab'],
  ['a&#xE000;b', 'a\uE000b'],
  ['a&#x10FFFD;b', 'a\u{10FFFD}b'],
  ['a&#x110000;b', 'ab'],
])('a character by its number or its name is said as what it is: %s', async ([said = '', heard]) => {
  expect(await inVtt(said)).toEqual([heard]);
});

describe('marks are not said', () => {
  test.for([
    ['<b>one</b> <i>two</i>', 'one two'],
    ['<c.yellow.bg_blue>one</c> two', 'one two'],
    ['one <00:00:01.000>two', 'one two'],
    ['<lang en-GB>one</lang> two', 'one two'],
    ['<font color="#fff">one</font> two', 'one two'],
    ["<span style='color: red'>one</span> two", 'one two'],
    ['one<br>two<br/>three', 'one two three'],
    ['<ruby>one<rt>two</rt></ruby>', 'onetwo'],
  ])('%s', async ([said = '', heard]) => {
    expect(await inVtt(said)).toEqual([heard]);
    expect(await inSrt(said)).toEqual([heard]);
  });
});

describe('a cue that does not end after it begins is heard and seen', () => {
  const text = vtt(
    '00:01.000 --> 00:01.000\nOne.',
    '00:03.000 --> 00:02.000 align:start\nTwo.',
    '00:03.500 --> 00:03.500\nThree.',
    '27:00:00.000 --> 27:00:00.000\nFour.',
  );

  test('until the next one begins, and for four seconds at most', async () => {
    expect(await read('t.vtt', text)).toEqual([
      { start: 1, end: 3, text: 'One.' },
      { start: 3, end: 3.5, text: 'Two.' },
      { start: 3.5, end: 7.5, text: 'Three.' },
      { start: 97_200, end: 97_204, text: 'Four.' },
    ]);
  });

  test('whatever the order in which they are written', async () => {
    const cues = ['00:05.000 -->\nThree.', '00:01.000 -->\nOne.', '00:03.000 -->\nTwo.'];
    expect((await read('t.vtt', vtt(...cues))).map(({ start, end }) => [start, end])).toEqual([
      [1, 3],
      [3, 5],
      [5, 9],
    ]);
  });

  test('in SRT as well', async () => {
    const srt = '1\r\n00:00:01,000 --> 00:00:01,000\r\nOne.\r\n\r\n2\r\n00:00:01,000 --> 00:00:02,000\r\nTwo.\r\n';
    expect(await read('t.srt', srt)).toEqual([
      { start: 1, end: 5, text: 'One.' },
      { start: 1, end: 2, text: 'Two.' },
    ]);
  });

  test('in the captions that a player shows', () => {
    expect(readableCaptions(text, 'vtt')).toContain('00:01.000 --> 00:00:03.000\nOne.');
    expect(readableCaptions(text, 'vtt')).toContain('00:03.000 --> 00:00:03.500 align:start\nTwo.');
  });
});

describe('the captions that a player shows', () => {
  test('have as entities what a browser would drop', () => {
    const text = vtt('00:00.000 --> 00:02.000\n<v Ida Moss>a < b and c > d, in <i>the</i> <div></v>');
    expect(readableCaptions(text, 'vtt')).toBe(
      text.replace('a < b and c >', 'a &lt; b and c &gt;').replace('<div>', '&lt;div&gt;'),
    );
  });

  test('are otherwise as their author wrote them', () => {
    const text = vtt(
      'NOTE a < b',
      'STYLE\n::cue(b) { color: red }',
      'one\n00:00.000 --> 00:02.000 line:0\n<v.loud Ida>One</v>\n<00:00:01.000>two &amp; <c.x>three</c>',
      '00:02.000 --> 00:03.000\nFour.',
    );
    for (const ending of ['\n', '\r\n', '\r']) {
      const written = text.replaceAll('\n', ending);
      expect(readableCaptions(written, 'vtt')).toBe(written);
    }
  });
});
