import type { Edition } from '#authoring/edition.ts';
import type { Problem } from '#authoring/problem.ts';
import type { Catalog } from '#catalog/records.ts';
import { type Feed, feedList } from '#feeds/list.ts';
import { changedFeeds } from './changed-feeds.ts';
import { checkEdition } from './check.ts';
import { compare, type Comparison } from './comparison.ts';
import type { Ledger } from './ledger.ts';
import { ledgerPath } from './ledger-file.ts';
import { snapshot } from './snapshot.ts';

/** What an edition would publish, beside what was published. */
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

/** The state of an edition, or the mistakes of its authors for which nothing can be said of it. */
export async function publishingState(edition: Edition): Promise<State | { problems: Problem[] }> {
  const { catalog, folder } = edition;
  const { problems, losses, ledger } = await checkEdition(edition);
  if (problems.length > losses.length || ledger?.problem) return { problems };
  const before = ledger?.ledger ?? new Map();
  const current = snapshot(catalog, folder.entries);
  const comparison = compare(before, current, catalog.redirects);
  return {
    catalog,
    written: ledger !== undefined,
    ledgerFile: ledgerPath(folder.path),
    before,
    now: current,
    comparison,
    changedFeeds: changedFeeds(comparison, feedList(catalog)),
    losses,
  };
}
