import { describe, expect, test } from 'vitest';
import { publishedFile } from '#authoring/published-transcript.ts';

const published = (file: string, text: string | Uint8Array) => publishedFile(Buffer.from(text), file).toString();
const vtt = (...blocks: string[]) => `${['WEBVTT', ...blocks].join('\n\n')}\n`;

describe('what every reader of the format can read is published as it is', () => {
  test.for([
    [
      't.vtt',
      vtt('STYLE\n::cue { color: red }', '1\n00:01.000 --> 00:02.000 align:start\n<v Ada>Rain &amp; <i>hail</i>.'),
    ],
    ['t.srt', '1\r\n00:00:01,000 --> 00:00:02,000\r\nAda: <i>Rain</i> < hail.\r\n\r\n'],
    [
      't.json',
      '{ "version": "1.0.0", "segments": [{ "startTime": 1, "endTime": 2, "speaker": "Ada", "body": "Rain." }] }',
    ],
    ['chapters.json', '{ "version": "1.2.0", "chapters": [{ "startTime": 0, "title": "Rain" }] }'],
    ['talk.mp3', 'ID3'],
    ['notes.txt', '{"segments":[{"startTime":"1","body":"Rain."}]}'],
    ['t.json', '\uF8FF is no JSON'],
    ['t.json', '\uFEC0 is no JSON'],
    ['t.vtt', vtt('00:01.000 --> 00:02.000', '00:02.000 --> 00:03.000\nRain.')],
  ])('%s', ([file = '', text = '']) => {
    expect(published(file, text)).toBe(text);
  });
});

