import { sql, type Kysely, type Transaction } from 'kysely';
import type { DeskReading, DeskRecords } from '#capture/store/desk.ts';
import type { Store } from '#capture/store/store.ts';
import type { DeskSessionRow, Tables } from '#capture/store/tables.ts';
import { waitingLeads } from './sql-waiting-leads.ts';

/** What a unit of work does with who is at the desk, in SQL that both engines understand. */
export function deskRecords(unit: Transaction<Tables>, { locksRows }: { locksRows: boolean }): DeskRecords {
  return {
    async addSignIn(signIn) {
      await unit.insertInto('signIn').values(signIn).execute();
    },
    signIn: (id) =>
      unit
        .selectFrom('signIn')
        .selectAll()
        .where('id', '=', id)
        .$if(locksRows, (query) => query.forUpdate())
        .executeTakeFirst(),
    async useSignIn(id, at) {
      await unit.updateTable('signIn').set({ usedAt: at }).where('id', '=', id).execute();
    },
    async addSession(session) {
      await unit.insertInto('deskSession').values(session).execute();
    },
    deskSession: (hash) =>
      sessionWith(unit, hash)
        .$if(locksRows, (query) => query.forUpdate())
        .executeTakeFirst(),
    async updateSession({ id, ...session }) {
      await unit.updateTable('deskSession').set(session).where('id', '=', id).execute();
    },
    async endSession(id, owner) {
      const { numDeletedRows } = await unit
        .deleteFrom('deskSession')
        .where('id', '=', id)
        .$if(owner !== undefined, (query) => query.where('owner', '=', owner ?? ''))
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },
    async endOtherSessions(owner, id) {
      const { numDeletedRows } = await unit
        .deleteFrom('deskSession')
        .where('owner', '=', owner)
        .where('id', '<>', id)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
    async addPasskey(passkey) {
      const { numInsertedOrUpdatedRows } = await unit
        .insertInto('passkey')
        .values(passkey)
        .onConflict((known) => known.column('id').doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    passkey: (id) =>
      unit
        .selectFrom('passkey')
        .selectAll()
        .where('id', '=', id)
        .$if(locksRows, (query) => query.forUpdate())
        .executeTakeFirst(),
    async usePasskey(id, counter, at) {
      await unit.updateTable('passkey').set({ counter, usedAt: at }).where('id', '=', id).execute();
    },
    async deletePasskey(owner, id) {
      const { numDeletedRows } = await unit
        .deleteFrom('passkey')
        .where('owner', '=', owner)
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },
  };
}

/** What the desk reads, in SQL that both engines understand. */
export function deskReading(db: Kysely<Tables>): DeskReading {
  return {
    deskSession: (hash) => sessionWith(db, hash).executeTakeFirst(),
    deskSessions: (owner) =>
      db
        .selectFrom('deskSession')
        .selectAll()
        .$if(owner !== undefined, (query) => query.where('owner', '=', owner ?? ''))
        .orderBy('seenAt', 'desc')
        .orderBy('id')
        .execute(),
    passkeys: (owner) =>
      db.selectFrom('passkey').selectAll().where('owner', '=', owner).orderBy('at').orderBy('id').execute(),
    audit: (most, before) =>
      db
        .selectFrom('audit')
        .selectAll()
        .$if(before !== undefined, (query) =>
          query.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('at', 'id'), '<', tuple(before?.at ?? 0, before?.id ?? '')),
          ),
        )
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(most)
        .execute(),
    async outboxTotals() {
      // In the words of the indexes that hold these rows; what was sent is in none, and is far more.
      const totals = [sql<boolean>`state in ('ready', 'leased')`, sql<boolean>`state = 'dead'`].map((which) =>
        db
          .selectFrom('outbox')
          .select(({ fn }) => ['lane', 'state', fn.countAll<number>().as('n')])
          .where(which)
          .groupBy(['lane', 'state'])
          .execute(),
      );
      return (await Promise.all(totals)).flat();
    },
    async limitedNetworks(most, now) {
      const { rows } = await sql<{ n: number }>`
        select count(*) as n from limit_count where key >= 'network:' and key < 'network;' and n >= ${most} and at > ${now}
      `.execute(db);
      return rows[0]?.n ?? 0;
    },
    waitingLeads: (filter) => waitingLeads(db, filter),
  };
}

/** Deletes what the desk needs no more. */
export async function pruneDesk(
  unit: Transaction<Tables>,
  { owners, expired, seen, begun, audited }: Parameters<Store['pruneDesk']>[0],
): Promise<void> {
  // A list cannot be empty; no address is.
  const known = owners.length > 0 ? owners : [''];
  await unit.deleteFrom('signIn').where('expiresAt', '<', expired).execute();
  await unit
    .deleteFrom('deskSession')
    .where(({ eb, or }) => or([eb('owner', 'not in', known), eb('seenAt', '<', seen), eb('at', '<', begun)]))
    .execute();
  await unit.deleteFrom('passkey').where('owner', 'not in', known).execute();
  await unit.deleteFrom('audit').where('at', '<', audited).where('subjectHmac', 'is', null).execute();
}

const sessionWith = (db: Kysely<Tables>, hash: string) =>
  db
    .selectFrom('deskSession')
    .selectAll()
    .where(({ eb, or }) => or([eb('hash', '=', hash), eb('formerHash', '=', hash)]))
    .$castTo<DeskSessionRow>();
