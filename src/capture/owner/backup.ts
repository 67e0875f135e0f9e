import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile, chmod } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { backupFiles, inspectStore, lockOf, openStore, serversOn } from '#capture/compose.ts';
import type { BackupNote, KeptMail } from '#capture/store/backup-note.ts';
import { secretsOf } from '#capture/store/secrets.ts';
import { StoreUnavailable, type Store } from '#capture/store/store.ts';
import type { Tables } from '#capture/store/tables.ts';
import { copyRows, type CopyProgress, type Counts } from './copy-rows.ts';
import type { Environment } from './setup.ts';

export type { BackupNote };

type Kept = Pick<Environment, 'database' | 'kept' | 'mail' | 'secrets'>;

export interface BackupOptions {
  /** How many backups of the folder are kept, this one among them. */
  keep: number;
  clock: () => number;
  onProgress?: ((progress: CopyProgress) => void) | undefined;
}

export type BackupOutcome =
  /** Each row was read again from the file and compared; `deleted` are the names of older ones. */
  | { kind: 'written'; file: string; bytes: number; rows: Counts; mails: number; deleted: string[] }
  /** No server has kept anything yet. */
  | { kind: 'nothing' }
  /** Another version wrote the tables. */
  | { kind: 'other-version'; missing: string[]; unknown: string[] }
  /** What the file has of a table is not what the store has of it: it was deleted again. */
  | { kind: 'differs'; table: keyof Tables };

/**
 * Writes all that is kept, as it is at one moment, into a file of `folder` that only its owner can read, whichever store it
 * comes from, and beside a running server. The file is there whole or not at all. Secrets are not in it. Throws
 * `StoreUnavailable`.
 */
export async function writeBackup(
  environment: Kept,
  folder: string,
  { keep, clock, onProgress }: BackupOptions,
): Promise<BackupOutcome> {
  const facts = await inspectStore(environment, clock);
  if (facts.kind === 'none') return { kind: 'nothing' };
  if (facts.kind === 'damaged') throw new StoreUnavailable(`The database is damaged: ${facts.damage}`);
  if (facts.kind === 'unreadable') throw new StoreUnavailable(facts.message);
  const { missing, unknown } = facts.migrations;
  if (missing.length + unknown.length > 0) return { kind: 'other-version', missing, unknown };

  await mkdir(folder, { recursive: true, mode: 0o700 });
  const madeAt = clock();
  await removeLeftovers(folder, madeAt);
  const draft = join(folder, `.d-files-${randomBytes(6).toString('hex')}.part`);
  try {
    const store = await openStore(environment);
    const copied = await copyInto(store, draft, onProgress).finally(() => store.close());
    if (copied.kind !== 'copied')
      return { kind: 'differs', table: copied.kind === 'not-empty' ? 'contact' : copied.table };
    const note: BackupNote = {
      ...{ madeAt, of: environment.database.kind, rows: copied.rows },
      secrets: (await secretsOf(environment)).map(({ id }) => id),
    };
    const mails = await backupFiles.seal(draft, note, mailFilesOf(environment));
    const read = backupFiles.read(draft);
    if (!read || read.damage !== undefined)
      throw new StoreUnavailable(`The backup is not whole: ${read?.damage ?? 'it cannot be read'}`);
    const file = freeName(folder, madeAt);
    await rename(draft, file);
    await backupFiles.sync(folder);
    const { size } = await stat(file);
    return { kind: 'written', file, bytes: size, rows: copied.rows, mails, deleted: await removeOlder(folder, keep) };
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) await rm(draft + end, { force: true });
  }
}

async function copyInto(source: Store, file: string, onProgress: BackupOptions['onProgress']) {
  const target = await openStore({ database: { kind: 'sqlite', file } });
  try {
    await target.migrate();
    return await source.snapshot((reading) => copyRows(reading, target, { onProgress }));
  } finally {
    await target.close();
  }
}

/** The backups in a folder by their names, the newest first. */
export async function backupsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => backupName.test(name)).toSorted((one, other) => (one < other ? 1 : -1));
}

const backupName = /^d-files-\d{4}-\d\d-\d\dT\d{6}Z(?:-\d+)?\.db$/;

function freeName(folder: string, at: number): string {
  const moment = new Date(at).toISOString().replace(/\.\d+/, '').replaceAll(':', '');
  for (let turn = 1; ; turn += 1) {
    const file = join(folder, `d-files-${moment}${turn > 1 ? `-${turn}` : ''}.db`);
    if (!existsSync(file)) return file;
  }
}

async function removeOlder(folder: string, keep: number): Promise<string[]> {
  const older = (await backupsIn(folder)).slice(keep);
  for (const name of older) await rm(join(folder, name), { force: true });
  return older;
}

