import { resolve } from 'node:path';
import { checkContent } from '#authoring/check.ts';
import { readFolder } from '#authoring/folder.ts';
import type { Problem } from '#authoring/problem.ts';
import type { Catalog } from '#catalog/records.ts';
import { type Feed, feedList } from '#feeds/list.ts';
import { changedFeeds } from './changed-feeds.ts';
import { compare, type Comparison } from './comparison.ts';
import type { Ledger } from './ledger.ts';
import { ledgerPath, readLedger } from './ledger-file.ts';
import { snapshot } from './snapshot.ts';

/** What a content folder would publish at a moment, beside what was published. */
export interface State {
  catalog: Catalog;
  /** Where the ledger is, or is to be; `written` tells which. */
  ledgerFile: string;
  written: boolean;
  before: Ledger;
  now: Ledger;
  comparison: Comparison;
  /** The feeds whose subscribers would see something new. */
  changedFeeds: Feed[];
  /** The problems of what would be lost. */
  losses: Problem[];
}

/** The state of a content folder, or the mistakes of its authors for which nothing can be said of it. */
export async function publishingState(contentFolder: string, now: Date): Promise<State | { problems: Problem[] }> {
  const [{ problems, losses, catalog }, { entries }, file] = await Promise.all([
    checkContent(contentFolder, { now, preview: false }, resolve('public')),
    readFolder(contentFolder),
    readLedger(contentFolder),
  ]);
  if (problems.length > losses.length || file?.problem || !catalog) return { problems };
  const before = file?.ledger ?? new Map();
  const current = snapshot(catalog, entries);
  const comparison = compare(before, current, catalog.redirects);
  return {
    catalog,
    written: file !== undefined,
    ledgerFile: ledgerPath(contentFolder),
    before,
    now: current,
    comparison,
    changedFeeds: changedFeeds(comparison, feedList(catalog)),
    losses,
  };
}
