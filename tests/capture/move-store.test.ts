import { describe, expect, inject, it } from 'vitest';
import type { CopyProgress } from '#capture/owner/copy-rows.ts';
import { moveStore } from '#capture/owner/move-store.ts';
import { StoreUnavailable, type Store } from '#capture/store/store.ts';
import type { Tables } from '#capture/store/tables.ts';
import { fillStore } from './filled-store.ts';
import { contactRow, noon, submissionRow, totalRow } from './rows.ts';
import { all } from './store.contract.ts';
import { postgres, sqlite } from './stores.ts';

const url = inject('postgresUrl');

describe.each([
  { way: 'SQLite to PostgreSQL', from: sqlite, into: postgres(url) },
  { way: 'PostgreSQL to SQLite', from: postgres(url), into: sqlite },
])('a store that moves from $way', ({ from, into }) => {
  it('has everything there, as it was', async () => {
    const source = await from.fresh();
    await fillStore(source);
    const target = into.open(await into.place());
    const steps: CopyProgress[] = [];

    const outcome = await moveStore(source, target, (progress) => void steps.push(progress));

    const counts = await source.reading.counts();
    expect(outcome).toEqual({ kind: 'moved', rows: counts });
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(0);
    for (const table of Object.keys(counts) as (keyof Tables)[])
      expect(await all(target.reading.rows(table))).toEqual(await all(source.reading.rows(table)));
    expect(steps.filter(({ table }) => table === 'contact')).toEqual(
      (['copies', 'compares'] as const).flatMap((step) =>
        [500, 1000, 1102].map((done) => ({ step, table: 'contact', done, of: 1102 })),
      ),
    );
  });

  it('goes on there: what is due is leased, and no address is taken twice', async () => {
    const source = await from.fresh();
    await fillStore(source);
    const target = await into.fresh();
    await moveStore(source, target);
    const leased = await target.outbox.lease('answer', 10, noon, noon + 1);
    expect(leased).toHaveLength(1);
    const known = await target.transaction((records) => records.contactFor(contactRow('7@example.com')));
    expect((await target.reading.counts()).contact).toBe(1102);
    expect(known.name).toBe('Reader 7 ü東😀\n"');
  });

  it('is refused by a target that has rows, and leaves it as it is', async () => {
    const [source, target] = [await from.fresh(), await into.fresh()];
    await fillStore(source);
    await target.count([totalRow()]);
    expect(await moveStore(source, target)).toMatchObject({ kind: 'not-empty', rows: { funnelDay: 1, contact: 0 } });
    expect(await target.reading.counts()).toMatchObject({ funnelDay: 1, contact: 0 });
  });

  it('leaves the target empty when someone writes to the source meanwhile', async () => {
    const [source, target] = [await from.fresh(), await into.fresh()];
    await fillStore(source);
    const outcome = await moveStore(changing(source, 'submission'), target);
    expect(outcome).toEqual({ kind: 'changed', table: 'submission' });
    expect(Math.max(...Object.values(await target.reading.counts()))).toBe(0);
  });

  it('leaves the target empty when the source fails in the middle', async () => {
    const [source, target] = [await from.fresh(), await into.fresh()];
    await fillStore(source);
    await expect(moveStore(failing(source, 'token'), target)).rejects.toThrow(StoreUnavailable);
    expect(Math.max(...Object.values(await target.reading.counts()))).toBe(0);
  });

  it('notices what is not the same in the target', async () => {
    const [source, target] = [await from.fresh(), await into.fresh()];
    await fillStore(source);
    expect(await moveStore(source, altering(target, 'audit'))).toEqual({ kind: 'differs', table: 'audit' });
  });
});

/** The store, with what it reads of one table changed. */
function reading(
  store: Store,
  table: keyof Tables,
  change: <Row>(rows: AsyncIterable<Row>) => AsyncIterable<Row>,
): Store {
  const rows: Store['reading']['rows'] = (name) =>
    name === table ? change(store.reading.rows(name)) : store.reading.rows(name);
  return { ...store, reading: { ...store.reading, rows } };
}

/** As if someone had added a row after the rows were counted. */
function changing(store: Store, table: keyof Tables): Store {
  return reading(store, table, async function* (rows) {
    yield* rows;
    yield submissionRow() as never;
  });
}

function failing(store: Store, table: keyof Tables): Store {
  return reading(store, table, async function* (rows) {
    for await (const row of rows) {
      yield row;
      throw new StoreUnavailable('The disk is gone');
    }
  });
}

/** As if what was kept were not what was put there. */
function altering(store: Store, table: keyof Tables): Store {
  return reading(store, table, async function* (rows) {
    for await (const row of rows) yield { ...row, action: 'other' };
  });
}