/** A backup that was killed may have left its draft: one of a day ago is nobody's any more. */
async function removeLeftovers(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^\.d-files-[\da-f]{12}\.part/.test(name)) continue;
    const facts = await stat(join(folder, name)).catch(() => undefined);
    if (facts && facts.mtimeMs < now - 24 * 60 * 60_000) await rm(join(folder, name), { force: true });
  }
}

/** The mails of a server that has none to send them by. */
async function* mailFilesOf({ mail }: Pick<Environment, 'mail'>): AsyncGenerator<KeptMail> {
  if (mail.smtp) return;
  const names = await readdir(mail.folder).catch(() => []);
  for (const name of names.filter((each) => each.endsWith('.eml')).toSorted()) {
    const content = await readFile(join(mail.folder, name)).catch(() => undefined);
    if (content) yield { name, content };
  }
}

export interface RestoreOptions {
  /** Whether what the store has is deleted. */
  replaces: boolean;
  clock: () => number;
  onProgress?: ((progress: CopyProgress) => void) | undefined;
}

export type RestoreOutcome =
  /** `knowsSecret` is false where no link of the backup was signed by a secret that is set here. */
  | { kind: 'restored'; note: BackupNote; rows: Counts; mails: number; knowsSecret: boolean }
  | { kind: 'no-file' }
  | { kind: 'no-backup' }
  | { kind: 'damaged'; damage: string }
  /** The store has rows already; nothing was done. */
  | { kind: 'not-empty'; rows: Counts }
  /** Other processes have the PostgreSQL database open, a server among them perhaps. */
  | { kind: 'in-use'; by: number }
  | { kind: 'differs'; table: keyof Tables };

/**
 * Puts all of a backup into the store that the environment names, whichever it is, in one unit: all of it, or the store is
 * as it was. No server can start on an SQLite file meanwhile. Throws `ServerIsRunning`, `NewerDatabase` where a newer version
 * made the backup, and `StoreUnavailable`.
 */
export async function restoreBackup(
  environment: Kept,
  file: string,
  { replaces, clock, onProgress }: RestoreOptions,
): Promise<RestoreOutcome> {
  if (!existsSync(file)) return { kind: 'no-file' };
  const read = backupFiles.read(file);
  if (!read) return { kind: 'no-backup' };
  if (read.damage !== undefined) return { kind: 'damaged', damage: read.damage };

  await mkdir(environment.kept, { recursive: true, mode: 0o700 });
  const lock = lockOf(environment, clock);
  // The backup may have to be brought to the newest form, and stays as it is.
  const draft = join(environment.kept, `.restore-${randomBytes(6).toString('hex')}.part`);
  try {
    const by = await serversOn(environment);
    if (by > 0) return { kind: 'in-use', by };
    await copyFile(file, draft);
    await chmod(draft, 0o600);
    const outcome = await copyFrom(draft, environment, { replaces, onProgress, note: read.note });
    if (outcome.kind !== 'copied')
      return outcome.kind === 'changed' ? { kind: 'differs', table: outcome.table } : outcome;
    const secrets = (await secretsOf(environment)).map(({ id }) => id);
    return {
      kind: 'restored',
      ...{ note: read.note, rows: outcome.rows, mails: await writeMails(draft, environment) },
      knowsSecret: read.note.secrets.some((id) => secrets.includes(id)),
    };
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) await rm(draft + end, { force: true });
    lock?.release();
  }
}

async function copyFrom(
  file: string,
  environment: Kept,
  { note, ...options }: Pick<RestoreOptions, 'replaces' | 'onProgress'> & { note: BackupNote },
) {
  const stores: Store[] = [];
  try {
    for (const database of [{ kind: 'sqlite', file } as const, environment.database])
      stores.push(await openStore({ database }));
    const [source, target] = stores;
    if (!source || !target) throw new Error('Both stores were opened.');
    const counts: Record<string, number> = await source.reading.counts().catch(() => ({}));
    for (const [table, count] of Object.entries(note.rows))
      if (table in counts && counts[table] !== count) return { kind: 'differs' as const, table: table as keyof Tables };
    for (const store of stores) await store.migrate();
    return await copyRows(source.reading, target, options);
  } finally {
    for (const store of stores) await store.close();
  }
}

/** Writes the mails that were files, where mails are files here too; one that is there stays. */
async function writeMails(file: string, { mail }: Pick<Environment, 'mail'>): Promise<number> {
  const mails = mail.smtp ? [] : backupFiles.mails(file);
  if (mails.length > 0) await mkdir(mail.folder, { recursive: true, mode: 0o700 });
  for (const { name, content } of mails)
    // The name may be anybody's who could write the file.
    await writeFile(join(mail.folder, basename(name)), content, { mode: 0o600, flag: 'wx' }).catch(() => {});
  return mails.length;
}
