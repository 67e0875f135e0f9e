import type { ToldCount } from './small-counts.ts';

/** What a partner sees of what its links have led to: counts, and no persons. */
export interface PartnerReport {
  /** The partner. */
  name: string;
  /** The path of the page for its readers. */
  page: string;
  /** The months that are counted, the oldest first: `2026-01`. The last one is not over. */
  months: string[];
  /** The last day that is counted (UTC, `2026-01-15`). */
  until: string;
  rows: PartnerRow[];
}

/** What is counted, the widest first. */
export const partnerFigures = ['visits', 'views', 'leads', 'downloads', 'won'] as const;
export type PartnerFigure = (typeof partnerFigures)[number];

/** A figure by month, and in all. */
export interface PartnerRow {
  figure: PartnerFigure;
  parts: ToldCount[];
  sum: ToldCount;
}
