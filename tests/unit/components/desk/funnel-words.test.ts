import { describe, expect, it, test } from 'vitest';
import {
  answersText,
  cellText,
  folded,
  funnelHeadline,
  oneDigit,
  shadeOf,
  shareText,
  stepsOf,
} from '#components/desk/funnel-words.ts';
import type { AnswerTimes, FunnelRow } from '#site/lead-desk.ts';

const hour = 3_600_000;
const row = (changed: Partial<FunnelRow> = {}): FunnelRow => ({
  ...{ views: 2800, submitted: 300, confirmed: 241, downloaded: 235, answered: 201, won: 12 },
  ...{ waiting: 7, unwanted: 33, value: 0, rate: { per100: 8.6, low: 7.6, high: 9.7 }, ...changed },
});
const times = (all: Partial<AnswerTimes['all']> = {}): AnswerTimes => ({
  all: {
    ...{ leads: 208, answered: 201, withinTarget: 135, median: 3.85 * hour, p90: 26 * hour, waiting: 7 },
    ...{ longestWait: 27.2 * hour, ...all },
  },
  ...{ weekdays: [], cells: [] },
});

describe('the headline of the funnel', () => {
  it('says how many become leads, and how soon half of them are answered', () => {
    expect(funnelHeadline({ total: row(), answers: times() })).toBe(
      'Of 100 views 8.6 become leads; half of these are answered within 3 h 51 min',
    );
  });

  it('never flatters where more than half wait, and has no rate of few', () => {
    const few = row({ confirmed: 3, rate: undefined });
    expect(funnelHeadline({ total: few, answers: times({ median: 'not yet' }) })).toBe(
      '3 leads in these weeks; over half of these wait for an answer',
    );
    expect(funnelHeadline({ total: row({ confirmed: 0 }), answers: times() })).toBe('No leads in these weeks');
    expect(funnelHeadline({ total: row({ confirmed: 0, views: 0 }), answers: times() })).toBe(
      'Nobody came in these weeks',
    );
  });
});

test('a step is a share of the one before, where there are enough and not more than came', () => {
  expect(stepsOf(row()).map(({ kept }) => kept)).toEqual(['', '11 %', '80 %', '98 %', '86 %', '6 %']);
  expect(stepsOf(row({ views: 4, submitted: 3 })).map(({ kept }) => kept)).toEqual(['', '', '', '98 %', '86 %', '6 %']);
});

test('who waits, who was lost unanswered and who wants no answer are said', () => {
  expect(answersText(times(), 33)).toBe(
    '201 of 208 leads that want an answer have one; 7 still wait, the longest for 27 h 12 min, and count as longer than any that was answered; 33 want none, and are not counted.',
  );
  expect(answersText(times({ answered: 200 }), 0)).toContain('1 was lost without one');
  expect(answersText(times({ leads: 0 }), 3)).toBe('Nobody who wants an answer asked in these weeks.');
});

test('a share of few is not said', () => {
  expect(shareText({ leads: 208, answered: 1, withinTarget: 135 })).toBe('65 %');
  expect(shareText({ leads: 4, answered: 1, withinTarget: 1 })).toBe('');
});

test('rates have a digit behind the point while they are small', () => {
  expect([0, 0.44, 9, 9.94, 9.96, 12.1, 100].map(oneDigit)).toEqual(['0', '0.4', '9', '9.9', '10', '12', '100']);
});

test('rows beyond the first are one, unless that would be a single one', () => {
  const rows = Array.from({ length: 9 }, (_, n) => ({ ...row({ confirmed: n }), key: `${n}`, name: `Entry ${n}` }));
  const shown = folded(rows, 6, (n) => `${n} others`);
  expect(shown.map(({ name }) => name).slice(-2)).toEqual(['Entry 5', '3 others']);
  expect(shown.at(-1)).toMatchObject({ confirmed: 21, views: 8400 });
  expect(shown.at(-1)?.rate).toBeUndefined();
  expect(folded(rows.slice(0, 7), 6, String)).toHaveLength(7);
});

test('a cell says its median in few letters, and is darker the longer it is', () => {
  expect([undefined, 0, 70 * 60_000, 9.99 * hour, 38 * hour, 'not yet' as const].map(cellText)).toEqual([
    ...['·', '0:00', '1:10', '9:59', '38 h', '–'],
  ]);
  const shades = [1, 3, 6, 7, 12, 13, 24, 25].map((hours) => shadeOf(hours * hour, 6 * hour));
  expect(shades).toEqual([0, 0, 1, 2, 2, 3, 3, 4]);
  expect(shadeOf('not yet', 6 * hour)).toBe(4);
});
