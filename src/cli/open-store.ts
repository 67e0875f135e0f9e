import { relative } from 'node:path';
import { openOwner, type Owner } from '#capture/owner/owner.ts';
import { readSetup, type Environment, type EnvironmentProblem } from '#capture/owner/setup.ts';
import type { Site } from '#site/contract.ts';
import { UsageError } from './command-line.ts';
import type { CommandContext } from './command.ts';
import { complain, type Terminal } from './terminal.ts';

/** The owner's use cases take it; with what readers see, to name pages and entries by their titles. */
export interface OwnerWithSite extends Owner {
  site: Site | undefined;
}

/**
 * Opens the store for as long as `work` lasts, beside a running server or without. `needed` are the variables that have
 * to be valid for it; throws `UsageError` where one is wrong, and where no server has kept anything yet.
 */
export function withStore<T>(
  context: CommandContext,
  needed: readonly string[],
  work: (owner: OwnerWithSite) => Promise<T>,
): Promise<T> {
  return withStoreIfAny(context, { needed, makes: false }, (owner, environment) => {
    if (owner) return work(owner);
    throw new UsageError(
      `There is no database ${storeName(environment)}: no server has kept anything yet. If it lies elsewhere, set VAR_DIR or DATABASE_URL.`,
    );
  });
}

/** The same, where there may be none yet: it is made, or `work` does without. */
export async function withStoreIfAny<T>(
  { variables, terminal, now, random }: CommandContext,
  { needed, makes }: { needed: readonly string[]; makes: boolean },
  work: (owner: OwnerWithSite | undefined, environment: Environment) => Promise<T>,
): Promise<T> {
  const setup = await readSetup(variables);
  requireValid(setup.problems, ['DATABASE_URL', ...needed]);
  const opened = await openOwner(setup, { clock: now, random, makes });
  if (!opened) return work(undefined, setup.environment);
  sayStore(terminal, setup.environment);
  const { migrated, close, ...owner } = opened;
  try {
    if (migrated.length > 0)
      complain(terminal, `The tables were brought to their newest form: ${migrated.join(', ')}.`);
    return await work({ ...owner, site: setup.site }, setup.environment);
  } finally {
    await close();
  }
}

/** The site, for commands that can do nothing without. */
export function builtSite(site: Site | undefined, { built }: Environment): Site {
  if (!site) throw new UsageError(`There is no built site in ${shownPath(built)}. Build it first:\n\n  npm run build`);
  return site;
}

/** The store as messages name it: without the password of its address. */
export function storeName({ database }: Pick<Environment, 'database'>): string {
  if (database.kind === 'sqlite') return shownPath(database.file);
  const { host, pathname } = new URL(database.url);
  return `PostgreSQL at ${host}${pathname}`;
}

/** Says which store a command has opened: with another VAR_DIR, or without DATABASE_URL, it is another one. */
export function sayStore(terminal: Terminal, environment: Pick<Environment, 'database'>): void {
  const { kind } = environment.database;
  complain(terminal, `Store: ${storeName(environment)}${kind === 'sqlite' ? ' (SQLite)' : ''}`);
}

/** A path as one would type it here. */
export function shownPath(path: string): string {
  const inside = relative('', path);
  return inside === '' || inside.startsWith('..') ? path : inside;
}

/** Throws `UsageError` where one of these variables is wrong. */
export function requireValid(problems: readonly EnvironmentProblem[], needed: readonly string[]): void {
  const found = problems.filter(({ variable }) => needed.includes(variable));
  if (found.length > 0)
    throw new UsageError(found.map(({ variable, what, fix }) => `${variable} ${what}.\n\n  ${fix}`).join('\n\n'));
}
