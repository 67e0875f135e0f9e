import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Client } from 'pg';
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { captureOf } from '#capture/compose.ts';
import { openPostgres, type PostgresOptions } from '#capture/store/adapters/postgres.ts';
import { StoreUnavailable, type Store } from '#capture/store/store.ts';
import { contactRow, noon, outboxRow, submissionRow, totalRow } from './rows.ts';
import { paperForm, scene, ticked, visit } from './scene.ts';
import { all } from './store.contract.ts';
import { postgres } from './stores.ts';

const engine = postgres(inject('postgresUrl'));
const ann = contactRow('ann@example.com');
/** For what has limits so short that a busy machine may pass them now and then. */
const patient = { timeout: 30_000, interval: 100 };
const keepAnn = (store: Store) => store.transaction((records) => records.contactFor(ann));

describe('two servers with one database', () => {
  const servers = async () => {
    const place = await engine.place();
    const both = [engine.open(place), engine.open(place)] as const;
    await both[0].migrate();
    return both;
  };

  it('lease each row once, though both ask at the same time', async () => {
    const both = await servers();
    const rows = Array.from({ length: 1000 }, () => outboxRow());
    await both[0].transaction((records) => records.insert('outbox', rows));
    const leased = await Promise.all(
      Array.from({ length: 40 }, (_, index) => both[index % 2 ? 1 : 0].outbox.lease('answer', 25, noon, noon + 1)),
    );
    const ids = leased.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    // One that meets rows of another passes them by.
    const rest = await both[0].outbox.lease('answer', 1000, noon, noon + 1);
    expect(ids.length + rest.length).toBe(1000);
  });

  it('go on where each waits for the other, which PostgreSQL ends for one of them', async () => {
    const both = await servers();
    const bob = contactRow('bob@example.com');
    for (const contact of [ann, bob]) await both[0].transaction((records) => records.contactFor(contact));
    const { promise: met, resolve: meet } = Promise.withResolvers<void>();
    let there = 0;
    let tries = 0;
    await Promise.all(
      [[ann, bob] as const, [bob, ann] as const].map(([first, second], index) =>
        both[index ? 1 : 0].transaction(async (records) => {
          tries += 1;
          await records.contact(first.id);
          if (++there === 2) meet();
          await met;
          await records.contact(second.id);
          await records.addSubmission(submissionRow({ contactId: second.id }));
        }),
      ),
    );
    expect(tries).toBe(3);
    expect((await both[0].reading.counts()).submission).toBe(2);
  });
});

describe('a number', () => {
  it('is a number, and none that a number cannot hold', async () => {
    const place = await engine.place();
    const store = await migrated(place);
    await store.count([totalRow({ n: Number.MAX_SAFE_INTEGER })]);
    expect(await store.reading.funnel({})).toMatchObject([{ n: Number.MAX_SAFE_INTEGER }]);
    await store.count([totalRow()]);
    await expect(store.reading.funnel({})).rejects.toThrow(RangeError);
  });
});

describe('the disk', () => {
  it('is waited for by every unit of work, and by no count of a limit', async () => {
    const place = await engine.place();
    const store = openPostgres(place, { connections: 1 });
    onTestFinished(() => store.close());
    await store.migrate();
    const client = new Client(place);
    await client.connect();
    onTestFinished(() => client.end());
    await client.query(`
      create table seen (n serial, what text, waits text);
      create function see() returns trigger language plpgsql as $$ begin
        insert into seen (what, waits) values (tg_table_name || ' ' || coalesce(new.key, ''), current_setting('synchronous_commit'));
        return new; end $$;
      create trigger see before insert on limit_count for each row execute function see()`);
    const window = { most: 5, milliseconds: 1000 };
    await store.limits.take('network', window, noon);
    await store.limits.addLoad('mails', 1000, noon);
    await store.transaction((records) => records.take('mailbox', window, noon));
    await store.check();
    const { rows } = await client.query('select what, waits from seen order by n');
    expect(rows).toEqual([
      { what: 'limit_count network', waits: 'off' },
      { what: 'limit_count mails', waits: 'off' },
      { what: 'limit_count mailbox', waits: 'on' },
      { what: 'limit_count check', waits: 'on' },
    ]);
  });
});

