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

test.each([
  [60, 'x'.repeat(60)],
  [61, `${'x'.repeat(59)}…`],
])('a title of %i letters is told as it fits', (letters, title) => {
  const added = compare(ledger(), ledger(published('posts/one', { title: 'x'.repeat(letters) })), []);
  expect(stripVTControlCharacters(comparisonReport(added, 'UTC'))).toBe(`Adds 1\n  post  one  2026-01-01  ${title}`);
});

test('what moves, and each kind of what is lost, has a name of its own', () => {
  const held = { enclosures: ['/a.mp3'], transcripts: ['/a.vtt'], chapters: ['/a.json'], players: ['/embed/'] };
  const before = ledger(published('episodes/e1', { ...held, formerly: ['/episodes/e0/'] }), published('posts/two'));
  const now = ledger(published('episodes/e1'));
  const found = compare(before, now, [{ from: '/posts/two/', to: '/episodes/e1/' }]);
  expect(stripVTControlCharacters(comparisonReport(found, 'UTC')).split('\n\n').slice(1)).toEqual([
    'Moves 1\n  post  two  /posts/two/  →  /episodes/e1/',
    [
      'Loses 5',
      '  episode  e1  a recording           /a.mp3',
      '  episode  e1  a transcript          /a.vtt',
      '  episode  e1  its chapters          /a.json',
      '  episode  e1  its player elsewhere  /embed/',
      '  episode  e1  a former address      /episodes/e0/',
    ].join('\n'),
  ]);
});

test('a recording that comes first is told as one that was none', () => {
  const now = ledger(published('episodes/e1', { enclosures: ['/a.mp3'] }));
  const found = compare(ledger(published('episodes/e1')), now, []);
  expect(stripVTControlCharacters(comparisonReport(found, 'UTC'))).toContain('recording  none → /a.mp3');
});
