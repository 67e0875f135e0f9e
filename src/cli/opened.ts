import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { openCapture, openStore, type Owner } from '#capture/compose.ts';
import { readEnvironment, type Environment, type EnvironmentProblem, type Variables } from '#capture/environment.ts';
import { readSite } from '#capture/site.ts';
import type { Site } from '#site/contract.ts';
import type { Store } from '#capture/store/store.ts';
import { Mistake } from './command-line.ts';
import type { World } from './command.ts';
import { complain } from './terminal.ts';

/** The environment, and the site if it was built. */
export async function surroundings(
  variables: Variables,
): Promise<{ environment: Environment; problems: EnvironmentProblem[]; site: Site | undefined }> {
  const site = await readSite(readEnvironment(variables).environment.built).catch(() => undefined);
  return { ...readEnvironment(variables, site?.url), site };
}

/** What a command works with. */
export interface Opened {
  environment: Environment;
  site: Site | undefined;
  store: Store;
}

/**
 * Opens the store for as long as `work` lasts, beside a running server or without. `needed` are the variables that have
 * to be right for it; throws `Mistake` where one is wrong, and where no server has kept anything yet.
 */
export async function withStore<T>(
  { variables, terminal }: World,
  needed: readonly string[],
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const { environment, site } = await rightSurroundings(variables, needed);
  const store = await openStore(environment);
  try {
    const done = await store.migrate();
    if (done.length > 0) complain(terminal, `The tables were brought to their newest form: ${done.join(', ')}.`);
    return await work({ environment, site, store });
  } finally {
    await store.close();
  }
}

/** The same with what the owner may do with addresses, which needs the built site and the secret. */
export async function withOwner<T>(
  { variables, terminal, now, random }: World,
  work: (opened: Opened & { owner: Owner }) => Promise<T>,
): Promise<T> {
  const { environment, site } = await rightSurroundings(variables, ['SECRET', 'WEBHOOK_URL', 'WEBHOOK_SECRET']);
  const log = (line: string) => complain(terminal, line);
  const { owner, store, close } = await openCapture(environment, {
    as: 'command',
    site: builtSite(site, environment),
    ...{ log, clock: now, random },
  });
  try {
    return await work({ environment, site, store, owner });
  } finally {
    await close();
  }
}

async function rightSurroundings(variables: Variables, needed: readonly string[]) {
  const { environment, problems, site } = await surroundings(variables);
  requireRight(problems, ['DATABASE_URL', ...needed]);
  const { database } = environment;
  if (database.kind === 'sqlite' && !existsSync(database.file))
    throw new Mistake(
      `There is no database ${storeName(environment)}: no server has kept anything yet. If it lies elsewhere, set VAR_DIR or DATABASE_URL.`,
    );
  return { environment, site };
}

/** The site, for commands that can do nothing without. */
export function builtSite(site: Site | undefined, { built }: Environment): Site {
  if (!site) throw new Mistake(`There is no built site in ${shownPath(built)}. Build it first:\n\n  npm run build`);
  return site;
}

/** The store as messages name it: without the password of its address. */
export function storeName({ database }: Pick<Environment, 'database'>): string {
  if (database.kind === 'sqlite') return shownPath(database.file);
  const { host, pathname } = new URL(database.url);
  return `PostgreSQL at ${host}${pathname}`;
}

/** A path as one would type it here. */
export function shownPath(path: string): string {
  const inside = relative('', path);
  return inside === '' || inside.startsWith('..') ? path : inside;
}

/** Throws `Mistake` where one of these variables is wrong. */
export function requireRight(problems: readonly EnvironmentProblem[], needed: readonly string[]): void {
  const found = problems.filter(({ variable }) => needed.includes(variable));
  if (found.length > 0)
    throw new Mistake(found.map(({ variable, what, mend }) => `${variable} ${what}.\n\n  ${mend}`).join('\n\n'));
}
