import { describe, expect, test } from 'vitest';
import { readTranscriptFile } from './transcript-file.ts';

const people = ['Ada Drizzle', 'Otto Brolly', 'Dr Úna Sleet'];

/** What each speaker says in a transcript of such cues, one after the other; `|` where somebody begins who is not named. */
async function said(format: 'vtt' | 'srt', ...cues: string[]): Promise<string[]> {
  return saidBy(people, format, ...cues);
}

async function saidBy(people: string[], format: 'vtt' | 'srt', ...cues: string[]): Promise<string[]> {
  const mark = (i: number) => `00:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`;
  const [header, point] = format === 'vtt' ? ['WEBVTT\n\n', '.'] : ['', ','];
  const text = cues
    .map((cue, i) => `${i + 1}\n${mark(i)}${point}000 --> ${mark(i + 1)}${point}000\n${cue}`)
    .join('\n\n');
  const found = await readTranscriptFile(`t.${format}`, `${header}${text}\n`, people);
  return found.cues.map(({ speaker, turn, text }) => `${speaker ? `${speaker} → ` : turn ? '| ' : ''}${text}`);
}

describe('a voice of WebVTT', () => {
  test.for<[string, string, string[]]>([
    ['may end in a colon', '<v Ada Drizzle:>Rain.', ['Ada Drizzle → Rain.']],
    ['may have classes', '<v.loud.fast Ada Drizzle>Rain.</v>', ['Ada Drizzle → Rain.']],
    [
      'ends where the next begins',
      '<v Ada Drizzle>Rain.\n<v Otto Brolly>Yes.',
      ['Ada Drizzle → Rain.', 'Otto Brolly → Yes.'],
    ],
    [
      'ends where it is closed',
      '<v Ada Drizzle>Rain.</v> Thunder. <v Otto Brolly>Yes.</v>',
      ['Ada Drizzle → Rain.', 'Thunder.', 'Otto Brolly → Yes.'],
    ],
    [
      'may have marks in it',
      '<v Ada Drizzle><i>Rain</i>, <b>rain</b>.\n<v Otto Brolly>Yes.</v>',
      ['Ada Drizzle → Rain, rain.', 'Otto Brolly → Yes.'],
    ],
    [
      'is known in any case and without its title',
      '<v ADA DRIZZLE>Rain.</v>\n<v Una Sleet>Hail.</v>',
      ['Ada Drizzle → Rain.', 'Dr Úna Sleet → Hail.'],
    ],
    ['is known by its first name', '<v Otto>Yes.', ['Otto Brolly → Yes.']],
    ['is known by its last name', '<v Brolly>Yes.', ['Otto Brolly → Yes.']],
    ['is known with a point behind it', '<v Otto Brolly.>Yes.', ['Otto Brolly → Yes.']],
    ['is a part of a whole name in the file', '<v Maud Fog>Rain.\n<v Maud>Hail.', ['Maud Fog → Rain. Hail.']],
    [
      'is no part of what stands for a name',
      '<v Speaker 1>Rain.\n<v Speaker>Hail.',
      ['Speaker 1 → Rain.', 'Speaker → Hail.'],
    ],
    ['may be of nobody', '<v>Rain.', ['Rain.']],
    ['has no names in front', '<v Ada Drizzle>Otto: he said so.', ['Ada Drizzle → Otto: he said so.']],
  ])('%s', async ([, cue, expected]) => {
    expect(await said('vtt', cue)).toEqual(expected);
  });
});

