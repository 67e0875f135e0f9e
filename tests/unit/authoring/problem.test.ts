import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { closestMatch, isMeant, resembling } from '#authoring/closest-match.ts';
import { type Problem, problemReport } from '#authoring/problem.ts';

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
    ['rai', 'rxx', false],
  ] as const)('or resembles one: %s, %s', ([written, name, does]) => {
    expect(resembling(written, [name])).toBe(does ? name : undefined);
  });

  test('or resembles one in as many letters as there may be', () => {
    expect([resembling('ab', ['xy'], 2), resembling('ab', ['xyz'], 2)]).toEqual(['xy', undefined]);
  });
});
