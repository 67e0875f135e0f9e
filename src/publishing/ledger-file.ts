import { readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { shown, type Problem } from '#authoring/problem.ts';
import { decoded, encodedPath } from '#site/url.ts';
import { type Ledger, ledgerSchema, ledgerText } from './ledger.ts';

/** The ledger inside the content folder. */
export const ledgerName = '.published.json';

/** The ledger of a content folder, as its owner would type it. */
export const ledgerPath = (contentFolder: string): string => {
  const path = join(contentFolder, ledgerName);
  return relative(process.cwd(), path) || path;
};

/** A ledger as it was found. */
export interface LedgerFile {
  /** The file as an author would type it. */
  name: string;
  ledger: Ledger;
  /** The line, counted from 1, of the last of these keys or values, each looked for behind the one before. */
  line: (...steps: string[]) => number;
  /** Why it cannot be read, if it cannot. */
  problem?: Problem;
}

/** Reads the ledger of a content folder; undefined where nothing was published yet. */
export async function readLedger(contentFolder: string): Promise<LedgerFile | undefined> {
  const text = await readFile(join(contentFolder, ledgerName), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : parseLedger(text, ledgerPath(contentFolder));
}

/** Writes the ledger whole or not at all. */
export async function writeLedger(contentFolder: string, ledger: Ledger): Promise<void> {
  const path = join(contentFolder, ledgerName);
  await writeFile(`${path}.new`, ledgerText(ledger));
  await rename(`${path}.new`, path);
}

export function parseLedger(text: string, name: string): LedgerFile {
  const lines = text.split(/\r?\n/);
  const line = (...steps: string[]) =>
    steps.reduce((at, step) => {
      const found = lines.findIndex((each, i) => i >= at && each.includes(JSON.stringify(step)));
      return found < 0 ? at : found;
    }, 0) + 1;
  const empty = { name, ledger: new Map<string, never>(), line };
  const broken = (what: string, at: number, field: string): LedgerFile => ({
    ...empty,
    problem: {
      what: `${what}. Bring back the version before; without one, delete the file and let "npm run publish-ledger" write it anew`,
      file: name,
      line: at,
      field,
      nearest: 'the ledger as "npm run publish-ledger" wrote it',
      paste: `git restore ${name}`,
    },
  });

  const conflict = lines.findIndex((each) => each.startsWith('<<<<<<< '));
  if (conflict >= 0)
    return broken('The ledger holds an unresolved merge conflict: keep both sides', conflict + 1, 'JSON');
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const at = /\(line (\d+)/.exec(message)?.[1] ?? (/end of JSON/.test(message) ? lines.length : 1);
    return broken('The ledger is not JSON', Number(at), 'JSON');
  }
  const parsed = ledgerSchema.safeParse(data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = (issue?.path ?? []).map(String);
    const value = path.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)?.[step], data);
    const what = `The ledger has another shape than this version writes: ${path.join(' ') || 'it'} is ${shown(value) || 'missing'}`;
    return broken(what, line(...path), path.join(' ') || 'JSON');
  }
  const entries = Object.entries(parsed.data.entries).map(
    ([guid, entry]) => [guid, { ...entry, enclosures: entry.enclosures.map(encoded) }] as const,
  );
  return { ...empty, ledger: new Map(entries) };
}

/** An address of this site as it is written now: once, the names of files were not encoded. */
const encoded = (address: string) => (address.startsWith('/') ? encodedPath(decoded(address)) : address);
