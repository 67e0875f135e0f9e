import Database from 'better-sqlite3';
import { open } from 'node:fs/promises';
import { StoreUnavailable } from '#capture/store/store.ts';
import type { BackupNote, KeptMail } from '#capture/store/backup-note.ts';

/** A backup is a store in one SQLite file, with two tables more: what it is, and the mails that were files. */

/** Notes in the file of a store that is closed what it is, and puts all of it onto the disk, in this one file. */
export async function sealBackup(file: string, note: BackupNote, mails: AsyncIterable<KeptMail>): Promise<number> {
  const database = new Database(file);
  let count = 0;
  try {
    // One that is opened from a medium that cannot be written to needs no file beside it.
    database.pragma('journal_mode = DELETE');
    database.exec('create table backup_note (note text not null) strict');
    database.exec('create table backup_mail (name text not null primary key, content blob not null) strict');
    database.prepare('insert into backup_note (note) values (?)').run(JSON.stringify(note));
    const insert = database.prepare('insert into backup_mail (name, content) values (?, ?)');
    for await (const { name, content } of mails) {
      insert.run(name, content);
      count += 1;
    }
  } catch (error) {
    throw new StoreUnavailable(`The backup ${file} cannot be written`, { cause: error });
  } finally {
    database.close();
  }
  await sync(file);
  return count;
}

/** What is on the way to the disk is there when this resolves. A folder has the names of its files. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a backup says of itself; undefined where the file is none. Throws `StoreUnavailable` where it is not whole. */
export function readBackup(file: string): { note: BackupNote; damage: string | undefined } | undefined {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true });
    const row = database.prepare<[], { note: string }>('select note from backup_note').get();
    if (!row) return undefined;
    const damage = database.pragma('integrity_check(1)', { simple: true });
    const loose = database.pragma('foreign_key_check') as unknown[];
    return {
      note: JSON.parse(row.note) as BackupNote,
      damage: damage !== 'ok' ? String(damage) : loose.length > 0 ? 'rows refer to others that are missing' : undefined,
    };
  } catch (error) {
    if (isDamage(error)) return { note: emptyNote, damage: (error as Error).message };
    return undefined;
  } finally {
    database?.close();
  }
}

/** The mails of a backup. */
export function mailsIn(file: string): KeptMail[] {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return database.prepare<[], KeptMail>('select name, content from backup_mail order by name').all();
  } finally {
    database.close();
  }
}

const isDamage = (error: unknown) => error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CORRUPT');
const emptyNote: BackupNote = { madeAt: 0, of: 'sqlite', rows: {}, secrets: [] };