describe('a count that every form changes', () => {
  it('is changed in its place, so that no index has to be', async () => {
    const place = await engine.place();
    const store = await migrated(place);
    for (let form = 0; form < 50; form++) await store.limits.addLoad('mails', 1000, noon + form);
    const client = new Client(place);
    await client.connect();
    onTestFinished(() => client.end());
    const changes = async () =>
      (
        await client.query<{ all: string; place: string }>(`
          select n_tup_upd as all, n_tup_hot_upd as place from pg_stat_user_tables
          where relname = 'limit_count' and schemaname = current_schema()`)
      ).rows[0];
    // PostgreSQL writes down what it counted once a connection is idle.
    await vi.waitFor(async () => expect(await changes()).toEqual({ all: '49', place: '49' }), patient);
  });
});

describe('a form', () => {
  it('waits eleven times for the database: to be let in, for the rate of mails, and in one unit', async () => {
    const { store, line } = await behindALine({ connections: 1 });
    const { context, mails } = scene(store, {}, { perNetwork: 30, perHour: 2000 });
    const capture = captureOf(context, { countView: () => {}, queued: () => {} });
    await store.check();
    const before = line.turns();
    expect(await capture.admit(visit)).toBeUndefined();
    const outcome = await capture.requestWhitepaper(paperForm('anna@example.com', ticked), visit);
    expect(line.turns() - before).toBe(11);
    expect(outcome).toEqual({ kind: 'accepted' });
    expect(await mails()).toHaveLength(1);
  });

  it('reads nobody else’s mails, where PostgreSQL planned that while there were none', async () => {
    const place = await engine.place();
    const store = openPostgres(place, { connections: 1 });
    onTestFinished(() => store.close());
    await store.migrate();
    const client = new Client(place);
    await client.connect();
    onTestFinished(() => client.end());
    // A plan is kept from the sixth time on.
    const ask = () => store.transaction((records) => records.mailsTo(ann.mailbox, 'ask:', noon));
    for (let form = 0; form < 8; form++) await ask();
    const people = Array.from({ length: 400 }, (_, n) => contactRow(`reader-${n}@example.com`));
    await store.transaction(async (records) => {
      await records.insert('contact', [ann, ...people]);
      const asked = [ann, ...people].map(({ id }) => outboxRow({ contactId: id, dedupeKey: `ask:${id}` }));
      await records.insert('outbox', asked);
    });
    const read = async () =>
      (
        await client.query<{ looks: number; rows: number }>(`
          select (seq_scan + idx_scan)::int as looks, (seq_tup_read + idx_tup_fetch)::int as rows
          from pg_stat_user_tables where relname = 'outbox' and schemaname = current_schema()`)
      ).rows[0];
    const before = await vi.waitFor(async () => {
      const now = await read();
      expect(now?.looks).toBeGreaterThan(0);
      return now;
    }, patient);
    for (let form = 0; form < 50; form++) expect(await ask()).toHaveLength(1);
    await vi.waitFor(async () => {
      const after = await read();
      expect((after?.looks ?? 0) - (before?.looks ?? 0)).toBeGreaterThanOrEqual(50);
      expect((after?.rows ?? 0) - (before?.rows ?? 0)).toBeLessThan(200);
    }, patient);
  });
});

describe('the connections', () => {
  it('are there before the first form, as many as there may be', async () => {
    const { store, line } = await behindALine({ connections: 4 });
    await store.check();
    expect(line.connections()).toBe(1);
    await store.connect();
    expect(line.connections()).toBe(4);
    await Promise.all(Array.from({ length: 8 }, () => store.check()));
    expect(line.connections()).toBe(4);
  });

  it('are no condition for a start: those that are not granted are asked for again', async () => {
    const { store, line } = await behindALine();
    await line.cut();
    await expect(store.connect()).resolves.toBeUndefined();
    line.restore();
    await expect(store.check()).resolves.toBeUndefined();
  });
});

