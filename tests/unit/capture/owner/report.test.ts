import { describe, expect, it } from 'vitest';
import { funnelReport } from '#capture/owner/report.ts';
import type { FunnelTotal } from '#capture/store/store.ts';
import type { FunnelEvent } from '#capture/store/tables.ts';

const totals = (landing: string, fromEntry: string, counts: Partial<Record<FunnelEvent, number>>): FunnelTotal[] =>
  Object.entries(counts).map(([event, n]) => ({ landing, fromEntry, event: event as FunnelEvent, n }));

describe('the report', () => {
  it('adds up by page and by entry, with each rate as a share of the step before', () => {
    const report = funnelReport([
      ...totals('/whitepapers/a/', 'episodes/x', { view: 100, submit: 20, confirm: 10, download: 9 }),
      ...totals('/whitepapers/a/', '', { view: 100, submit: 10, confirm: 5 }),
      ...totals('/newsletter/', 'episodes/x', { submit: 3, confirm: 1 }),
    ]);
    expect(report.byPage).toEqual([
      {
        landing: '/whitepapers/a/',
        ...{ views: 200, submissions: 30, confirmations: 15, downloads: 9 },
        ...{ submissionRate: 0.15, confirmationRate: 0.5, downloadRate: 0.6 },
      },
      {
        landing: '/newsletter/',
        ...{ views: 0, submissions: 3, confirmations: 1, downloads: 0 },
        ...{ submissionRate: null, confirmationRate: 0.3333, downloadRate: 0 },
      },
    ]);
    expect(report.byEntry.map(({ entry, confirmations }) => [entry, confirmations])).toEqual([
      ['episodes/x', 11],
      [null, 5],
    ]);
    expect(report.total).toMatchObject({ views: 200, submissions: 33, confirmations: 16, downloads: 9 });
  });

  it('puts the most leads first, then the most views, then the order of the alphabet', () => {
    const report = funnelReport([
      ...totals('/c/', '', { view: 5 }),
      ...totals('/b/', '', { view: 9 }),
      ...totals('/a/', '', { view: 5 }),
      ...totals('/d/', '', { confirm: 1 }),
    ]);
    expect(report.byPage.map(({ landing }) => landing)).toEqual(['/d/', '/b/', '/a/', '/c/']);
  });

  it('of nothing is of zeros and no rates', () => {
    expect(funnelReport([])).toEqual({
      byPage: [],
      byEntry: [],
      total: {
        ...{ views: 0, submissions: 0, confirmations: 0, downloads: 0 },
        ...{ submissionRate: null, confirmationRate: null, downloadRate: null },
      },
    });
  });
});
