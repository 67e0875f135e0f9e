import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, describe, inject } from 'vitest';
import { openPostgres } from '#capture/store/adapters/postgres.ts';
import { openSqlite } from '#capture/store/adapters/sqlite.ts';
import type { Store } from '#capture/store/store.ts';

/** An engine, and what tests do to it. */
export interface TestEngine {
  name: 'SQLite' | 'PostgreSQL';
  /** A store that has its tables and no rows. It is closed and removed when the test ends. */
  fresh(): Promise<Store>;
  /** Where a new store would be: a file, or an address; with nothing in it. */
  place(): Promise<string>;
  /** Opens what is at that place, as another process would. It is closed when the test ends. */
  open(place: string): Store;
}

/**
 * Describes the same behaviour on SQLite and, in a project whose tests are given a `postgresUrl`, on PostgreSQL:
 *
 * ```ts
 * forEachStore('unsubscribing', ({ fresh }) => {
 *   it('is kept', async () => {
 *     const store = await fresh();
 * ```
 */
export function forEachStore(title: string, tests: (engine: TestEngine) => void): void {
  const url: string | undefined = inject('postgresUrl');
  const engines = url === undefined ? [sqlite] : [sqlite, postgres(url)];
  describe.each(engines)(`${title} ($name)`, (engine) => tests(engine));
}

/** What is closed and removed after each test, last first. */
const leftovers: (() => unknown)[] = [];

/** Ends what the test opened. Registered by whoever imports this module, for its whole file. */
afterEach(async () => {
  for (const end of leftovers.splice(0).toReversed()) await end();
});

function engine(name: TestEngine['name'], place: () => Promise<string>, open: (place: string) => Store): TestEngine {
  const opened = (where: string) => {
    const store = open(where);
    leftovers.push(() => store.close());
    return store;
  };
  return {
    name,
    place,
    open: opened,
    async fresh() {
      const store = opened(await place());
      await store.migrate();
      return store;
    },
  };
}

export const sqlite = engine(
  'SQLite',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'd-files-store-'));
    leftovers.push(() => rmSync(folder, { recursive: true, force: true }));
    return join(folder, 'd-files.db');
  },
  openSqlite,
);

/** The engine with a schema of the server at `url` for each store. */
export const postgres = (url: string) =>
  engine(
    'PostgreSQL',
    async () => {
      const schema = `test_${randomUUID().replaceAll('-', '')}`;
      const client = new Client(url);
      await client.connect();
      await client.query(`create schema ${schema}`);
      await client.end();
      leftovers.push(async () => {
        const remover = new Client(url);
        await remover.connect();
        await remover.query(`drop schema ${schema} cascade`);
        await remover.end();
      });
      const place = new URL(url);
      place.searchParams.set('options', `-c search_path=${schema}`);
      return place.href;
    },
    openPostgres,
  );