describe('the rest is written anew, so that strict readers find in it what the site does', () => {
  test('WebVTT', () => {
    const written =
      '0:01 -> 00:02,5 align:middle line:0 size:50%\n<v Ada>If a < b --> c & d.\n\n{\\an8}More.\n\n00:03.000 --> 00:03.000\nRain.';
    expect(published('t.vtt', `STYLE\n::cue {\n \n\ncolor: red }\n\n${written}`)).toBe(
      vtt(
        'STYLE\n::cue {\ncolor: red }',
        '00:00:01.000 --> 00:00:02.500 line:0 size:50%\n<v Ada>If a &lt; b --&gt; c & d.\nMore.',
        '00:00:03.000 --> 00:00:07.000\nRain.',
      ),
    );
  });

  test('SRT', () => {
    expect(
      published('t.srt', '00:01.0 --> 00:02.500\n<i>Rain</i>.\n\nMore.\n\n9\n00:03,000 --> 00:04,000\nHail.'),
    ).toBe('1\n00:00:01,000 --> 00:00:02,500\n<i>Rain</i>.\nMore.\n\n2\n00:00:03,000 --> 00:00:04,000\nHail.\n');
  });

  test('WebVTT that is called SRT, and the other way round', () => {
    const text = vtt('NOTE not said', '00:01.000 --> 00:02.000\n<v Ada Drizzle> A &lt;b&gt; &amp; rain.\n<v Otto>Yes.');
    expect(published('t.srt', text)).toBe(
      '1\n00:00:01,000 --> 00:00:02,000\nAda Drizzle: A &lt;b&gt; & rain.\nOtto: Yes.\n',
    );
    expect(published('t.vtt', '1\n00:00:01,000 --> 00:00:02,000\nAda: a < b <i>rain</i>')).toBe(
      vtt('00:00:01.000 --> 00:00:02.000\nAda: a &lt; b <i>rain</i>'),
    );
  });

  test('a line of SRT with an arrow in it', () => {
    expect(published('t.srt', '00:01.0 --> 00:02.5\nrain --> hail')).toBe(
      '1\n00:00:01,000 --> 00:00:02,500\nrain -> hail\n',
    );
  });

  test('times of hours and minutes', () => {
    expect(published('t.vtt', vtt('1:00:00 -> 1:01:01.5\nRain.', '10:59:59,999 -> 11:01:00\nHail.'))).toBe(
      vtt('01:00:00.000 --> 01:01:01.500\nRain.', '10:59:59.999 --> 11:01:00.000\nHail.'),
    );
  });

  test('cues without an end, in the order of their times', () => {
    const cues = ['00:05.000 -->\nThree.', '00:01.000 -->\nOne.', '00:03.000 -->\nTwo.'];
    expect(published('t.vtt', vtt(...cues))).toBe(
      vtt(
        '00:00:01.000 --> 00:00:03.000\nOne.',
        '00:00:03.000 --> 00:00:05.000\nTwo.',
        '00:00:05.000 --> 00:00:09.000\nThree.',
      ),
    );
    const segments = [5, 1, 3].map((startTime) => ({ startTime, body: 'Rain.' }));
    const { segments: read } = JSON.parse(published('t.json', JSON.stringify({ segments }))) as {
      segments: { endTime: number }[];
    };
    expect(read.map(({ endTime }) => endTime)).toEqual([9, 3, 5]);
  });

  test.for([
    ['without an end', { startTime: 1, body: 'Rain.' }, { startTime: 1, endTime: 3, body: 'Rain.' }],
    ['that has a text for an end', { startTime: 1, endTime: '2', body: 'Rain.' }, undefined],
    ['that has a text for a beginning', { startTime: '1', endTime: 2, body: 'Rain.' }, undefined],
    [
      'that ends as it begins',
      { startTime: 1, endTime: 1, body: 'Rain.' },
      { startTime: 1, endTime: 3, body: 'Rain.' },
    ],
    ['with a text for a body', { startTime: 1, endTime: 2, text: 'Rain.' }, undefined],
    [
      'of a speaker who is a number',
      { startTime: 1, endTime: 2, speaker: 3, body: 'Rain.' },
      { speaker: '3', startTime: 1, endTime: 2, body: 'Rain.' },
    ],
  ] as const)('a segment of JSON %s', ([, segment, read = { startTime: 1, endTime: 2, body: 'Rain.' }]) => {
    const right = { startTime: 3, endTime: 4, body: 'Hail.' };
    for (const written of [{ segments: [right, segment] }, [right, segment]])
      expect(JSON.parse(published('t.json', JSON.stringify(written)))).toMatchObject({ segments: [right, read] });
  });

  test('captions that roll', () => {
    const cues = ['rain falls', 'rain falls\non us', 'on us\n& <you>', '& <you>\nas well'];
    const text = cues.map((cue, i) => `00:0${i}.000 --> 00:0${i + 1}.000\n${cue}`);
    expect(published('t.vtt', vtt(...text))).toBe(
      vtt(
        ...['rain falls', 'on us', '&amp; &lt;you&gt;', 'as well'].map(
          (said, i) => `00:00:0${i}.000 --> 00:00:0${i + 1}.000\n${said}`,
        ),
      ),
    );
  });

  test('JSON', () => {
    const segments =
      '[{"startTime":"1.5","speaker":null,"body":"Rain."},{"startTime":3,"endTime":4,"speaker":"Ada:","body":"Hail."}]';
    expect(JSON.parse(published('t.json', `{"segments":${segments}}`))).toEqual({
      version: '1.0.0',
      segments: [
        { startTime: 1.5, endTime: 3, body: 'Rain.' },
        { startTime: 3, endTime: 4, speaker: 'Ada', body: 'Hail.' },
      ],
    });
  });

  test.for([
    ['t.json', '{"segments":[{"startTime":1,"endTime":2,"body":"Rain."}]}'],
    ['chapters.json', '{"version":"1.2.0","chapters":[{"startTime":0,"title":"Rain"}]}'],
  ])('%s without a byte order mark, which JSON has none of', ([file = '', json = '']) => {
    expect(published(file, `\uFEFF${json}`)).toBe(json);
  });

  test('JSON without halves of characters, and with whole ones however they are written', () => {
    const json = (body: string) => `{"segments":[{"startTime":1,"endTime":2,"body":"${body}"}]}`;
    expect(published('t.json', json('Rain \\ud83d.'))).toContain('"body":"Rain ."');
    expect(published('t.json', json('Rain \\ud83c\\udf27.'))).toBe(json('Rain \\ud83c\\udf27.'));
  });

  test('in UTF-8 and without control characters', () => {
    const text = vtt('00:01.000 --> 00:02.000\nCa\0fé.');
    expect(published('t.vtt', Buffer.from(`\uFEFF${text}`, 'utf16le'))).toBe(vtt('00:01.000 --> 00:02.000\nCafé.'));
    const json = '{"segments":[{"startTime":1,"endTime":2,"body":"Ra\\u0000in."}]}';
    expect(published('t.json', json)).toBe(
      '{"version":"1.0.0","segments":[{"startTime":1,"endTime":2,"body":"Rain."}]}',
    );
  });
});