describe.for(['vtt', 'srt'] as const)('a name in front, in %s', (format) => {
  test('is a speaker whom the site knows', async () => {
    expect(await said(format, 'Ada Drizzle: Rain.\nOtto Brolly: Yes.')).toEqual([
      'Ada Drizzle → Rain.',
      'Otto Brolly → Yes.',
    ]);
    expect(await said(format, 'OTTO: Yes.', '[Ada]: Rain.', 'Ada (host): Hail.')).toEqual([
      'Otto Brolly → Yes.',
      'Ada Drizzle → Rain.',
      'Ada Drizzle → Hail.',
    ]);
  });

  test('may be bold, behind `>>`, a dash or a place on the screen, or on a line of its own', async () => {
    expect(
      await said(
        format,
        '<b>Ada:</b> Rain.',
        '{\\an8}>> OTTO: Yes.',
        '- Ada: Hail.\n- Otto: No.',
        'Ada Drizzle:\nSnow.',
        'Otto:',
        'Sun.',
      ),
    ).toEqual([
      'Ada Drizzle → Rain.',
      'Otto Brolly → Yes.',
      'Ada Drizzle → Hail.',
      'Otto Brolly → No.',
      'Ada Drizzle → Snow.',
      'Otto Brolly → Sun.',
    ]);
  });

  test('is a name that recurs', async () => {
    expect(await said(format, 'Maud Fog: Rain.', 'Will: Where?', 'Maud Fog: Here.', 'Will: I see.')).toEqual([
      'Maud Fog → Rain.',
      'Will → Where?',
      'Maud Fog → Here.',
      'Will → I see.',
    ]);
    expect(await said(format, 'Speaker 1: Rain.', 'SPEAKER_02: Where?')).toEqual([
      'Speaker 1 → Rain.',
      'SPEAKER_02 → Where?',
    ]);
  });

  test.for<string[]>([
    ["Here's the thing: rain falls.", 'And there is only one rule: never open it.'],
    ["Here's the thing: rain falls.", "Here's the thing: it does."],
    ['Note: rain falls.', 'Note: it does.', 'Note: it always does.'],
    ['The Point Is: rain falls.', 'Chapter Two: the umbrella.'],
    ['Rain falls: here.', 'Rain falls: there.'],
    ['The Rain: it falls.', 'The Rain: it stops.'],
    ['Rain Chapter: it falls.', 'Rain Chapter: it stops.'],
    ['ada drizle: rain.'],
    ['Question: does it rain?', 'Answer: it does.', 'Question: why?', 'Answer: it can.'],
    ['Weather: it rains.', 'We all like weather.', 'Weather: it snows.'],
    ['London: rain.', 'Paris: sun.'],
    ['At 10:30 it rains.', 'See https://example.com: it rains.', 'Rain 3:1 sun.'],
    ['12: rain.', '12: sun.'],
  ])('is none that is a sentence with a colon: %s', async (...[cues]) => {
    expect(await said(format, ...cues)).toEqual(cues);
  });

  test('counts until the next one', async () => {
    expect(await said(format, 'Ada: Rain.', 'It falls.', 'Otto: Yes.', 'And here is one: it stops.')).toEqual([
      'Ada Drizzle → Rain.',
      'Ada Drizzle → It falls.',
      'Otto Brolly → Yes.',
      'Otto Brolly → And here is one: it stops.',
    ]);
  });

  test('counts for its cue where each has one', async () => {
    expect(await said(format, 'Ada: Rain.', 'Ada: It falls.', '(Thunder.)', 'Otto: Yes.', 'Otto: It does.')).toEqual([
      'Ada Drizzle → Rain.',
      'Ada Drizzle → It falls.',
      '(Thunder.)',
      'Otto Brolly → Yes.',
      'Otto Brolly → It does.',
    ]);
  });

  test('counts for what is below it, where it stands alone and each cue has one', async () => {
    expect(await said(format, 'Ada: Rain.', 'Ada: It falls.', 'Ada: Hail.', 'Otto:', 'Yes.', 'No.')).toEqual([
      'Ada Drizzle → Rain.',
      'Ada Drizzle → It falls.',
      'Ada Drizzle → Hail.',
      'Otto Brolly → Yes.',
      'No.',
    ]);
  });

  test('is said by nobody, and nothing is said in a line of marks alone', async () => {
    const text =
      '1\n00:00:00,000 --> 00:00:01,000\n<i> </i>\nAda: Rain.\n\n2\n00:00:00,500 --> 00:00:02,000\nOtto: Hail.';
    const { cues, losses } = await readTranscriptFile('t.srt', text, people);
    expect(cues.map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual([
      'Ada Drizzle: Rain.',
      'Otto Brolly: Hail.',
    ]);
    expect(losses).toEqual([]);
  });

  test.for([
    [50, 'Ada Drizzle → rain 49'],
    [51, 'rain 50'],
  ] as const)('counts until the next one where a cue of fifty has one: of %i, %s', async ([count, last]) => {
    const cues = ['Ada: rain 0', ...Array.from({ length: count - 1 }, (_, i) => `rain ${i + 1}`)];
    expect((await said(format, ...cues)).at(-1)).toBe(last);
  });

  test.for([
    ['>> MAUD FOG: Rain.', 'MAUD FOG → Rain.'],
    ['MAUD FOG: Rain.', 'MAUD FOG: Rain.'],
    ['>> Maud Fog: Rain.', '| Maud Fog: Rain.'],
  ] as const)('may be there once, in capitals behind `>>`: %s', async ([cue, expected]) => {
    expect(await said(format, cue)).toEqual([expected]);
  });

  test('is not what one of many cues begins with', async () => {
    const cues = Array.from({ length: 400 }, (_, i) => `rain ${i}`);
    cues[10] = 'London Town: rain.';
    cues[300] = 'London Town: sun.';
    expect(await said(format, ...cues)).toEqual(cues);
  });

  test.for([
    [100, true],
    [101, false],
  ] as const)('is one that recurs in a cue of fifty: of %i, %s', async ([count, isName]) => {
    const cues = Array.from({ length: count }, (_, i) => `rain ${i}`);
    const singles = ['Paris', 'Rome', 'Bern', 'Oslo', 'Kyoto', 'Lima'];
    singles.forEach((city, i) => (cues[20 + i] = `${city}: sun.`));
    cues[0] = 'London Town: rain.';
    cues[99] = 'London Town: sun.';
    const found = await said(format, ...cues);
    expect(found.slice(0, 2)).toEqual(
      isName ? ['London Town → rain.', 'London Town → rain 1'] : ['London Town: rain.', 'rain 1'],
    );
    expect(found.filter((line) => /^(?:Paris|Rome) →/.test(line))).toEqual([]);
  });

  test.for([
    [4, false],
    [5, true],
  ] as const)('that is a word of sentences too recurs often: %i times, %s', async ([times, isName]) => {
    const cues = ['We all like weather.', ...Array.from({ length: times }, (_, i) => `Weather: it rains ${i}.`)];
    const found = await said(format, ...cues);
    expect(found.filter((line) => line.startsWith('Weather →'))).toHaveLength(isName ? times : 0);
  });

  test.for([
    [['Ada: One.', 'Ada: Two.', 'Otto: Three.', 'Ada: Four.', 'Five.'], 'Ada Drizzle → Five.'],
    [['Ada: One.', 'Ada: Two.', 'Otto: Three.', 'Five.'], 'Five.'],
  ] as const)('marks a turn where the same follows itself in one of four cases at most: %s', async ([cues, last]) => {
    expect((await said(format, ...cues)).at(-1)).toBe(last);
  });

  test('has five words at most, none of which opens a sentence', async () => {
    const five = ['Maria de la Cruz Ortega: Rain.', 'Otto: Yes.', 'Maria de la Cruz Ortega: Hail.'];
    expect((await said(format, ...five))[0]).toBe('Maria de la Cruz Ortega → Rain.');
    const six = five.map((line) => line.replace('Maria', 'Maria Ana'));
    expect((await said(format, ...six))[0]).toBe('Maria Ana de la Cruz Ortega: Rain.');
  });

  test('without a name `>>` and dashes tell that somebody else begins', async () => {
    expect(await said(format, '>> Does it rain?', 'Or not? >> It does.', '- Really?\n- Yes.', '5 >> 2, 3 - 4')).toEqual(
      ['| Does it rain?', 'Or not?', '| It does.', '| Really?', '| Yes.', '5 >> 2, 3 - 4'],
    );
  });
});

test('one letter is nobody, though a name may begin with it', async () => {
  expect(await saidBy(['Q Fog'], 'srt', 'Q: does it rain?', 'Q Fog: it does.')).toEqual([
    'Q: does it rain?',
    'Q Fog → it does.',
  ]);
});

test('two letters are enough for a name', async () => {
  expect(await saidBy(['Al Fog'], 'srt', 'Al: it rains.')).toEqual(['Al Fog → it rains.']);
});

test('a whole name is misspelt with two letters that differ, and another one with three', async () => {
  expect(await said('srt', 'Oto Broly: hail.')).toEqual(['Oto Broly → hail.']);
  expect(await said('srt', 'Oto Brol: hail.')).toEqual(['Oto Brol: hail.']);
});

test('a voice in one cue is not that of the next, whoever spoke before', async () => {
  expect(await said('vtt', 'Ada: Rain.', '<v Otto>Yes.', 'No.')).toEqual([
    'Ada Drizzle → Rain.',
    'Otto Brolly → Yes.',
    'No.',
  ]);
});

test('a word that looks much like a name of one word is none, as one like a whole name is', async () => {
  expect(await saidBy(['Maud', 'Otto Brolly'], 'srt', 'Mauds: rain.', 'Oto Broly: hail.')).toEqual([
    'Mauds: rain.',
    'Oto Broly → hail.',
  ]);
});

describe('an author is advised of speakers', () => {
  const advice = async (...voices: string[]) => {
    const cues = voices.map((voice, i) => `00:0${i}.000 --> 00:0${i + 1}.000\n<v ${voice}>Rain.`);
    return (await readTranscriptFile('t.vtt', ['WEBVTT', ...cues].join('\n\n'), people)).advice;
  };

  test('who are nobody of the site, once each and with the nearest name', async () => {
    expect(await advice('Ada Drizle', 'Otto Brolly', 'Ada Drizle', 'Zebulon Quartz')).toEqual([
      { what: '"Ada Drizle" speaks, and is nobody of this site', line: 3, nearest: 'Ada Drizzle' },
      { what: '"Zebulon Quartz" speaks, and is nobody of this site', line: 12 },
    ]);
  });

  test('who are not in the episode, by a part of their names that is of one person alone', async () => {
    const text = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>Rain.\n<v Otto>Hail.';
    const site = ['Otto Brolly', 'Ada Drizzle', 'Otto Fog'];
    expect((await readTranscriptFile('t.vtt', text, site, undefined, [])).advice).toEqual([
      { what: '"Ada" speaks, and is nobody of this site', line: 3, nearest: 'Ada Drizzle' },
      { what: '"Otto" speaks, and is nobody of this site', line: 3 },
    ]);
  });

  test('who have no names', async () => {
    expect(await advice('Speaker 3', 'SPEAKER_00', 'Unknown Speaker', 'Otto')).toEqual(
      ['Speaker 3', 'SPEAKER_00', 'Unknown Speaker'].map((name, i) => ({
        what: `"${name}" stands for somebody: write who speaks`,
        line: 3 + 3 * i,
      })),
    );
  });
});
