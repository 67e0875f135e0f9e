import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { closestMatch, isMeant, resembling } from '#authoring/closest-match.ts';
import { adviceReport, kindsOf, type Problem, problemReport, shown } from '#authoring/problem.ts';

const problem = (parts: Partial<Problem>): Problem => ({
  what: 'Unknown person "joel-caperella"',
  file: 'content/posts/a/index.mdx',
  line: 9,
  field: 'authors[0]',
  ...parts,
});

const report = (...problems: Problem[]) => stripVTControlCharacters(problemReport(problems));

describe('the report of mistakes', () => {
  test('has one form: what, where, the nearest value, the line to paste', () => {
    expect(report(problem({ nearest: 'joel-capperella', paste: '  - joel-capperella' }))).toBe(
      [
        'One mistake in the content. Nothing was built.',
        '',
        'Unknown person "joel-caperella"',
        '  in       content/posts/a/index.mdx:9',
        '  field    authors[0]',
        '  name     unknown-person',
        '  nearest  joel-capperella',
        '  paste      - joel-capperella',
      ].join('\n'),
    );
  });

  test('leaves out what a mistake does not have', () => {
    expect(report(problem({}))).not.toMatch(/nearest|paste|undefined/);
  });

  test('counts the mistakes', () => {
    expect(report(problem({}), problem({ line: 10 }))).toMatch(/^2 mistakes in the content\./);
  });

  test('tells all of them by file, then by line, then by field', () => {
    const places = [
      ['b.mdx', 2, 'title'],
      ['a.mdx', 10, 'link'],
      ['b.mdx', 1, 'title'],
      ['a.mdx', 9, 'topics'],
      ['a.mdx', 9, 'hosts'],
    ] as const;
    const told = report(...places.map(([file, line, field]) => problem({ file, line, field })));
    const found = [...told.matchAll(/in +(\S+)\n +field +(\S+)/g)].map(([, at, field]) => `${at} ${field}`);
    expect(found).toEqual(['a.mdx:9 hosts', 'a.mdx:9 topics', 'a.mdx:10 link', 'b.mdx:1 title', 'b.mdx:2 title']);
  });

  test('tells the same mistake once', () => {
    expect(report(problem({}), problem({}))).toMatch(/^One mistake/);
  });

  test('tells many by their kinds, the most frequent first, with three of each', () => {
    const missing = Array.from({ length: 30 }, (_, i) =>
      problem({ what: `There is no picture ./cat ${i}.jpg beside the entry`, file: `content/posts/p${i}/index.mdx` }),
    );
    const unknown = Array.from({ length: 45 }, (_, i) => problem({ what: `Unknown person "p-${i}"`, line: i + 1 }));
    const malformed = problem({ what: 'Malformed MDX: <br> is closed in itself', line: 99 });
    const told = report(...missing, malformed, ...unknown);
    expect(told).toMatch(/^76 mistakes in the content, of 3 kinds\. Nothing was built\./);
    expect(told.match(/^\d+ × .*$/gm)).toEqual([
      '45 × Unknown person "…"',
      '30 × There is no picture … beside the entry',
      '1 × Malformed MDX: <br> is closed in itself',
    ]);
    expect(told.match(/^Unknown person "p-\d+"$/gm)).toHaveLength(3);
    expect(told).toContain('and 42 more like these');
    const everyone = stripVTControlCharacters(problemReport(unknown, 'Nothing was built.', { all: true }));
    expect(everyone.match(/^Unknown person "p-\d+"$/gm)).toHaveLength(45);
  });

  test('stays readable when a line is a megabyte long', () => {
    const long = 'x'.repeat(1_000_000);
    const told = report(problem({ what: `Unknown person "${long}"`, nearest: 'joel', paste: long }));
    expect(told.length).toBeLessThan(3000);
    expect(told).toContain('nearest  joel');
  });
});

describe('how many problems a report tells one by one', () => {
  const some = (count: number) => Array.from({ length: count }, (_, i) => problem({ line: i + 1 }));

  test('is forty, and of one more those of each kind', () => {
    expect(report(...some(40)).match(/ {2}in {7}/g)).toHaveLength(40);
    expect(report(...some(41))).toContain('and 38 more like these');
  });

  test('is three of a kind, with the number of the rest where there is one', () => {
    const told = report(...some(38), ...[1, 2, 3].map((line) => problem({ what: 'The link has no address', line })));
    expect(told.match(/^The link has no address$/gm)).toHaveLength(3);
    expect(told.match(/more like these/g)).toHaveLength(1);
  });

  test('does not shorten what has 2,000 signs', () => {
    const [most, more] = ['x'.repeat(2000), 'y'.repeat(2001)];
    const told = report(problem({ what: most, nearest: most, paste: more }), problem({ what: more, paste: most }));
    expect(told.split('\n').filter((line) => /xx/.test(line))).toEqual([
      most,
      `  nearest  ${most}`,
      `  paste    ${most}`,
    ]);
    expect(told.split('\n').filter((line) => /yy/.test(line))).toEqual([`${more.slice(0, 2000)}…`]);
  });
});

test.for([
  [1, 'One word of advice, which keeps nothing from being built.'],
  [2, '2 words of advice, which keep nothing from being built.'],
] as const)('advice is told in the same form: %i', ([count, heading]) => {
  const advice = Array.from({ length: count }, (_, i) => problem({ line: i + 1 }));
  expect(stripVTControlCharacters(adviceReport(advice)).split('\n')[0]).toBe(heading);
});

