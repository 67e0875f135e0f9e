import Database from 'better-sqlite3';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { openPostgres } from '#capture/store/adapters/postgres.ts';
import { lockForServer } from '#capture/store/adapters/server-lock.ts';
import type { Store } from '#capture/store/store.ts';
import type { Tables } from '#capture/store/tables.ts';
import { backup } from '../../src/cli/backup.ts';
import { restore } from '../../src/cli/restore.ts';
import { runCommand } from '../fakes/command-context.ts';
import { fillStore } from './filled-store.ts';
import { contactRow, insertRows, noon } from './rows.ts';
import { all } from './store.contract.ts';
import { forEachStore, postgres, sqlite, type TestEngine } from './stores.ts';

const second = 1000;

/** A store, and the commands of whoever keeps it. */
async function keeper({ place, open }: TestEngine) {
  const where = await place();
  const store = open(where);
  await store.migrate();
  const folder = await mkdtemp(join(tmpdir(), 'd-files-backups-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const variables = {
    ...{ SITE_URL: 'https://files.example', SECRET: 'a secret of more than thirty-two characters' },
    ...{ MAIL_DIR: join(folder, 'mail'), DIST_DIR: join(folder, 'dist'), BACKUP: join(folder, 'backups') },
    ...(where.startsWith('postgres:')
      ? { DATABASE_URL: where, VAR_DIR: join(folder, 'var') }
      : { VAR_DIR: dirname(where) }),
  };
  let at = noon;
  const run = (line: string, more: Record<string, string> = {}) => {
    const [name, ...args] = line.split(' ');
    at += second;
    return runCommand(name === 'backup' ? backup : restore, args, { ...variables, ...more }, { now: () => at });
  };
  const files = async () => (await readdir(variables.BACKUP)).toSorted();
  const newest = async () => join(variables.BACKUP, (await files()).at(-1) ?? '');
  return { store, variables, run, files, newest };
}

async function rowsOf(store: Store): Promise<Record<string, unknown[]>> {
  const tables = Object.keys(await store.reading.counts()) as (keyof Tables)[];
  return Object.fromEntries(
    await Promise.all(tables.map(async (table) => [table, await all(store.reading.rows(table))])),
  );
}

const url = inject('postgresUrl');
const [onSqlite, onPostgres] = [sqlite, postgres(url)];

/** The address of a database that no other test has open: a restore looks who has. */
async function emptyDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new Client(url);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

describe.each([
  { from: onSqlite, into: onSqlite },
  { from: onPostgres, into: onSqlite },
])('a backup of $from.name', ({ from, into }) => {
  test('has every row as it was, and is put back into $into.name', async () => {
    const source = await keeper(from);
    await fillStore(source.store);
    const written = await source.run('backup --json');
    expect(written).toMatchObject({ code: 0, errors: '' });
    expect(written.store).toContain(from.name === 'SQLite' ? 'd-files.db (SQLite)' : 'PostgreSQL at 127.0.0.1');

    const target = await keeper(into);
    const restored = await target.run(`restore ${await source.newest()}`);
    expect(restored).toMatchObject({ code: 0, errors: '' });
    expect(restored.output).toMatch(/is as it was at 2026-01-15T12:00Z: [\d,]+ rows of 1,102 addresses, each compared/);
    const rows = await rowsOf(source.store);
    expect(Math.min(...Object.values(rows).map(({ length }) => length))).toBeGreaterThan(0);
    expect(await rowsOf(target.store)).toEqual(rows);
  });
});

forEachStore('a backup', (engine) => {
  test('is of one moment, while others go on to write', async () => {
    const { store, run, newest } = await keeper(engine);
    await fillStore(store);
    const stop = new AbortController();
    let written = 0;
    const writing = (async () => {
      for (; !stop.signal.aborted; written += 1) {
        // Two rows that are only ever there together.
        await store.transaction(async (records) => {
          const { id } = await records.contactFor(contactRow(`new-${written}@example.com`, { createdAt: noon + 9999 }));
          await records.setSubscription({ contactId: id, topic: 'news', status: 'confirmed', confirmedAt: noon });
        });
      }
    })();
    const { code, errors } = await run('backup');
    stop.abort();
    await writing;
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(written).toBeGreaterThan(10);
    const copy = sqlite.open(await newest());
    const pairs = new Set((await all(copy.reading.rows('subscription'))).map(({ contactId }) => contactId));
    const contacts = (await all(copy.reading.rows('contact'))).filter(({ email }) => email.startsWith('new-'));
    expect(contacts.length).toBeLessThan(written);
    expect(contacts.filter(({ id }) => !pairs.has(id))).toEqual([]);
  });

  test('is readable by its owner alone, one file, under no name before it is whole', async () => {
    const { store, run, files, newest } = await keeper(engine);
    await fillStore(store);
    await run('backup');
    expect(await files()).toEqual(['d-files-2026-01-15T120001Z.db']);
    expect((await stat(await newest())).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(await newest()))).mode & 0o777).toBe(0o700);
    // Also from a medium that cannot be written to.
    const copy = new Database(await newest(), { readonly: true });
    expect(copy.pragma('journal_mode', { simple: true })).toBe('delete');
    copy.close();
  });

  test('has nothing of the secrets', async () => {
    const { store, run, newest, variables } = await keeper(engine);
    await fillStore(store);
    await run('backup');
    expect((await readFile(await newest())).includes(variables.SECRET)).toBe(false);
  });

  test('stays, with as many before it as one likes; drafts of long ago go', async () => {
    const { run, files, variables } = await keeper(engine);
    for (let n = 0; n < 3; n += 1) await run('backup');
    await writeFile(join(variables.BACKUP, 'notes.txt'), 'mine');
    const draft = join(variables.BACKUP, '.d-files-0123456789ab.part');
    await writeFile(draft, '');
    await utimes(draft, 0, 0);
    const { output } = await run('backup --keep 2');
    expect(output).toContain('Older ones deleted: d-files-2026-01-15T120002Z.db, d-files-2026-01-15T120001Z.db');
    expect(await files()).toEqual(['d-files-2026-01-15T120003Z.db', 'd-files-2026-01-15T120004Z.db', 'notes.txt']);
  });

  test('of tables of another version is refused, with what to do', async () => {
    const { place, open } = engine;
    const where = await place();
    open(where);
    const folder = await mkdtemp(join(tmpdir(), 'd-files-backups-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const variables = where.startsWith('postgres:')
      ? { DATABASE_URL: where, VAR_DIR: folder }
      : { VAR_DIR: dirname(where) };
    const { code, errors } = await runCommand(backup, ['--to', folder], variables);
    expect(code).toBe(1);
    expect(errors).toMatch(
      /has the tables of an earlier version \(001-tables.*before you update.*\n\n {2}npm run migrate/,
    );
  });
});

describe('a restore', () => {
  test('is refused by a store that has rows; told to replace them, it keeps a backup of them', async () => {
    const { store, run, newest, files } = await keeper(sqlite);
    await fillStore(store);
    const before = await rowsOf(store);
    await run('backup');
    const file = await newest();
    await insertRows(store, 'contact', [contactRow('later@example.com')]);

    const refused = await run(`restore ${file}`);
    expect(refused.code).toBe(1);
    expect(refused.errors).toMatch(/has rows already: 1,103 in contact.*\n\n {2}npm run restore -- .* --replace/);
    expect((await store.reading.counts()).contact).toBe(1103);

    const replaced = await run(`restore ${file} --replace`);
    expect(replaced).toMatchObject({ code: 0 });
    expect(await rowsOf(store)).toEqual(before);
    expect(replaced.errors).toContain('What was there is in ');
    expect(await files()).toHaveLength(2);
    const kept = sqlite.open(await newest());
    expect((await kept.reading.counts()).contact).toBe(1103);
  });

  test('is refused while a server has the file', async () => {
    const { store, run, newest, variables } = await keeper(sqlite);
    await fillStore(store);
    await run('backup');
    const lock = lockForServer(join(variables.VAR_DIR, 'd-files.db'), { pid: 4321, since: noon });
    const { code, errors } = await run(`restore ${await newest()} --replace`);
    lock.release();
    expect(code).toBe(1);
    expect(errors).toContain('the process 4321');
  });

  test('is refused while other processes have the PostgreSQL database', async () => {
    const { store, run, newest } = await keeper(onPostgres);
    await fillStore(store);
    await run('backup');
    const { code, errors } = await run(`restore ${await newest()} --replace`);
    expect(code).toBe(1);
    expect(errors).toMatch(/connections? of other processes to PostgreSQL at .*stop every server first/);
  });

  test('puts a backup of SQLite into PostgreSQL', async () => {
    const source = await keeper(sqlite);
    await fillStore(source.store);
    await source.run('backup');
    const own = await emptyDatabase();
    const target = await keeper(sqlite);
    const outcome = await target.run(`restore ${await source.newest()}`, { DATABASE_URL: own });
    expect(outcome).toMatchObject({ code: 0, errors: '' });
    const store = openPostgres(own);
    onTestFinished(() => store.close());
    expect(await rowsOf(store)).toEqual(await rowsOf(source.store));
  });

  test('names the damage of a file, and changes nothing', async () => {
    const { store, run, newest } = await keeper(sqlite);
    await fillStore(store);
    await run('backup');
    const file = await newest();
    await truncate(file, 100_000);
    const target = await keeper(sqlite);
    const { code, errors } = await target.run(`restore ${file}`);
    expect(code).toBe(1);
    expect(errors).toMatch(/is damaged: .*Take the one before it/);
    expect(Math.max(...Object.values(await target.store.reading.counts()))).toBe(0);
  });

  test('knows what is no backup, and lists those that there are', async () => {
    const { run, variables } = await keeper(sqlite);
    await run('backup');
    await run('backup');
    const none = await run(`restore ${join(variables.VAR_DIR, 'd-files.db')}`);
    expect(none.errors).toContain('is not a backup that "npm run backup" wrote');
    const { code, errors } = await run('restore');
    expect(code).toBe(2);
    expect(errors).toMatch(/The newest of 2 backups first:\n\n {2}npm run restore -- .*120002Z.db\n {2}.*120001Z.db/);
  });

  test('says when the secret is another one', async () => {
    const source = await keeper(sqlite);
    await fillStore(source.store);
    await source.run('backup');
    const target = await keeper(sqlite);
    const { errors } = await target.run(`restore ${await source.newest()}`, {
      SECRET: 'another secret of more than thirty-two characters',
    });
    expect(errors).toContain('The SECRET is another one');
  });

  test('brings back the mails that were files', async () => {
    const source = await keeper(sqlite);
    await mkdir(source.variables.MAIL_DIR);
    await writeFile(join(source.variables.MAIL_DIR, 'one.eml'), 'To: ann@example.com\n\nHello ü');
    expect((await source.run('backup')).output).toContain('With 1 mail that became files');
    const target = await keeper(sqlite);
    await target.run(`restore ${await source.newest()}`);
    expect(await readFile(join(target.variables.MAIL_DIR, 'one.eml'), 'utf8')).toBe('To: ann@example.com\n\nHello ü');
  });
});
