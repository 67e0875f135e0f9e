import { describe, expect, test } from 'vitest';
import { readTranscriptFile as read } from './transcript-file.ts';

const said = async (name: string, content: string | Uint8Array) =>
  (await read(name, content)).cues.map(({ start, end, text }) => [start, end, text]);
/** What an author is advised, each with its line. */
const advice = async (name: string, content: string | Uint8Array, duration?: number) =>
  (await read(name, content, [], duration)).advice.map(({ what, line }) => `${line}: ${what}`);

const two = [
  [1, 2, 'Rain falls.'],
  [2, 4, 'An umbrella opens.'],
];

describe('a transcript is read whatever tool has written it', () => {
  test.for<[string, string, string]>([
    [
      'hours and minutes without seconds of their own',
      't.vtt',
      'WEBVTT\n\n01.000 --> 02.000\nRain falls.\n\n0:02.000 --> 0:00:04.0\nAn umbrella opens.',
    ],
    [
      'a decimal comma in WebVTT',
      't.vtt',
      'WEBVTT\n\n00:01,000 --> 00:02,000\nRain falls.\n\n00:02,000 --> 00:04,000\nAn umbrella opens.',
    ],
    [
      'a decimal point in SRT',
      't.srt',
      '1\n00:00:01.000 --> 00:00:02.000\nRain falls.\n\n2\n00:00:02.000 --> 00:00:04.000\nAn umbrella opens.',
    ],
    [
      'SRT without hours',
      't.srt',
      '1\n00:01,000 --> 00:02,000\nRain falls.\n\n2\n00:02,000 --> 00:04,000\nAn umbrella opens.',
    ],
    [
      'times without thousandths',
      't.srt',
      '1\n00:00:01 --> 00:00:02\nRain falls.\n\n2\n00:00:02 --> 00:00:04\nAn umbrella opens.',
    ],
    [
      'frames behind a third colon',
      't.srt',
      '1\n00:00:01:000 --> 00:00:02:000\nRain falls.\n\n2\n00:00:02:000 --> 00:00:04:000\nAn umbrella opens.',
    ],
    [
      'a short arrow',
      't.vtt',
      'WEBVTT\n\n00:01.000 -> 00:02.000\nRain falls.\n\n00:02.000 → 00:04.000\nAn umbrella opens.',
    ],
    [
      'an arrow without spaces',
      't.vtt',
      'WEBVTT\n\n00:01.000-->00:02.000\nRain falls.\n\n00:02.000-->00:04.000\nAn umbrella opens.',
    ],
    ['no header', 't.vtt', '00:01.000 --> 00:02.000\nRain falls.\n\n00:02.000 --> 00:04.000\nAn umbrella opens.'],
    [
      'a header with metadata',
      't.vtt',
      'WEBVTT - Rain\nKind: captions\nLanguage: en\n\n00:01.000 --> 00:02.000\nRain falls.\n\n00:02.000 --> 00:04.000\nAn umbrella opens.',
    ],
    [
      'metadata without a header',
      't.vtt',
      'Kind: captions\nLanguage: en\n\n00:01.000 --> 00:02.000\nRain falls.\n\n00:02.000 --> 00:04.000\nAn umbrella opens.',
    ],
    [
      'WebVTT in a file of SRT',
      't.srt',
      'WEBVTT\n\nNOTE not said\n\n00:01.000 --> 00:02.000\nRain falls.\n\n00:02.000 --> 00:04.000\nAn umbrella opens.',
    ],
    [
      'SRT in a file of WebVTT',
      't.vtt',
      '1\n00:00:01,000 --> 00:00:02,000\nRain falls.\n\n2\n00:00:02,000 --> 00:00:04,000\nAn umbrella opens.',
    ],
    [
      'no indexes in SRT',
      't.srt',
      '00:00:01,000 --> 00:00:02,000\nRain falls.\n\n00:00:02,000 --> 00:00:04,000\nAn umbrella opens.',
    ],
    [
      'indexes out of order',
      't.srt',
      '7\n00:00:01,000 --> 00:00:02,000\nRain falls.\n\n7\n00:00:02,000 --> 00:00:04,000\nAn umbrella opens.',
    ],
    [
      'an index apart from its times',
      't.srt',
      '1\n\n00:00:01,000 --> 00:00:02,000\nRain falls.\n\n2\n\n00:00:02,000 --> 00:00:04,000\nAn umbrella opens.\n\n3\n',
    ],
    [
      'no empty lines between cues',
      't.srt',
      '1\n00:00:01,000 --> 00:00:02,000\nRain falls.\n2\n00:00:02,000 --> 00:00:04,000\nAn umbrella opens.',
    ],
    [
      'many empty lines',
      't.vtt',
      '\n\nWEBVTT\n\n\n\n00:01.000 --> 00:02.000\nRain falls.\n\n\n\n00:02.000 --> 00:04.000\nAn umbrella opens.\n\n\n',
    ],
    [
      'an empty line in a cue',
      't.vtt',
      'WEBVTT\n\n00:01.000 --> 00:02.000\nRain falls.\n\n00:02.000 --> 00:04.000\nAn umbrella\n\nopens.',
    ],
    [
      'an empty line under times',
      't.srt',
      '1\n00:00:01,000 --> 00:00:02,000\n\nRain falls.\n\n2\n00:00:02,000 --> 00:00:04,000\n\nAn umbrella opens.',
    ],
    [
      'lines that end in one CR',
      't.vtt',
      'WEBVTT\r\r00:01.000 --> 00:02.000\rRain falls.\r\r00:02.000 --> 00:04.000\rAn umbrella opens.\r',
    ],
    [
      'a byte order mark',
      't.vtt',
      '\uFEFFWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nRain falls.\r\n\r\n00:02.000 --> 00:04.000\r\nAn umbrella opens.',
    ],
    [
      'comments and styles between cues',
      't.vtt',
      'WEBVTT\n\nSTYLE\n::cue {\n\n  color: red;\n}\n\nNOTE\nnot said\n\n00:01.000 --> 00:02.000\nRain falls.\n\nSTYLE\n::cue(b) { color: blue }\n\nREGION\nid:one\n\nNOTE not said either\n\n00:02.000 --> 00:04.000\nAn umbrella opens.',
    ],
    [
      'settings that no format has',
      't.vtt',
      'WEBVTT\n\n00:01.000 --> 00:02.000 align:middle line:90% T:20% foo:bar\nRain falls.\n\n00:02.000 --> 00:04.000 position: 50% align=left\nAn umbrella opens.',
    ],
    [
      'corners in SRT',
      't.srt',
      '1\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20 Y1:30 Y2:40\nRain falls.\n\n2\n00:00:02,000 --> 00:00:04,000\nAn umbrella opens.',
    ],
    [
      'words beside the times',
      't.vtt',
      'WEBVTT\n\n00:01.000 --> 00:02.000 Rain falls.\n\n00:02.000 --> 00:04.000\nAn umbrella opens.',
    ],
    [
      'identifiers of words',
      't.vtt',
      'WEBVTT\n\nfirst cue\n00:01.000 --> 00:02.000\nRain falls.\n\nsecond cue\n00:02.000 --> 00:04.000\nAn umbrella opens.',
    ],
    [
      'cues out of order',
      't.vtt',
      'WEBVTT\n\n00:02.000 --> 00:04.000\nAn umbrella opens.\n\n00:01.000 --> 00:02.000\nRain falls.',
    ],
    [
      'control characters',
      't.vtt',
      'WEBVTT\n\n00:01.000 --> 00:02.000\nRa\0in\x07 falls.\n\n00:02.000 --> 00:04.000\nAn\vumbrella &#0;&#8;opens.',
    ],
    [
      'an arrow of another kind under an index, and under a line of spaces',
      't.srt',
      '1\n00:00:01,000 -> 00:00:02,000\nRain falls.\n \n00:00:02,000 -> 00:00:04,000\nAn umbrella opens.',
    ],
    [
      'lines of spaces in front',
      't.vtt',
      ' \n \nWEBVTT\n\n00:01.000 --> 00:02.000\nRain falls.\n\n00:02.000 --> 00:04.000\nAn umbrella opens.',
    ],
    [
      'identifiers of words over two lines',
      't.vtt',
      'WEBVTT\n\nfirst cue\n00:01.000 --> 00:02.000\nRain\nfalls.\n \nsecond cue\n00:02.000 --> 00:04.000\nAn umbrella\nopens.',
    ],
    [
      'identifiers of words under lines of spaces',
      't.vtt',
      'WEBVTT\n \nfirst cue\n00:01.000 --> 00:02.000\nRain falls.\n \nsecond cue\n00:02.000 --> 00:04.000\nAn umbrella opens.',
    ],
    [
      'metadata without a header, right above times',
      't.vtt',
      ' Kind: captions \n00:01.000 --> 00:02.000\nRain falls.\n\n00:02.000 --> 00:04.000\nAn umbrella opens.',
    ],
    [
      'one word above the times of the next cue',
      't.vtt',
      'WEBVTT\n\n00:01.000 --> 00:02.000\nRain\nfalls.\n00:02.000 --> 00:04.000\nAn umbrella opens.',
    ],
    [
      'a comment right above times',
      't.vtt',
      'WEBVTT\n\nNOTE not said\n00:01.000 --> 00:02.000\nRain falls.\n\n00:02.000 --> 00:04.000\nAn umbrella opens.',
    ],
    [
      'an index and its times with a line of spaces between',
      't.srt',
      '1\n \n00:00:01,000 --> 00:00:02,000\nRain falls.\n\n2\n \n00:00:02,000 --> 00:00:04,000\nAn umbrella opens.',
    ],
    [
      'SRT with an ending in capitals',
      't.SRT',
      '1\n00:00:01,000 --> 00:00:02,000\nRain falls.\n\n2\n00:00:02,000 --> 00:00:04,000\nAn umbrella opens.',
    ],
    [
      'JSON with an ending in capitals',
      't.JSON',
      '[{"startTime":1,"endTime":2,"body":"Rain falls."},{"startTime":2,"endTime":4,"body":"An umbrella opens."}]',
    ],
    [
      'JSON with what is not known left out',
      't.json',
      '{"segments":[{"startTime":"1.0","speaker":null,"body":"Rain falls."},{"startTime":"0:02","endTime":"00:00:04,000","speaker":"","body":"An umbrella opens."}]}',
    ],
    [
      'JSON of Whisper',
      't.json',
      '{"text":"…","segments":[{"id":0,"start":1,"end":2,"text":" Rain falls."},{"id":1,"start":2,"end":4,"text":" An umbrella opens."}]}',
    ],
  ])('%s', async ([, name, text]) => {
    expect(await said(name, text)).toEqual(two);
  });

  test('a number or an arrow that is said', async () => {
    const cues = ['00:01.000 --> 00:02.000\nHow many?\n42\n00:02.000 --> 00:04.000\n3 apples --> one pie'];
    expect(await said('t.vtt', ['WEBVTT', ...cues].join('\n\n'))).toEqual([
      [1, 2, 'How many? 42'],
      [2, 4, '3 apples --> one pie'],
    ]);
  });

  test.for([
    ['an empty line', ''],
    ['two empty lines', '\n'],
    ['an empty line and one of spaces', ' \n'],
  ])('a sentence above times, where no other cue has one, and %s in front of them', async ([, more]) => {
    const text = `WEBVTT\n\n${more}00:01.000 --> 00:02.000\nRain\n\nfalls here.\n00:02.000 --> 00:04.000\nHail.\n\n${more}00:04.000 --> 00:05.000\nSun.`;
    expect((await said('t.vtt', text)).map(([, , text]) => text)).toEqual(['Rain falls here.', 'Hail.', 'Sun.']);
  });

  test('segments of JSON without a beginning or an end', async () => {
    const segments = [{ body: 'Rain.' }, { startTime: 2, endTime: 4, body: 'Hail.' }, { body: 'Sun.' }];
    expect(await said('t.json', JSON.stringify({ segments }))).toEqual([
      [0, 2, 'Rain.'],
      [2, 4, 'Hail.'],
      [4, 8, 'Sun.'],
    ]);
  });

  test('times to the thousandth of a second', async () => {
    expect(await said('t.vtt', 'WEBVTT\n\n00:14.819 --> 01:00:16.936\nRain.')).toEqual([[14.819, 3616.936, 'Rain.']]);
    const segment = { startTime: 0.30000000000000004, endTime: 0.7000000000000001, body: 'Rain.' };
    expect(await said('t.json', JSON.stringify({ segments: [segment] }))).toEqual([[0.3, 0.7, 'Rain.']]);
  });

  test('times beyond 99 hours', async () => {
    expect(await said('t.vtt', 'WEBVTT\n\n100:00:00.000 --> 100:00:01.000\nRain.')).toEqual([
      [360_000, 360_001, 'Rain.'],
    ]);
  });

  test('a text before the first cue, and one under times that cannot be read', async () => {
    const text = 'WEBVTT\n\nWritten by ear.\n\n00:01.000 --> 00:02.000\nRain.\n\n00:xx --> 00:03.000\nMore rain.';
    expect(await said('t.vtt', text)).toEqual([
      [0, 1, 'Written by ear.'],
      [1, 2, 'Rain.\nMore rain.'.replace('\n', ' ')],
    ]);
  });

  test.for<[string, Uint8Array]>([
    ['with its mark', Buffer.from('\uFEFFWEBVTT\n\n00:01.000 --> 00:02.000\nCafé.', 'utf16le')],
    ['without it', Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\nCafé.', 'utf16le')],
    ['the other way round', Buffer.from('\uFEFFWEBVTT\n\n00:01.000 --> 00:02.000\nCafé.', 'utf16le').swap16()],
    ['the other way round, without it', Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\nCafé.', 'utf16le').swap16()],
  ])('UTF-16 %s', async ([, bytes]) => {
    expect(await said('t.vtt', bytes)).toEqual([[1, 2, 'Café.']]);
    expect(await advice('t.vtt', bytes)).toEqual([
      '1: The file is in UTF-16, which podcast apps do not read: save it as UTF-8',
    ]);
  });

  test('UTF-16 with its mark, where few of its letters are Latin', async () => {
    const text = `\uFEFFWEBVTT ${'雨'.repeat(60)}\n\n00:01.000 --> 00:02.000\n雨が降る。`;
    const bytes = Buffer.from(text, 'utf16le');
    expect(await said('t.vtt', bytes)).toEqual([[1, 2, '雨が降る。']]);
    expect(await said('t.vtt', Buffer.from(bytes).swap16())).toEqual([[1, 2, '雨が降る。']]);
  });

  test.for([
    [60, 'é'.repeat(60)],
    [61, `${'é'.repeat(59)}…`],
  ] as const)('and Latin-1 is told with sixty letters of a line: of %i', async ([letters, shown]) => {
    const text = `WEBVTT\n\n00:01.000 --> 00:02.000\n${'é'.repeat(letters)}`;
    await expect(read('t.vtt', Buffer.from(text, 'latin1'))).rejects.toThrow(`if line 4 is to be "${shown}": open`);
  });

  test('and bytes that no text has are told with their line', async () => {
    const text = 'WEBVTT\n\n00:01.000 --> 00:02.000\nCaf\xE9\x01.';
    await expect(read('t.vtt', Buffer.from(text, 'latin1'))).rejects.toThrow(
      /^is not UTF-8: it has bytes in line 4 that are no letters\. Save it as UTF-8$/,
    );
  });

  test('and Latin-1 is told, with where it shows', async () => {
    await expect(read('t.vtt', Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\nCafé.', 'latin1'))).rejects.toThrow(
      'is not UTF-8. It may be Windows-1252 (Latin-1), if line 4 is to be "Café.": open it as that, and save it as UTF-8',
    );
  });

  test.for<[string, string, string]>([
    ['t.vtt', 'She asked.', 'is not WebVTT: no line in it has the times of a cue, as 00:00:01.000 --> 00:00:04.000'],
    ['t.srt', '{"segments":[]}', 'is not SRT: it is JSON. Name it t.json'],
    ['t.json', 'WEBVTT\n', 'is not JSON: it has captions in it. Name it .vtt or .srt'],
    [
      't.json',
      '{"segments":[{"body":"Rain."}]}',
      'is no transcript: it wants "segments" with "startTime", "endTime" and "body" each',
    ],
    ['t.json', 'Rain.', 'is not JSON'],
    [
      't.json',
      '{"segments":[{"startTime":1,"body":" "}]}',
      'is no transcript: it wants "segments" with "startTime", "endTime" and "body" each',
    ],
    ['t.vtt', 'WEBVTT\n', 'has nothing in it that was said'],
    ['t.vtt', '', 'has nothing in it that was said'],
    ['t.vtt', ' \n', 'has nothing in it that was said'],
  ])('%s that is something else is told: %s', async ([name, text, message]) => {
    await expect(read(name, text)).rejects.toThrow(message);
  });
});

describe('an author is advised', () => {
  const vtt = (...cues: string[]) => ['WEBVTT', ...cues].join('\n\n');
  const plain = '00:01.000 --> 00:02.000\nRain.';

  test.for<[string, string, string, string[]]>([
    [
      'of nothing, where all is as it is to be',
      't.vtt',
      vtt(plain, '00:02.000 --> 00:03.000 align:start line:0\nRain.'),
      [],
    ],
    [
      'of nothing in SRT',
      't.srt',
      '1\n00:00:01,000 --> 00:00:02,000\nRain.\n\n2\n00:00:02,000 --> 00:00:03,000\nRain.\n',
      [],
    ],
    [
      'of a wrong setting',
      't.vtt',
      vtt(`${plain}`, '00:02.000 --> 00:03.000 align:middle\nRain.'),
      ['6: "align:middle" places no cue in this format: it is passed over'],
    ],
    [
      'of a missing header',
      't.vtt',
      plain,
      ['1: The first line is to be "WEBVTT" alone: without it browsers show nothing. The published copy has it'],
    ],
    [
      'of a missing header, though cues have numbers',
      't.vtt',
      `1\n${plain}`,
      ['1: The first line is to be "WEBVTT" alone: without it browsers show nothing. The published copy has it'],
    ],
    ['of another format', 't.srt', vtt(plain), ['1: The file is WebVTT by what is in it: name it so, with .vtt']],
    [
      'of the other format',
      't.vtt',
      '1\n00:00:01,000 --> 00:00:02,000\nRain.',
      ['1: The file is SRT by what is in it: name it so, with .srt'],
    ],
    [
      'of an arrow',
      't.vtt',
      vtt('00:01.000 -> 00:02.000\nRain.'),
      ['3: The arrow between times is to be "-->": "00:01.000 -> 00:02.000"'],
    ],
    [
      'of times',
      't.vtt',
      vtt('0:01 --> 0:02\nRain.', '0:02 --> 0:03\nRain.'),
      [
        '3: Times are not written as the format has them, as in "0:01 --> 0:02" (2 times). The published copy has them right',
      ],
    ],
    [
      'of times that cannot be read',
      't.vtt',
      vtt(plain, '00:xx --> 00:03.000\nRain.'),
      ['6: No times can be read in "00:xx --> 00:03.000": what is below it is shown with the cue before'],
    ],
    [
      'of spaces round times',
      't.vtt',
      vtt(' 0:01 --> 0:02 \nRain.', ' 00:xx --> 00:03.000 \nRain.'),
      [
        '3: Times are not written as the format has them, as in "0:01 --> 0:02". The published copy has them right',
        '6: No times can be read in "00:xx --> 00:03.000": what is below it is shown with the cue before',
      ],
    ],
    [
      'of numbers that are missing in SRT',
      't.srt',
      '00:00:01,000 --> 00:00:02,000\nRain.\n\n00:00:02,000 --> 00:00:03,000\nHail.',
      ['1: Numbers of cues are missing or out of order (2 times). The published copy has them right'],
    ],
    [
      'of numbers out of order in SRT',
      't.srt',
      '1\n00:00:01,000 --> 00:00:02,000\nRain.\n\n3\n00:00:02,000 --> 00:00:03,000\nHail.',
      ['5: Numbers of cues are missing or out of order. The published copy has them right'],
    ],
    [
      'of nothing in WebVTT, where numbers are identifiers',
      't.vtt',
      vtt(`3\n${plain}`, '1\n00:02.000 --> 00:03.000\nRain.', '00:03.000 --> 00:04.000\nHail.'),
      [],
    ],
    [
      'of two wrong settings together',
      't.vtt',
      vtt('00:02.000 --> 00:03.000 align:middle foo:bar line:0\nRain.'),
      ['3: "align:middle foo:bar" places no cue in this format: it is passed over'],
    ],
    [
      'of an empty line in a cue',
      't.vtt',
      vtt(`${plain}\n\nMore.`),
      ['6: A text follows an empty line, where a cue ends: it is taken for more of the cue before'],
    ],
    [
      'of an end that is none',
      't.vtt',
      vtt('00:02.000 --> 00:01.000\nRain.', '00:03.000 --> 00:03.000\nRain.'),
      ['3: A cue does not end after it begins (2 times): it is shown until the next one, for four seconds at most'],
    ],
    [
      'of cues over one another',
      't.vtt',
      vtt('00:01.000 --> 00:04.000\nRain.', '00:02.000 --> 00:03.000\nHail.'),
      ['6: A cue begins while another is still shown'],
    ],
    [
      'of the order',
      't.vtt',
      vtt('00:05.000 --> 00:06.000\nRain.', plain),
      ['6: A cue begins before the one above it: cues are shown in the order of their times'],
    ],
    [
      'of the length of the recording',
      't.vtt',
      vtt(plain, '01:05.000 --> 01:06.000\nRain.'),
      ['6: A cue begins when the recording is over, at 1:00: is it the transcript of another one?'],
    ],
    [
      'of a block that has no effect',
      't.vtt',
      vtt(plain, 'STYLE\n::cue { color: red }', '00:02.000 --> 00:03.000\nRain.'),
      ['6: A STYLE block stands after the first cue, where it is without effect: it is passed over'],
    ],
    [
      'of a region that has no effect, with spaces behind its name',
      't.vtt',
      vtt(plain, 'REGION  \nid:one'),
      ['6: A REGION block stands after the first cue, where it is without effect: it is passed over'],
    ],
    [
      'of control characters at the beginning',
      't.vtt',
      `\u0007${vtt(plain)}`,
      ['1: A control character: it is left out'],
    ],
    [
      'of all in the order of lines',
      't.vtt',
      vtt(
        '00:01.000 --> 00:04.000\nRain.',
        '00:02.000 --> 00:03.000\nHail.',
        '00:05.000 --> 00:06.000\n<v Zed Quartz>Sun.',
      ),
      ['6: A cue begins while another is still shown', '9: "Zed Quartz" speaks, and is nobody of this site'],
    ],
    [
      'of control characters',
      't.vtt',
      vtt('00:01.000 --> 00:02.000\nRa\0in.'),
      ['4: A control character: it is left out'],
    ],
  ])('%s', async ([, name, text, expected]) => {
    expect(await advice(name, text, 60)).toEqual(expected);
  });
});

describe('captions that roll', () => {
  /** As YouTube writes automatic ones: a line comes word by word, stands, and moves up. */
  const youtube = `WEBVTT
Kind: captions
Language: en

00:00:01.000 --> 00:00:03.000 align:start position:0%
 
rain<00:00:01.500><c> falls</c><00:00:02.000><c> on</c>

00:00:03.000 --> 00:00:03.010 align:start position:0%
rain falls on
 

00:00:03.010 --> 00:00:05.000 align:start position:0%
rain falls on
us<00:00:03.500><c> all</c>

00:00:05.000 --> 00:00:05.010 align:start position:0%
us all
 

00:00:05.010 --> 00:00:06.000 align:start position:0%
us all
us<00:00:05.500><c> all</c>

00:00:06.000 --> 00:00:07.000 align:start position:0%
all<00:00:06.500><c> day</c>
`;
  const lines = [
    [1, 3, 'rain falls on'],
    [3.01, 5, 'us all'],
    [5.01, 6, 'us all'],
    [6, 7, 'all day'],
  ];

  test('have each line once, when it comes', async () => {
    expect(await said('t.vtt', youtube)).toEqual(lines);
    expect(await advice('t.vtt', youtube)).toEqual([
      '5: Captions that roll: lines stand in more than one cue, as automatic captions have them. Each is shown once',
    ]);
    expect((await read('t.vtt', youtube)).losses).toEqual([]);
  });

  test('without the times of words, as SRT has them, too', async () => {
    const cues = [
      '00:00:01,000 --> 00:00:03,010\nrain falls on',
      '00:00:03,000 --> 00:00:03,010\nrain falls on',
      '00:00:03,010 --> 00:00:05,010\nrain falls on\nus all',
      '00:00:05,000 --> 00:00:05,010\nus all',
      '00:00:05,010 --> 00:00:07,000\nus all\nand you',
    ];
    const srt = cues.map((cue, i) => `${i + 1}\n${cue}`).join('\n\n');
    expect((await read('t.srt', srt)).cues.map(({ start, text }) => [start, text])).toEqual([
      [1, 'rain falls on'],
      [3.01, 'us all'],
      [5.01, 'and you'],
    ]);
  });

  test('and that grow by a word', async () => {
    const growing = ['rain', 'rain falls', 'rain falls on', 'rain falls on us'].map(
      (text, i) => `00:0${i}.000 --> 00:0${i + 1}.000\n${text}`,
    );
    expect((await read('t.vtt', ['WEBVTT', ...growing].join('\n\n'))).cues.map(({ text }) => text).join(' ')).toBe(
      'rain falls on us',
    );
  });

  const texts = async (...texts: string[]) => {
    const cues = texts.map((text, i) => `00:0${i}.000 --> 00:0${i + 1}.000\n${text}`);
    return (await read('t.vtt', ['WEBVTT', ...cues].join('\n\n'))).cues.map(({ text }) => text);
  };

  test.for([
    ['are three at least', ['rain falls on us', 'rain falls on us all'], undefined],
    [
      'may be three',
      ['rain falls on us', 'rain falls on us all', 'rain falls on us all day'],
      'rain falls on us|all|day',
    ],
    ['repeat two words of five', ['a b', 'a b c d', 'c d e f'], 'a b|c d|e f'],
    ['repeat no less than that', ['a b', 'a b c d e', 'd e f g h'], undefined],
    ['go on in a fourth of the cues', ['a b', 'a b', 'a b', 'a b', 'a b c'], 'a b|c'],
    ['go on in no less than that', ['a b', 'a b', 'a b', 'a b', 'a b', 'a b c'], undefined],
    ['repeat a third of a cue', ['a', 'a b', 'a b c', 'c d e'], 'a|b|c|d e'],
  ] as const)('%s', async ([, cues, rolled = cues.join('|')]) => {
    expect((await texts(...cues)).join('|')).toBe(rolled);
  });

  test.for(['<v Ada>rain falls on us', '<v Ada>rain</v> falls on us'])('have no voices: %s', async (first) => {
    const rest = ['rain falls on us all', 'rain falls on us all day'];
    expect((await texts(first, ...rest)).slice(-2)).toEqual(rest);
  });

  test.for([
    [['No.', 'No.', 'No.', 'No.']],
    [['Yes.', 'Yes, rain.', 'Rain.', 'Rain, and hail.', 'Hail?', 'Snow falls.']],
  ])('are not what people repeat: %s', async ([texts = []]) => {
    const cues = texts.map((text, i) => `00:0${i}.000 --> 00:0${i + 1}.000\n${text}`);
    expect((await read('t.vtt', ['WEBVTT', ...cues].join('\n\n'))).cues.map(({ text }) => text)).toEqual(texts);
  });
});

describe('words that come one by one', () => {
  const text = 'Rain falls. It falls on us all the time, and nobody has an umbrella that opens when it is to.';
  const segments = (bodies: string[]) =>
    JSON.stringify({ segments: bodies.map((body, i) => ({ startTime: i, endTime: i + 0.9, speaker: 'Ada', body })) });

  test('are phrases', async () => {
    const { cues } = await read('t.json', segments(text.split(' ')));
    expect(cues.map(({ start, end, text }) => [start, end, text])).toEqual([
      [0, 1.9, 'Rain falls.'],
      [2, 14.9, 'It falls on us all the time, and nobody has an umbrella that'],
      [15, 19.9, 'opens when it is to.'],
    ]);
  });

  test('are joined where a token begins in the middle of a word', async () => {
    const tokens = [' Rain', ' fa', 'lls', '.', ' It', ' does', 'n', '’t', ' stop', '.', ' Ever', '.'];
    expect((await read('t.json', segments(tokens))).cues.map(({ text }) => text)).toEqual([
      'Rain falls.',
      'It doesn’t stop.',
      'Ever.',
    ]);
  });

  test('are joined to words of which none is lost, with a name in front and in whatever order their times are', async () => {
    const tokens = [' Ada:', ' Rain', ' fa', 'lls', '.', ' It', ' does', 'n', '’t', ' stop', '.', ' Ever', '.'];
    const file = tokens.map((body, i) => ({ startTime: i < 11 ? 5 + i : i - 11, body }));
    const { cues, losses } = await read('t.json', JSON.stringify(file), ['Ada']);
    expect(cues.map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual([
      'Ada: Ever.',
      'Ada: Rain falls.',
      'Ada: It doesn’t stop.',
    ]);
    expect(losses).toEqual([]);
  });

  test('are phrases of one speaker each', async () => {
    const file = 'rain falls on us and on me too'.split(' ').map((body, i) => ({
      ...{ startTime: i, endTime: i + 1, body },
      speaker: i < 4 ? 'Ada' : 'Otto',
    }));
    expect((await read('t.json', JSON.stringify(file))).cues.map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual(
      ['Ada: rain falls on us', 'Otto: and on me too'],
    );
  });

  test('are not joined to a cue of two voices', async () => {
    const cues = ['rain', 'falls', 'on', 'us', 'and', 'on', 'you', 'too', 'or<v Otto>not', 'yes', 'it', 'does'].map(
      (text, i) => `00:${10 + i}.000 --> 00:${11 + i}.000\n<v Ada>${text}`,
    );
    const found = await read('t.vtt', ['WEBVTT', ...cues].join('\n\n'));
    expect(found.cues.map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual([
      'Ada: rain falls on us and on you too',
      'Ada: or',
      'Otto: not',
      'Ada: yes it does',
    ]);
  });

  test('stay where each is a line of somebody', async () => {
    const cues = ['Yes.', 'No.', 'Yes.', 'No.', 'Yes.', 'No.', 'Yes.', 'Rain.'].map(
      (text, i) => `00:0${i}.000 --> 00:0${i + 1}.000\n<v ${i % 2 ? 'Ada' : 'Otto'}>${text}`,
    );
    expect((await read('t.vtt', ['WEBVTT', ...cues].join('\n\n'))).cues).toHaveLength(8);
  });
});

test.for(['body', 'text'])('advice on JSON is at the line of what was said: "%s"', async (key) => {
  const segments = ['Ada Fog', 'Zed Quartz'].map((speaker, i) => ({
    startTime: i,
    endTime: i + 1,
    speaker,
    [key]: 'Rain.',
  }));
  expect(await advice('t.json', JSON.stringify({ segments }, null, 2))).toEqual([
    '7: "Ada Fog" speaks, and is nobody of this site',
    '13: "Zed Quartz" speaks, and is nobody of this site',
  ]);
});

describe('words that stand one to a cue', () => {
  const json = (...bodies: string[]) =>
    JSON.stringify({ segments: bodies.map((body, i) => ({ startTime: i, endTime: i + 1, body })) });
  const texts = async (...bodies: string[]) => (await read('t.json', json(...bodies))).cues.map(({ text }) => text);
  const seven = ['rain', 'falls', 'on', 'an', 'old', 'red', 'roof'];

  test('are a phrase from eight cues on', async () => {
    expect(await texts(...seven)).toEqual(seven);
    expect(await texts(...seven, 'here')).toEqual(['rain falls on an old red roof here']);
  });

  test('may have one among them that is empty, and two of one moment', async () => {
    expect(await texts(...seven, '', 'here', 'now')).toEqual(['rain falls on an old red roof', 'here now']);
    const file = [...seven, 'now'].map((body) => ({ startTime: 1, endTime: 2, body }));
    expect((await read('t.json', JSON.stringify(file))).cues.map(({ text }) => text)).toEqual([
      'rain falls on an old red roof now',
    ]);
  });

  test('may have one phrase among ten, and none among nine', async () => {
    expect(await texts(...seven, 'and', 'here', 'it is wet')).toEqual([
      'rain falls on an old red roof and here',
      'it is wet',
    ]);
    expect(await texts(...seven, 'and', 'it is wet')).toHaveLength(9);
  });

  test.for([
    [3, 'rain falls on an old red roof and here'],
    [4, 'rain falls on anoldredroofandhere'],
  ] as const)('are parts of words if more than a third begin with a space: %i of nine', async ([spaced, text]) => {
    const words = [...seven, 'and', 'here'].map((word, i) => (i < spaced ? ` ${word}` : word));
    expect(await texts(...words)).toEqual([text]);
  });

  test('are a new phrase behind the end of a sentence, and behind sixty characters', async () => {
    expect(await texts(...seven, 'here.', 'It', 'is.')).toEqual(['rain falls on an old red roof here.', 'It is.']);
    const [long, longer] = ['x'.repeat(50), 'y'.repeat(9)];
    expect(await texts(long, longer, ...seven)).toEqual([`${long} ${longer}`, seven.join(' ')]);
    expect(await texts(long, longer.slice(1), ...seven)).toEqual([
      `${long} ${longer.slice(1)} rain`,
      seven.slice(1).join(' '),
    ]);
  });
});

describe('an author is advised of times', () => {
  const srt = (...times: [from: string, to: string][]) =>
    times.map(([from, to], i) => `${i + 1}\n00:00:${from} --> 00:00:${to}\nRain ${i}.`).join('\n\n');
  const overlap = 'A cue begins while another is still shown';

  test.for([
    [
      'a tenth of a second together',
      [
        ['00,000', '02,000'],
        ['01,900', '04,000'],
      ],
      [],
    ],
    [
      'more than that together',
      [
        ['00,000', '02,000'],
        ['01,890', '04,000'],
      ],
      [`6: ${overlap}`],
    ],
    [
      'shown together from end to end',
      [
        ['00,000', '02,000'],
        ['00,000', '02,000'],
      ],
      [],
    ],
    [
      'of one beginning and two ends',
      [
        ['00,000', '02,000'],
        ['00,000', '03,000'],
      ],
      [`6: ${overlap}`],
    ],
    [
      'of two beginnings and one end',
      [
        ['00,000', '02,000'],
        ['01,000', '02,000'],
      ],
      [`6: ${overlap}`],
    ],
    [
      'under a longer one further up',
      [
        ['00,000', '09,000'],
        ['09,000', '09,500'],
        ['08,000', '08,500'],
      ],
      ['10: A cue begins before the one above it: cues are shown in the order of their times'],
    ],
    [
      'twice',
      [
        ['00,000', '09,000'],
        ['01,000', '02,000'],
        ['03,000', '04,000'],
      ],
      [`6: ${overlap} (2 times)`],
    ],
  ] as const)('of cues %s', async ([, times, expected]) => {
    expect(await advice('t.srt', srt(...(times as unknown as [string, string][])))).toEqual(expected);
  });

  test.for([
    [2, []],
    [1, ['6: A cue begins when the recording is over, at 0:01: is it the transcript of another one?']],
  ] as const)('of those behind a recording of %i seconds', async ([duration, expected]) => {
    expect(await advice('t.srt', srt(['00,000', '01,000'], ['01,000', '02,000']), duration)).toEqual(expected);
  });

  test.for([
    [59, 'x'.repeat(59)],
    [60, 'x'.repeat(60)],
    [61, `${'x'.repeat(59)}…`],
  ] as const)('with what stands there, cut behind 60 characters: of %i', async ([letters, shown]) => {
    const text = `WEBVTT\n\n00:01.000 --> 00:02.000 ${'x'.repeat(letters)}\nRain.`;
    const told = (await advice('t.vtt', text)).filter((each) => each.includes('beside times'));
    expect(told).toEqual([`3: "${shown}" stands beside times: it is taken for what was said`]);
  });
});

describe('a line between cues', () => {
  const first = '00:10.000 --> 00:11.000\nRain.';

  test('before all of them is shown until the first begins, which is told', async () => {
    const text = `WEBVTT\n\nHello there.\n\n${first}`;
    expect(await said('t.vtt', text)).toEqual([
      [0, 10, 'Hello there.'],
      [10, 11, 'Rain.'],
    ]);
    expect(await advice('t.vtt', text)).toEqual([
      '3: A text stands before the first cue: it is shown at the beginning',
    ]);
  });

  test('follows an empty one, though one of spaces is between them', async () => {
    expect(await advice('t.vtt', `WEBVTT\n\n${first}\n\n \nMore.`)).toEqual([
      '7: A text follows an empty line, where a cue ends: it is taken for more of the cue before',
    ]);
    expect(await advice('t.vtt', `WEBVTT\n\n${first}\n \nMore.`)).toEqual([]);
  });

  test('is a number that is said where a text is under it', async () => {
    const text = '1\n00:00:01,000 --> 00:00:02,000\nRain.\n\n2\nare many.\n\n2\n00:00:03,000 --> 00:00:04,000\nHail.';
    expect((await said('t.srt', text)).map(([, , words]) => words)).toEqual(['Rain. 2 are many.', 'Hail.']);
  });

  test('is a comment in WebVTT, behind an empty line, and is said elsewhere', async () => {
    const note = 'NOTE this.';
    expect(await said('t.vtt', `WEBVTT\n\n${first}\n\n${note}`)).toEqual([[10, 11, 'Rain.']]);
    expect(await said('t.vtt', `WEBVTT\n\n${first}\n${note}`)).toEqual([[10, 11, `Rain. ${note}`]]);
    const srt = `1\n00:00:10,000 --> 00:00:11,000\nRain.\n\n${note}`;
    expect(await said('t.srt', srt)).toEqual([[10, 11, `Rain. ${note}`]]);
  });

  test('is said behind a comment that a line of spaces ends', async () => {
    expect(await said('t.vtt', `WEBVTT\n\nNOTE not said\n \nHello there.\n\n${first}`)).toEqual([
      [0, 10, 'Hello there.'],
      [10, 11, 'Rain.'],
    ]);
  });

  test.for(['3 -> 4:00', '10:30 -> 4'])('with an arrow between a number and a time is said: %s', async (line) => {
    expect(await said('t.vtt', `WEBVTT\n\n${first}\n\n${line}`)).toEqual([[10, 11, `Rain. ${line}`]]);
  });

  test('is said behind a style whose braces are closed', async () => {
    const text = `WEBVTT\n\nSTYLE\n::cue {\n\ncolor: red }\n\nHello there.\n\n${first}`;
    expect(await said('t.vtt', text)).toEqual([
      [0, 10, 'Hello there.'],
      [10, 11, 'Rain.'],
    ]);
  });

  test.for([
    ['under a text', 'How many?\n2\n', 'How many? 2'],
    ['above one word', 'How many?\n\n2\nmany', 'How many? 2 many'],
    ['out of order, between empty lines', 'How many?\n\n7\n', 'How many? 7'],
  ])('is a number that is said %s', async ([, lines, heard]) => {
    const text = `1\n00:00:01,000 --> 00:00:02,000\n${lines}\n00:00:03,000 --> 00:00:04,000\nHail.`;
    expect((await said('t.srt', text)).map(([, , words]) => words)).toEqual([heard, 'Hail.']);
  });

  test('is the name of a cue, though spaces are behind it', async () => {
    expect(await said('t.vtt', `WEBVTT\n\nintro \n${first}\n\n00:12.000 --> 00:13.000\nHail.`)).toEqual([
      [10, 11, 'Rain.'],
      [12, 13, 'Hail.'],
    ]);
  });

  test('begins a style under a cue, where what follows is one', async () => {
    expect(await said('t.vtt', `WEBVTT\n\n${first}\nSTYLE\n::cue { color: red }`)).toEqual([[10, 11, 'Rain.']]);
    expect(await said('t.vtt', `WEBVTT\n\n${first}\nSTYLE\nmatters.`)).toEqual([[10, 11, 'Rain. STYLE matters.']]);
  });

  test.for(['10:30 -> 11:00 we walk', '3 -> 4', 'it is 3 --- 4'])(
    'with an arrow of another kind is said: %s',
    async (line) => {
      expect(await said('t.vtt', `WEBVTT\n\n${first}\n${line}`)).toEqual([[10, 11, `Rain. ${line}`]]);
      if (!line.includes(':'))
        expect(await said('t.vtt', `WEBVTT\n\n${first}\n\n${line}`)).toEqual([[10, 11, `Rain. ${line}`]]);
    },
  );
});

test.for([
  ['t.srt', '1\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20 Y1:30 Y2:40\nRain.', []],
  [
    't.srt',
    '1\n00:00:01,000 --> 00:00:02,000 align:start\nRain.',
    ['2: "align:start" places no cue in this format: it is passed over'],
  ],
  [
    't.vtt',
    'WEBVTT\n\n00:01.000 --> 00:02.000 X1:10\nRain.',
    ['3: "X1:10" places no cue in this format: it is passed over'],
  ],
  ['t.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000 line:0 position:10%,line-left size:50% align:left\nRain.', []],
  [
    't.vtt',
    'WEBVTT\n\n00:01.000 --> 00:02.000 line:0 size:50\nRain.',
    ['3: "size:50" places no cue in this format: it is passed over'],
  ],
] as const)('what places a cue is that of its format: in %s, %j', async ([name, text, expected]) => {
  expect(await advice(name, text)).toEqual(expected);
});
