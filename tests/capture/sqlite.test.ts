import Database from 'better-sqlite3';
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase, openSqlite, sqliteStore } from '#capture/store/adapters/sqlite.ts';
import { StoreUnavailable, type Store } from '#capture/store/store.ts';
import { contactRow, noon, outboxRow, totalRow } from './rows.ts';
import { all } from './store.contract.ts';
import { sqlite } from './stores.ts';

const ann = contactRow('ann@example.com');
const keepAnn = (store: Store) => store.transaction((records) => records.contactFor(ann));

describe('the file of a store', () => {
  it('is made with its folder, for its owner alone, as are the files beside it', async () => {
    const file = join(dirname(await sqlite.place()), 'a', 'b', 'd-files.db');
    const store = sqlite.open(file);
    await store.migrate();
    for (const path of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  });

  it('is closed to others when it was open to them', async () => {
    const file = await sqlite.place();
    await openSqlite(file).close();
    chmodSync(file, 0o644);
    sqlite.open(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is one file when the store is closed', async () => {
    const file = await sqlite.place();
    const store = openSqlite(file);
    await store.migrate();
    await store.close();
    expect([existsSync(file), existsSync(`${file}-wal`)]).toEqual([true, false]);
  });

  it('that is none of SQLite, or a folder, is unavailable, and stays as it is', async () => {
    const file = await sqlite.place();
    writeFileSync(file, 'This is a letter, and not a database. '.repeat(100));
    expect(() => openSqlite(file)).toThrow(StoreUnavailable);
    expect(statSync(file).size).toBe(3800);
    mkdirSync(`${file}.folder`);
    expect(() => openSqlite(`${file}.folder`)).toThrow(StoreUnavailable);
  });
});

describe('what is kept', () => {
  it('is on the disk before anyone is told, but for counts of limits, for which nobody waits', async () => {
    const file = await sqlite.place();
    await openSqlite(file).close();
    const said: string[] = [];
    const database = new Database(file, {
      verbose: (statement) => said.push(/^(pragma|commit|insert into \S+)/i.exec(String(statement).trim())?.[0] ?? ''),
    });
    const pragma = database.pragma.bind(database);
    database.pragma = ((source: string, options?: Database.PragmaOptions) => {
      said.push(source);
      return pragma(source, options);
    }) as Database.Database['pragma'];
    const store = sqliteStore(database, 5000);
    await store.migrate();
    said.length = 0;
    const window = { most: 5, milliseconds: 1000 };
    await Promise.all([
      store.limits.take('network', window, noon),
      keepAnn(store),
      store.limits.addLoad('mails', 1, noon),
    ]);
    await store.transaction((records) => records.take('mailbox', window, noon));
    await store.close();
    await expect(store.limits.addLoad('mails', 1, noon)).rejects.toThrow();
    expect(said.filter((each) => /^(sync|commit|insert)/.test(each))).toEqual([
      ...['synchronous = NORMAL', 'insert into limit_count', 'insert into limit_count', 'commit'],
      ...['synchronous = FULL', 'insert into "contact"', 'commit'],
      ...['insert into limit_count', 'commit', 'synchronous = NORMAL'],
    ]);
  });

  it('is refused with the counts of limits that wait for the same lock, and not one after the other', async () => {
    const file = await sqlite.place();
    const store = sqliteStore(openDatabase(file), 50);
    await store.migrate();
    const other = new Database(file);
    other.exec('begin immediate');
    const counted = store.limits.addLoad('mails', 1, noon);
    let refused: unknown;
    const kept = keepAnn(store).catch((error: unknown) => (refused = error));
    await expect(counted).rejects.toThrow(StoreUnavailable);
    await new Promise(setImmediate);
    expect(refused).toBeInstanceOf(StoreUnavailable);
    other.close();
    await kept;
    await expect(keepAnn(store)).resolves.toEqual(ann);
    await store.close();
  });

  it('is on the disk before anyone is told, also after the file was opened again', async () => {
    const file = await sqlite.place();
    for (let time = 0; time < 2; time++) {
      const database = openDatabase(file);
      const store = sqliteStore(database, 5000);
      await store.migrate();
      const pragma = (name: string) => database.pragma(name, { simple: true });
      expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
      await store.close();
    }
  });

  it('is there for another process at once', async () => {
    const file = await sqlite.place();
    const [server, command] = [sqlite.open(file), sqlite.open(file)];
    await server.migrate();
    await keepAnn(server);
    expect(await all(command.reading.rows('contact'))).toEqual([ann]);
    await command.transaction((records) => records.deleteContact(ann.id));
    expect(await all(server.reading.rows('contact'))).toEqual([]);
  });
});

describe('a lock of another process', () => {
  /** A store, and a lock on its file. */
  const locked = async (patience: number) => {
    const file = await sqlite.place();
    await openSqlite(file).migrate();
    const store = sqliteStore(openDatabase(file), patience);
    await store.check();
    const other = new Database(file);
    other.exec('begin exclusive');
    return { store, other };
  };

  it('makes the store unavailable, for all that wait, and available again when it is gone', async () => {
    const { store, other } = await locked(0);
    const tries = await Promise.allSettled([keepAnn(store), keepAnn(store), store.count([totalRow()])]);
    expect(tries.map((tried) => tried.status === 'rejected' && tried.reason instanceof StoreUnavailable)).toEqual([
      ...[true, true, true],
    ]);
    await expect(store.outbox.lease('answer', 1, noon, noon)).rejects.toThrow(StoreUnavailable);
    expect((await store.reading.counts()).contact).toBe(0);
    other.close();
    await expect(keepAnn(store)).resolves.toEqual(ann);
    await store.close();
  });

  it('is waited for while others are served', async () => {
    const { store, other } = await locked(60_000);
    const kept = keepAnn(store);
    // The process itself does not wait: this runs, and lets go.
    setImmediate(() => other.close());
    await expect(kept).resolves.toEqual(ann);
    await store.close();
  });
});

describe('a full disk', () => {
  /** A store whose disk has space for little more. */
  const full = async () => {
    const database = openDatabase(await sqlite.place());
    const store = sqliteStore(database, 5000);
    await store.migrate();
    await keepAnn(store);
    const pages = Number(database.pragma('page_count', { simple: true }));
    database.pragma(`max_page_count = ${pages + 4}`);
    return { store, more: () => void database.pragma('max_page_count = 1000000') };
  };
  const large = (index: number) => outboxRow({ dedupeKey: `large:${index}`, payload: 'x'.repeat(6000) });

  it('ends the unit, and those that would have been kept with it; none of them hears of success', async () => {
    const { store, more } = await full();
    const units = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => store.transaction((records) => records.enqueue(large(index)))),
    );
    const kept = (await all(store.reading.rows('outbox'))).map(({ dedupeKey }) => dedupeKey);
    const told = units.flatMap(({ status }, index) => (status === 'fulfilled' ? `large:${index}` : []));
    expect(kept.toSorted()).toEqual(told.toSorted());
    const refused = units.flatMap((unit) => (unit.status === 'rejected' ? [unit.reason as unknown] : []));
    expect(refused.length).toBeGreaterThan(5);
    for (const reason of refused) expect(reason).toBeInstanceOf(StoreUnavailable);

    more();
    await expect(store.transaction((records) => records.enqueue(large(99)))).resolves.toBe(true);
    await store.close();
  });

  it('is told by the check, and so is a disk that cannot be written', async () => {
    const database = openDatabase(await sqlite.place());
    const store = sqliteStore(database, 5000);
    await store.migrate();
    await store.check();
    await expect(store.check()).resolves.toBeUndefined();
    database.pragma('query_only = 1');
    await expect(store.check()).rejects.toThrow(StoreUnavailable);
    database.pragma('query_only = 0');
    await store.close();
  });

  it('lets what is there be read', async () => {
    const { store } = await full();
    const tooMuch = Array.from({ length: 10 }, (_, index) => large(index));
    await expect(store.transaction((records) => records.insert('outbox', tooMuch))).rejects.toThrow(StoreUnavailable);
    expect(await all(store.reading.rows('contact'))).toEqual([ann]);
    await expect(store.check()).resolves.toBeUndefined();
    await store.close();
  });
});

