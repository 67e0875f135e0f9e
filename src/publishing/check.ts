import type { Edition } from '#authoring/edition.ts';
import type { Problem } from '#authoring/problem.ts';
import { type LedgerFile, readLedger } from './ledger-file.ts';
import { ledgerProblems } from './ledger-problems.ts';

/** An edition, held against the ledger of its folder. */
export interface Check {
  /** Every mistake that keeps the edition from being published. */
  problems: Problem[];
  /** Those of the problems that are of the ledger: what was published and would be lost. */
  losses: Problem[];
  /** Undefined where nothing was published yet. */
  ledger: LedgerFile | undefined;
}

export async function checkEdition(edition: Edition): Promise<Check> {
  const ledger = await readLedger(edition.folder.path);
  const losses = ledger ? ledgerProblems(edition, ledger) : [];
  return { problems: [...edition.problems, ...losses], losses, ledger };
}
