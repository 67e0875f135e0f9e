import { describe, expect, inject, it } from 'vitest';
import { unwritten } from '#capture/outbox/issues.ts';
import { moveStore, type MoveProgress } from '#capture/owner/move-store.ts';
import { StoreUnavailable, type Store } from '#capture/store/store.ts';
import type { Tables } from '#capture/store/tables.ts';
import {
  auditRow,
  bounceRow,
  commentRow,
  consentEventRow,
  contactRow,
  idAt,
  leadEventRow,
  leadRow,
  noon,
  outboxRow,
  questionRow,
  submissionRow,
  tokenRow,
  totalRow,
  wording,
} from './rows.ts';
import { all } from './store.contract.ts';
import { postgres, sqlite } from './stores.ts';

const url = inject('postgresUrl');

describe.each([
  { way: 'SQLite to PostgreSQL', from: sqlite, into: postgres(url) },
  { way: 'PostgreSQL to SQLite', from: postgres(url), into: sqlite },
])('a store that moves from $way', ({ from, into }) => {
  it('has everything there, as it was', async () => {
    const source = await from.fresh();
    await fill(source);
    const target = into.open(await into.place());
    const steps: MoveProgress[] = [];

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
    await fill(source);
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
    await fill(source);
    await target.count([totalRow()]);
    expect(await moveStore(source, target)).toMatchObject({ kind: 'not-empty', rows: { funnelDay: 1, contact: 0 } });
    expect(await target.reading.counts()).toMatchObject({ funnelDay: 1, contact: 0 });
  });

  it('leaves the target empty when someone writes to the source meanwhile', async () => {
    const [source, target] = [await from.fresh(), await into.fresh()];
    await fill(source);
    const outcome = await moveStore(changing(source, 'submission'), target);
    expect(outcome).toEqual({ kind: 'changed', table: 'submission' });
    expect(Math.max(...Object.values(await target.reading.counts()))).toBe(0);
  });

  it('leaves the target empty when the source fails in the middle', async () => {
    const [source, target] = [await from.fresh(), await into.fresh()];
    await fill(source);
    await expect(moveStore(failing(source, 'token'), target)).rejects.toThrow(StoreUnavailable);
    expect(Math.max(...Object.values(await target.reading.counts()))).toBe(0);
  });

  it('notices what is not the same in the target', async () => {
    const [source, target] = [await from.fresh(), await into.fresh()];
    await fill(source);
    expect(await moveStore(source, altering(target, 'audit'))).toEqual({ kind: 'differs', table: 'audit' });
  });
});

async function fill(store: Store): Promise<void> {
  const contacts = Array.from({ length: 1102 }, (_, index) =>
    contactRow(`${index}@example.com`, {
      name: index % 2 ? `Reader ${index} ü東😀\n"` : null,
      createdAt: noon + index,
    }),
  );
  await store.transaction(async (records) => {
    await records.insert('contact', contacts);
    await records.keepConsentText(wording);
    for (const { id } of contacts.slice(0, 5)) {
      const submission = submissionRow({ contactId: id, dedupeKey: id, utm: '{"utm_source":"ü"}' });
      await records.addSubmission(submission);
      await records.addToken(tokenRow(id, { submissionId: submission.id }));
      await records.addConsentEvent(consentEventRow(id, { textId: wording.id, ip: null }));
      await records.setSubscription({ contactId: id, topic: 'newsletter', status: 'confirmed', confirmedAt: noon });
    }
    await records.addSubmission(submissionRow({ verdict: 'honeypot' }));
    await records.enqueue(outboxRow({ contactId: contacts[0]?.id ?? null }));
    await records.enqueue(outboxRow({ state: 'leased', leaseUntil: noon + 9, attempts: 3, lastError: '451' }));
    await records.enqueue(outboxRow({ kind: 'webhook', state: 'dead', id: idAt(0) }));
    await records.suppress({ emailHmac: 'ab', reason: 'erased', at: noon });
    await records.count(totalRow());
    await records.addAudit(auditRow());
    const owner = 'ann@example.com';
    await records.addSignIn({
      ...{ id: idAt(noon), owner, browserHash: 'ab', at: noon, expiresAt: noon + 9, usedAt: null },
    });
    await records.addSession({
      ...{ id: idAt(noon), owner, hash: 'cd', formerHash: null, formerUntil: null, way: 'mail', browser: 'Firefox' },
      ...{ at: noon, rotatedAt: noon, seenAt: noon },
    });
    await records.addPasskey({
      ...{ id: 'k1', owner, publicKey: 'ef', counter: 0, transports: '[]', name: 'Phone ü', at: noon, usedAt: null },
    });
    const parent = commentRow({ state: 'approved', published: 1, repliesTextId: wording.id, at: noon + 9 });
    // Its id comes before that of what it replies to.
    const reply = commentRow({ parentId: parent.id, answersId: parent.id, contactId: contacts[0]?.id ?? null });
    await records.insert('comment', [parent, reply]);
    const lead = leadRow(contacts[2]?.id ?? '', {
      state: 'won',
      value: 145_000,
      partner: 'haddock',
      source: 'partner',
    });
    await records.insert('lead', [lead, leadRow(null, { state: 'unwanted' })]);
    await records.keepIssue({ ...unwritten('posts/two'), subject: 'A lamp ü东😀', version: 1 });
    await records.addBounce(bounceRow(contacts[3]?.id ?? ''));
    await records.addPartnerLink({ id: idAt(noon), partner: 'ferry', at: noon, revokedAt: null });
    await records.addLeadEvent(leadEventRow(lead, { note: 'Rang twice. ü東😀\n"' }));
    await records.addQuestion(questionRow(contacts[1]?.id ?? '', { quoteTextId: wording.id, answer: 'Me. ü東😀\n"' }));
  });
}

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
