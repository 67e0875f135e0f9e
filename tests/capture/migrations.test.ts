import Database from 'better-sqlite3';
import { Client } from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { migrations } from '#capture/store/adapters/migrations.ts';
import { NewerDatabase } from '#capture/store/store.ts';
import { forEachStore, type TestEngine } from './stores.ts';

forEachStore('the migrations', (engine) => {
  it('are done in their order, under lock by one of several that start at once', async () => {
    const place = await engine.place();
    const done = await Promise.all([engine.open(place), engine.open(place)].map((store) => store.migrate()));
    expect(done.flat()).toEqual(migrations.map(({ name }) => name));
  });

  it('refuse a database that a newer version wrote, and change nothing in it', async () => {
    const place = await engine.place();
    const store = engine.open(place);
    await store.migrate();
    await run(engine, place, `insert into schema_migration (name) values ('002-of-the-future')`);

    const refused = store.migrate();
    await expect(refused).rejects.toBeInstanceOf(NewerDatabase);
    await expect(refused).rejects.toThrow(/“002-of-the-future”.*newer version wrote it/);
    expect((await store.reading.counts()).contact).toBe(0);
  });

  it('bring a database of the first version along, with what is in it', async () => {
    const place = await engine.place();
    const types =
      engine.name === 'SQLite'
        ? { text: 'text', integer: 'integer', tail: ' strict' }
        : { text: 'text collate "C"', integer: 'bigint', tail: '' };
    const row = (id: string, kind: string, key: string) =>
      `insert into outbox (id, kind, dedupe_key, payload, state, attempts, run_at)
        values ('${id}', '${kind}', '${key}', '{}', 'ready', 0, 1)`;
    for (const statement of [
      `create table schema_migration (name ${types.text} not null primary key)`,
      ...(migrations[0]?.statements(types) ?? []),
      `insert into schema_migration (name) values ('001-tables')`,
      `insert into contact (id, email, email_norm, name, company, created_at)
        values ('ann', 'Ann@example.com', 'ann@example.com', 'Ann', null, 1)`,
      `insert into consent_event (id, contact_id, purpose, action, source_url, at)
        values ('given', 'ann', 'whitepaper', 'given', '/', 1), ('done', 'ann', 'whitepaper', 'confirmed', '/', 2)`,
      row('a', 'mail', 'ask:confirm:1'),
      row('b', 'mail', 'issue:episodes/lamp:1'),
      row('c', 'webhook', 'webhook:lead.confirmed:1'),
    ])
      await run(engine, place, statement);
    const store = engine.open(place);
    expect(await store.migrate()).toEqual(migrations.slice(1).map(({ name }) => name));
    const rows = await Array.fromAsync(store.reading.rows('outbox'));
    expect(rows.map(({ id, lane }) => [id, lane])).toEqual([
      ['a', 'answer'],
      ['b', 'issue'],
      ['c', 'webhook'],
    ]);
    expect(await Array.fromAsync(store.reading.rows('contact'))).toMatchObject([
      { name: 'Ann', mailbox: 'ann@example.com' },
    ]);
    const events = await Array.fromAsync(store.reading.rows('consentEvent'));
    expect(events.map(({ id, name }) => [id, name])).toEqual([
      ['done', null],
      ['given', 'Ann'],
    ]);
  });

  it('leave nothing behind when one of them fails', async () => {
    const place = await engine.place();
    await run(engine, place, 'create table outbox (id text)');
    await expect(engine.open(place).migrate()).rejects.toThrow(/outbox.*already exists/);
    await run(engine, place, 'drop table outbox');
    await expect(engine.open(place).migrate()).resolves.toHaveLength(migrations.length);
  });
});

describe('the list of migrations', () => {
  it('is numbered without a gap', () => {
    const numbers = migrations.map(({ name }) => /^(\d{3})-[a-z-]+$/.exec(name)?.[1]);
    expect(numbers).toEqual(migrations.map((_, index) => String(index + 1).padStart(3, '0')));
  });
});

/** Asks the database itself. */
async function run({ name }: TestEngine, place: string, statement: string): Promise<void> {
  if (name === 'SQLite') {
    new Database(place).exec(statement).close();
    return;
  }
  expect(inject('postgresUrl')).toBeDefined();
  const client = new Client(place);
  await client.connect();
  await client.query(statement);
  await client.end();
}