it('uses an index for everything that is asked for while a reader or a mail waits', async () => {
  const asked = new Set<string>();
  const file = await sqlite.place();
  const store = sqliteStore(watched(openDatabase(file), asked), 5000);
  await store.migrate();
  asked.clear();

  await store.transaction(async (records) => {
    const { id } = await records.contactFor(ann);
    await records.contactByAddress('ann@example.com');
    await records.confirmations(id);
    await records.mailsTo(id, 'ask:', noon);
    await records.consentEvents(id);
    await records.submissionsOf(id);
    await records.deleteContact(id);
  });
  await store.outbox.lease('answer', 5, noon, noon + 1);
  await store.outbox.oldestDue(noon);
  await store.outbox.nextDue('answer');
  await store.outbox.dead();
  await store.outbox.progress('issue:');
  await store.outbox.prune(noon);
  for (const filter of [{ asset: 'inland' }, { since: noon }, {}]) await all(store.reading.leads(filter));
  await all(store.reading.subscribers('newsletter'));
  await store.close();

  const reader = new Database(file, { readonly: true });
  const scans = [...asked].flatMap((statement) => {
    if (!/^(with|select|update|delete)/.test(statement)) return [];
    const plan = reader
      .prepare<unknown[], { detail: string }>(`explain query plan ${statement}`)
      .all(...Array.from({ length: statement.split('?').length - 1 }, () => 0));
    // In the order of an index a scan ends at its limit.
    return plan
      .filter(({ detail }) => /^SCAN (?!due)(?!.* USING )/.test(detail))
      .map(({ detail }) => `${detail}: ${statement}`);
  });
  reader.close();
  expect(asked.size).toBeGreaterThan(15);
  expect(scans).toEqual([]);
});

/** The database, with all statements noted. */
function watched(database: Database.Database, statements: Set<string>): Database.Database {
  const prepare = database.prepare.bind(database);
  database.prepare = ((statement: string) => {
    statements.add(statement);
    return prepare(statement);
  }) as Database.Database['prepare'];
  return database;
}