describe('a server that is away', () => {
  it('makes the store unavailable, and its address does not appear in what is told', async () => {
    const store = openPostgres('postgres://ann:secret@127.0.0.1:1/nowhere');
    await expect(store.check()).rejects.toThrow(StoreUnavailable);
    await expect(keepAnn(store)).rejects.toThrow(/^PostgreSQL: (?!.*secret)/);
    await store.close();
  });

  it('makes the store unavailable when it lets nobody in', async () => {
    const place = new URL(await engine.place());
    place.password = 'wrong';
    await expect(engine.open(place.href).check()).rejects.toThrow(StoreUnavailable);
    const elsewhere = new URL(await engine.place());
    elsewhere.pathname = '/nowhere';
    await expect(engine.open(elsewhere.href).check()).rejects.toThrow(StoreUnavailable);
  });

  it('is asked again when it is back, also after it went in the middle of a unit', async () => {
    const { store, line } = await behindALine();
    const gone = store.transaction(async (records) => {
      await records.contactFor(ann);
      line.cut();
      await records.addSubmission(submissionRow({ contactId: ann.id }));
    });
    await expect(gone).rejects.toThrow(StoreUnavailable);
    await expect(store.check()).rejects.toThrow(StoreUnavailable);
    line.restore();
    await expect(store.check()).resolves.toBeUndefined();
    expect(await all(store.reading.rows('contact'))).toEqual([]);
    await expect(keepAnn(store)).resolves.toEqual(ann);
  });

  it('does not end the process when it goes while nobody asks anything', async () => {
    const { store, line } = await behindALine();
    await Promise.all([store.check(), store.check()]);
    const unit = store.transaction(async (records) => {
      await records.contact(ann.id);
      await line.cut();
    });
    await expect(unit).rejects.toThrow(StoreUnavailable);
    line.restore();
    await expect(keepAnn(store)).resolves.toEqual(ann);
  });

  it('is given up when it takes the connection and does not answer', async () => {
    const { store, line } = await behindALine({ statementTimeout: 100, connectTimeout: 100 });
    await vi.waitFor(() => store.check(), patient);
    line.silence();
    await expect(keepAnn(store)).rejects.toThrow(StoreUnavailable);
    await expect(store.check()).rejects.toThrow(StoreUnavailable);
    line.restore();
    await vi.waitFor(() => store.check(), patient);
  });
});

describe('what takes too long', () => {
  it('makes the store unavailable: a lock that is not let go of', async () => {
    const place = await engine.place();
    await keepAnn(await migrated(place));
    const store = openPostgres(place, { statementTimeout: 100 });
    onTestFinished(() => store.close());
    const other = new Client(place);
    await other.connect();
    await other.query('begin; lock table contact');
    try {
      const refused = keepAnn(store);
      await expect(refused).rejects.toThrow(StoreUnavailable);
      await expect(refused).rejects.toThrow(/statement timeout/);
    } finally {
      await other.end();
    }
    await expect(keepAnn(engine.open(place))).resolves.toEqual(ann);
  });

  it('makes the store unavailable: a connection that does not become free', async () => {
    const place = await engine.place();
    await migrated(place);
    const store = openPostgres(place, { connections: 1, connectTimeout: 200 });
    onTestFinished(() => store.close());
    await vi.waitFor(() => store.check(), patient);
    const { promise, resolve } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const long = store.transaction(async () => {
      begin();
      await promise;
    });
    await begun;
    await expect(store.check()).rejects.toThrow(StoreUnavailable);
    resolve();
    await long;
    await vi.waitFor(() => store.check(), patient);
  });
});

async function migrated(place: string): Promise<Store> {
  const store = engine.open(place);
  await store.migrate();
  return store;
}

/** A migrated store whose way to the server can be cut. */
async function behindALine(options?: PostgresOptions) {
  const place = new URL(await engine.place());
  await migrated(place.href);
  const line = await lineTo(place.hostname, Number(place.port));
  place.port = String(line.port);
  const store = openPostgres(place.href, options);
  onTestFinished(async () => {
    line.restore();
    await store.close();
    await line.end();
  });
  return { store, line };
}

/** Passes on what comes, until it is cut or falls silent. */
async function lineTo(host: string, port: number) {
  const sockets = new Set<Socket>();
  let state: 'whole' | 'cut' | 'silent' = 'whole';
  let turns = 0;
  let isAnswered = true;
  const kept = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    return socket;
  };
  const server = createServer((near) => {
    kept(near);
    if (state === 'cut') return void near.destroy();
    if (state === 'silent') return;
    const far = kept(connect(port, host));
    near.on('data', (data) => {
      if (isAnswered) turns += 1;
      isAnswered = false;
      if (state !== 'silent') far.write(data);
    });
    far.on('data', (data) => {
      isAnswered = true;
      if (state !== 'silent') near.write(data);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = async () => {
    state = 'cut';
    const closed = [...sockets].map((socket) => once(socket, 'close'));
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
  };
  return {
    port: (server.address() as AddressInfo).port,
    /** Each has two ends. */
    connections: () => sockets.size / 2,
    /** How often something was asked after an answer. */
    turns: () => turns,
    cut,
    silence: () => void (state = 'silent'),
    restore: () => void (state = 'whole'),
    async end() {
      await cut();
      server.close();
    },
  };
}