test.for([
  ['The link /abuot/ leads to no page', 'The link … leads to no page'],
  ['The link abuot leads to no page', 'The link … leads to no page'],
  ['The picture cat.jpg has no alternative text', 'The picture … has no alternative text'],
  ['There is no anchor "#rain" on /about/', 'There is no anchor "…" on …'],
  ['There is no audio file ./a b.mp3 beside the entry', 'There is no audio file … beside the entry'],
  ['cat.jpg is empty', '… is empty'],
  ['has 1,200.5 of them', 'has … of them'],
  ['Unknown field "titel" (title)', 'Unknown field "…"'],
  ['Unknown field "authors[0]"', 'Unknown field "authors[…]"'],
  ['It rains, but it stops', 'It rains'],
  ['It rains, as it does', 'It rains'],
  ['Unknown person: nobody', 'Unknown person'],
  ['Malformed YAML: nobody', 'Malformed YAML: nobody'],
] as const)('a problem is of a kind with others that name something else: %s', ([what, kind]) => {
  expect([...kindsOf([problem({ what })]).keys()]).toEqual([kind]);
});

test('kinds of as many problems are in the order of their letters', () => {
  const some = ['b', 'a', 'c', 'c'].map((what, line) => problem({ what, line }));
  expect([...kindsOf(some).keys()]).toEqual(['c', 'a', 'b']);
});

test.for([
  ['x'.repeat(118), `"${'x'.repeat(118)}"`],
  ['x'.repeat(119), `"${'x'.repeat(119)}…`],
  ['a\u007Fb', String.raw`"a\u007fb"`],
  ['a\u{1FFFE}b', String.raw`"a\u{1fffe}b"`],
  ['a\u00ADb', String.raw`"a\u00adb"`],
  [undefined, ''],
  [[1, 'a'], '[1,"a"]'],
] as const)('a value is quoted with what nobody would see, cut behind 120 signs: %j', ([value, quoted]) => {
  expect(shown(value)).toBe(quoted);
});

describe('the nearest of some names', () => {
  test('is the one with the fewest letters to change', () => {
    expect(closestMatch('whitepapr', ['topics', 'whitepaper', 'writer'])).toBe('whitepaper');
  });

  test('is the one that differs only in its capitals, however near another is', () => {
    expect(closestMatch('PUBLISHEDAT', ['PUBLISHEDAY', 'publishedAt'])).toBe('publishedAt');
  });

  test('is nothing among none', () => {
    expect(closestMatch('anything', [])).toBeUndefined();
  });
});

describe('a name that may be a slip of another', () => {
  test.for([
    ['sumary', 'summary'],
    ['published_at', 'publishedAt'],
    ['Title', 'title'],
    ['host', 'hosts'],
  ])('"%s" is one of "%s"', ([written = '', meant]) => {
    expect(resembling(written, ['title', 'summary', 'publishedAt', 'hosts'])).toBe(meant);
  });

  test.for(['mood', 't'.repeat(10_000)])('is none when most letters differ', (written) => {
    expect(resembling(written, ['title', 'summary', 'publishedAt', 'hosts'])).toBeUndefined();
  });

  test('may differ in two letters of a short word, where that is said', () => {
    expect(resembling('lsit', ['list', 'export'])).toBeUndefined();
    expect(resembling('lsit', ['list', 'export'], 2)).toBe('list');
    expect(resembling('mood', ['list', 'export'], 2)).toBeUndefined();
  });
});

describe('what was written is meant to be a name', () => {
  test.for([
    ['of six letters with one slip', 'umbrela', 'umbrella', [], true],
    ['with a slip in six letters', 'funnil', 'funnel', [], true],
    ['but not with one in five', 'fanel', 'panel', [], false],
    ['nor with two in eleven', 'unbrellaaxx', 'umbrellaaxy', [], false],
    ['with two in twelve', 'unbrellaaxxz', 'umbrellaaxyz', [], true],
    ['with two neighbours that changed places', 'fnunel', 'funnel', [], true],
    ['with the first two that changed places', 'ufnnel', 'funnel', [], true],
    ['but not with a letter that moved and another', 'fnxnel', 'funnel', [], false],
    ['nor with another and a letter that moved', 'fxunel', 'funnel', [], false],
    ['nor of two numbers for one', 'part-1-2', 'part-12', [], false],
    ['whatever its case, accents and hyphens', 'ÚNA_Sleet', 'una-sleet', [], true],
    ['but not of another number', 'part-two-of-2', 'part-two-of-3', [], false],
    ['but not where another comes near', 'funnil', 'funnel', ['funnxl'], false],
    ['nor where another is twice as far', 'funnil', 'funnel', ['funxyl'], false],
    ['but where another is farther', 'funnil', 'funnel', ['fuxxyl'], true],
    ['but where another is of another number', 'funnil', 'funnel', ['funnil-2'], true],
    ['but not by nothing', '', 'a', [], false],
  ] as const)('%s', ([, written, right, others, meant]) => {
    expect(isMeant(written, right, [right, ...others])).toBe(meant);
  });

  test.for([
    ['rains', 'rainy', true],
    ['rains', 'raxxs', true],
    ['rains', 'rxxxs', false],
    ['rai', 'rax', true],
    ['ra', 'rx', false],
    ['RAINS', 'rainy', true],
    ['rains', 'RAINY', true],
    ['rai', 'rxx', false],
  ] as const)('or resembles one: %s, %s', ([written, name, does]) => {
    expect(resembling(written, [name])).toBe(does ? name : undefined);
  });

  test('or resembles one in as many letters as there may be', () => {
    expect([resembling('ab', ['xy'], 2), resembling('ab', ['xyz'], 2)]).toEqual(['xy', undefined]);
  });
});
