import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { compare } from '#publishing/comparison.ts';
import { comparisonJson, comparisonReport } from '#publishing/report.ts';
import { ledger, published } from './published.ts';

const comparison = compare(
  ledger(
    published('posts/one', { title: 'Old' }),
    published('posts/a-long-slug'),
    published('posts/gone'),
    published('episodes/e1', { enclosures: ['/episodes/e1/a.mp3'] }),
  ),
  ledger(
    published('posts/one', { title: 'New', publishedAt: '2026-01-01T23:00:00.000Z' }),
    published('posts/a-long-slug', { digest: 'new' }),
    published('posts/new', { title: 'Quite new', publishedAt: '2026-01-02T05:00:00.000Z' }),
    published('episodes/e1', { enclosures: ['/episodes/e1/b.mp3'] }),
  ),
  [],
);

test('a deploy is told in short tables, with the days of the show’s time zone', () => {
  expect(stripVTControlCharacters(comparisonReport(comparison, 'America/New_York'))).toBe(
    [
      'Adds 1',
      '  post  new  2026-01-02  Quite new',
      '',
      'Changes 4',
      '  post     one          title      Old → New',
      '  post     one          date       2025-12-31 19:00 → 2026-01-01 18:00',
      '  post     a-long-slug  content    its text or fields',
      '  episode  e1           recording  /episodes/e1/a.mp3 → /episodes/e1/b.mp3',
      '',
      'Loses 2',
      '  post     gone  the entry    /posts/gone/',
      '  episode  e1    a recording  /episodes/e1/a.mp3',
    ].join('\n'),
  );
});

test('a deploy that changes nothing says so', () => {
  expect(comparisonReport(compare(ledger(), ledger(), []), 'UTC')).toBe('Nothing changes.');
});

test('programs are told the same with GUIDs', () => {
  const { added, changed, moved, lost } = comparisonJson(comparison);
  expect(added).toMatchObject([{ guid: 'd-files:posts/new', url: '/posts/new/' }]);
  expect(changed.map(({ guid }) => guid)).toEqual([
    ...['d-files:posts/one', 'd-files:posts/a-long-slug', 'd-files:episodes/e1'],
  ]);
  expect(moved).toEqual([]);
  expect(lost.map(({ what }) => what)).toEqual(['entry', 'enclosure']);
});
