import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { migrations } from '#capture/store/adapters/migrations.ts';
import type { Records, Store } from '#capture/store/store.ts';
import { tokenKinds, type ContactRow, type OutboxRow } from '#capture/store/tables.ts';
import {
  auditRow,
  consentEventRow,
  contactRow,
  idAt,
  leadEventRow,
  leadRow,
  noon,
  outboxRow,
  submissionRow,
  tokenRow,
  totalRow,
  wording,
} from './rows.ts';
import type { TestEngine } from './stores.ts';

/** What use cases rely on, whatever the engine. */
export function storeContract({ fresh, place, open }: TestEngine): void {
  let store: Store;
  beforeEach(async () => {
    store = await fresh();
  });

  const within = <T>(work: (records: Records) => Promise<T>) => store.transaction(work);
  const known = (emailNorm: string, row: Partial<ContactRow> = {}) =>
    within((records) => records.contactFor(contactRow(emailNorm, row)));
  const queued = (...rows: Partial<OutboxRow>[]) =>
    within(async (records) => {
      const added = rows.map((row) => outboxRow(row));
      for (const row of added) await records.enqueue(row);
      return added.map(({ id }) => id);
    });

  describe('a unit of work', () => {
    it('is kept as a whole', async () => {
      const told = await within(async (records) => {
        const contact = await records.contactFor(contactRow('ann@example.com'));
        await records.addSubmission(submissionRow({ contactId: contact.id }));
        return contact.email;
      });
      expect(told).toBe('ann@example.com');
      expect(await store.reading.counts()).toMatchObject({ contact: 1, submission: 1 });
    });

    it('leaves nothing behind when it throws, and passes on what was thrown', async () => {
      const mistake = new TypeError('the seventh step');
      const failing = within(async (records) => {
        await records.contactFor(contactRow('ann@example.com'));
        await records.enqueue(outboxRow());
        await records.count(totalRow());
        throw mistake;
      });
      await expect(failing).rejects.toBe(mistake);
      expect(Object.values(await store.reading.counts()).every((count) => count === 0)).toBe(true);
    });

    it('leaves nothing behind when a row is refused', async () => {
      const failing = within(async (records) => {
        await records.contactFor(contactRow('ann@example.com'));
        await records.addToken(tokenRow('nobody'));
      });
      await expect(failing).rejects.toThrow(/foreign key/i);
      expect(await store.reading.counts()).toMatchObject({ contact: 0, token: 0 });
    });

    it('does its statements in the order in which they are called, though none is waited for', async () => {
      const ann = contactRow('ann@example.com');
      const [, , , , events] = await within((records) =>
        Promise.all([
          records.contactFor(ann),
          records.keepConsentText(wording),
          records.addConsentEvent(consentEventRow(ann.id, { textId: wording.id })),
          records.addToken(tokenRow(ann.id)),
          records.consentEvents(ann.id),
        ]),
      );
      expect(events).toHaveLength(1);
      expect(await store.reading.counts()).toMatchObject({ contact: 1, consentEvent: 1, token: 1 });
    });

    it('that has failed does no more of what it left under way', async () => {
      const { promise: failed, resolve: fail } = Promise.withResolvers<void>();
      let late: Promise<unknown> = failed;
      const failing = within((records) => {
        late = failed.then(() => records.addAudit(auditRow()));
        return Promise.all([
          records.contactFor(contactRow('ann@example.com')),
          records.addToken(tokenRow('nobody')),
          late,
        ]);
      });
      await expect(failing).rejects.toThrow(/foreign key/i);
      fail();
      await expect(late).rejects.toThrow('is over');
      expect(await store.reading.counts()).toMatchObject({ contact: 0, audit: 0 });
    });

    it('that fails leaves those alone that run at the same time', async () => {
      const units = await Promise.allSettled(
        Array.from({ length: 120 }, (_, index) =>
          within(async (records) => {
            await records.contactFor(contactRow(`${index}@example.com`));
            if (index % 10 === 3) throw new RangeError(String(index));
            return index;
          }),
        ),
      );
      const fulfilled = units.flatMap((unit) => (unit.status === 'fulfilled' ? unit.value : []));
      expect(fulfilled).toEqual(Array.from({ length: 120 }, (_, index) => index).filter((index) => index % 10 !== 3));
      const kept = (await all(store.reading.rows('contact'))).map(({ email }) => Number.parseInt(email, 10));
      expect(kept.toSorted((one, two) => one - two)).toEqual(fulfilled);
    });

    it('does not meet another one about the same contact', async () => {
      const ann = await known('ann@example.com');
      let inside = 0;
      let most = 0;
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          within(async (records) => {
            await (index % 2 ? records.contact(ann.id) : records.contactByAddress('ann@example.com'));
            most = Math.max(most, ++inside);
            await records.consentEvents(ann.id);
            inside -= 1;
          }),
        ),
      );
      expect(most).toBe(1);
    });

    it('does not meet one of another process about the same contact', async () => {
      const where = await place();
      const processes = [open(where), open(where)] as const;
      await processes[0].migrate();
      await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          processes[index % 2 ? 1 : 0].transaction(async (records) => {
            await records.suppressionOf(['ab']);
            await setImmediate();
            const contact = await records.contactFor(contactRow('ann@example.com'));
            if ((await records.submissionsOf(contact.id)).length < 3)
              await records.addSubmission(submissionRow({ contactId: contact.id }));
          }),
        ),
      );
      expect(await processes[1].reading.counts()).toMatchObject({ contact: 1, submission: 3 });
    });

    it('makes one contact of 100 that come at once, and counts each', async () => {
      const contacts = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          within(async (records) => {
            const contact = await records.contactFor(contactRow('ann@example.com', { company: `Company ${index}` }));
            const count = (await records.mailsTo(contact.mailbox, 'ask:', 0)).length;
            if (count < 3) await records.enqueue(outboxRow({ contactId: contact.id }));
            await records.count(totalRow({ event: 'submit' }));
            return contact;
          }),
        ),
      );
      expect(new Set(contacts.map(({ id, company }) => `${id} ${company}`)).size).toBe(1);
      expect(await store.reading.counts()).toMatchObject({ contact: 1, outbox: 3 });
      expect(await store.reading.funnel({})).toMatchObject([{ event: 'submit', n: 100 }]);
    });
  });

  describe('a contact', () => {
    it('stays as it is when it comes again, but for its mailbox, and has the name that it is given', async () => {
      const first = await known('ann@example.com', { email: 'Ann@Example.com', name: 'Ann', mailbox: 'unknown' });
      const second = await known('ann@example.com', { email: 'ANN@example.com', name: 'Anna', company: 'Tide Ltd' });
      expect(second).toEqual({ ...first, mailbox: 'ann@example.com' });
      await within((records) => records.nameContact(first.id, null, 'Tide Ltd'));
      expect(await known('ann@example.com')).toEqual({ ...second, name: null, company: 'Tide Ltd' });
    });

    it('is found by its id and by its address', async () => {
      const ann = await known('ann@example.com', { name: 'Ann “A” \n Lee' });
      await within(async (records) => {
        expect(await records.contact(ann.id)).toEqual(ann);
        expect(await records.contactByAddress('ann@example.com')).toEqual(ann);
        expect(await records.contact('nobody')).toBeUndefined();
        expect(await records.contactByAddress('Ann@example.com')).toBeUndefined();
      });
    });

    it('is confirmed by an event that confirms, and by no other', async () => {
      const ann = await known('ann@example.com');
      await within((records) => records.addConsentEvent(consentEventRow(ann.id, { action: 'given' })));
      expect(await within((records) => records.confirmations(ann.id))).toEqual([]);
      await within((records) => records.addConsentEvent(consentEventRow(ann.id, { action: 'confirmed' })));
      expect(await within((records) => records.confirmations(ann.id))).toMatchObject([
        { ip: expect.any(String) as string },
      ]);
    });

    it('takes all that is its own with it, and leaves submissions, audits and totals', async () => {
      const [ann, bob] = [await known('ann@example.com'), await known('bob@example.com')];
      await within(async (records) => {
        await records.keepConsentText(wording);
        for (const { id } of [ann, bob]) {
          const submission = submissionRow({ contactId: id });
          await records.addSubmission(submission);
          const lead = leadRow(id, { id: submission.id });
          await records.addLead(lead);
          await records.addLeadEvent(leadEventRow(lead));
          await records.addToken(tokenRow(id, { submissionId: submission.id }));
          await records.addConsentEvent(consentEventRow(id, { textId: wording.id }));
          await records.setSubscription({ contactId: id, topic: 'newsletter', status: 'confirmed', confirmedAt: noon });
          await records.enqueue(outboxRow({ contactId: id }));
        }
        await records.enqueue(outboxRow({ kind: 'webhook' }));
        await records.addAudit(auditRow());
        await records.count(totalRow());
      });

      await within((records) => records.deleteContact(ann.id));

      expect(await store.reading.counts()).toEqual({
        ...{ contact: 1, subscription: 1, consentText: 1, consentEvent: 1, submission: 2, token: 1, outbox: 2 },
        ...{ suppression: 0, funnelDay: 1, audit: 1, comment: 0, question: 0, lead: 2, leadEvent: 1 },
        ...{ signIn: 0, deskSession: 0, passkey: 0 },
        ...{ partnerLink: 0, issue: 0, alert: 0, heardDay: 0, bounce: 0 },
      });
      const owners = (await all(store.reading.rows('submission'))).map(({ contactId }) => contactId);
      expect(owners.toSorted()).toEqual([bob.id, null].toSorted());
      await within(async (records) => {
        expect(await records.contact(ann.id)).toBeUndefined();
        expect(await records.submissionsOf(ann.id)).toEqual([]);
      });
    });
  });

  describe('consent', () => {
    it('keeps a wording as it was first', async () => {
      await within((records) => records.keepConsentText(wording));
      await within((records) => records.keepConsentText({ ...wording, body: 'Other words' }));
      await within(async (records) => {
        expect(await records.consentText(wording.id)).toEqual(wording);
        expect(await records.consentText('unknown')).toBeUndefined();
      });
    });

    it('tells the events of a contact in order of time', async () => {
      const [ann, bob] = [await known('ann@example.com'), await known('bob@example.com')];
      const later = consentEventRow(ann.id, { action: 'confirmed', at: noon + 5, ip: null, ua: null });
      const sooner = consentEventRow(ann.id, { at: noon });
      await within(async (records) => {
        for (const event of [later, sooner, consentEventRow(bob.id)]) await records.addConsentEvent(event);
        expect(await records.consentEvents(ann.id)).toEqual([sooner, later]);
      });
    });

    it('refuses a wording that nobody keeps', async () => {
      const ann = await known('ann@example.com');
      const event = consentEventRow(ann.id, { textId: 'unknown' });
      await expect(within((records) => records.addConsentEvent(event))).rejects.toThrow(/foreign key/i);
    });

    it('has one subscription for each topic, the last that was set', async () => {
      const ann = await known('ann@example.com');
      const newsletter = { contactId: ann.id, topic: 'newsletter' };
      await within(async (records) => {
        await records.setSubscription({ ...newsletter, status: 'pending', confirmedAt: null });
        await records.setSubscription({ ...newsletter, status: 'confirmed', confirmedAt: noon });
        await records.setSubscription({ ...newsletter, topic: 'other', status: 'bounced', confirmedAt: null });
        expect(await records.subscription(ann.id, 'newsletter')).toEqual({
          ...newsletter,
          status: 'confirmed',
          confirmedAt: noon,
        });
        expect(await records.subscription(ann.id, 'unknown')).toBeUndefined();
      });
    });

    it('recognises a suppressed address until that is lifted', async () => {
      await within(async (records) => {
        expect(await records.suppressionOf(['ab'])).toBeUndefined();
        await records.suppress({ emailHmac: 'ab', reason: 'bounced', at: noon });
        await records.suppress({ emailHmac: 'ab', reason: 'erased', at: noon + 1 });
        await records.suppress({ emailHmac: 'cd', reason: 'bounced', at: noon + 2 });
        expect(await records.suppressionOf(['cd', 'ab'])).toMatchObject({ reason: 'erased' });
        expect(await records.suppressionOf(['a'])).toBeUndefined();
        await records.unsuppress('cd');
      });
      expect(await all(store.reading.rows('suppression'))).toEqual([
        { emailHmac: 'ab', reason: 'erased', at: noon + 1 },
      ]);
      await within((records) => records.unsuppress('ab'));
      expect(await within((records) => records.suppressionOf(['ab']))).toBeUndefined();
    });
  });

  describe('a submission', () => {
    it('is added once for its dedupe key, and as often as one likes without', async () => {
      const first = submissionRow({ dedupeKey: 'ann|inland|1', utm: '{"utm_source":"x"}', fromEntry: 'episodes/e' });
      await within(async (records) => {
        expect(await records.addSubmission(first)).toBe(true);
        expect(await records.addSubmission(submissionRow({ dedupeKey: 'ann|inland|1' }))).toBe(false);
        expect(await records.addSubmission(submissionRow())).toBe(true);
        expect(await records.addSubmission(submissionRow())).toBe(true);
        expect(await records.submission(first.id)).toEqual(first);
        expect(await records.submission('unknown')).toBeUndefined();
      });
      expect((await store.reading.counts()).submission).toBe(3);
    });

    it('is added by one of two units that run at once', async () => {
      const added = await Promise.all(
        [1, 2].map(() => within((records) => records.addSubmission(submissionRow({ dedupeKey: 'same' })))),
      );
      expect(added.toSorted()).toEqual([false, true]);
    });

    it('is listed with the others of its contact in order of time', async () => {
      const ann = await known('ann@example.com');
      const later = submissionRow({ contactId: ann.id, at: noon + 1, asset: null });
      const sooner = submissionRow({ contactId: ann.id, at: noon });
      await within(async (records) => {
        for (const row of [later, sooner, submissionRow()]) await records.addSubmission(row);
        expect(await records.submissionsOf(ann.id)).toEqual([sooner, later]);
      });
    });
  });

  describe('a token', () => {
    it('is kept as it is, with each use that is counted', async () => {
      const ann = await known('ann@example.com');
      for (const kind of tokenKinds) {
        const row = tokenRow(ann.id, { kind, expiresAt: null, maxUses: null });
        await within((records) => records.addToken(row));
        await Promise.all([1, 2, 3].map(() => within((records) => records.addUse(row.id))));
        expect(await within((records) => records.token(row.id))).toEqual({ ...row, uses: 3 });
      }
      expect(await within((records) => records.token('unknown'))).toBeUndefined();
    });

    it('is used once where it may be used once, by 20 at the same time', async () => {
      const ann = await known('ann@example.com');
      const row = tokenRow(ann.id, { maxUses: 1 });
      await within((records) => records.addToken(row));
      await many(() => store.check());
      const allowed = await many(() =>
        within(async (records) => {
          const token = await records.token(row.id);
          await setImmediate();
          if (!token || token.uses >= (token.maxUses ?? 0)) return false;
          await records.addUse(row.id);
          return true;
        }),
      );
      expect(allowed.filter(Boolean)).toHaveLength(1);
    });

    it('keeps two links of one contact from being followed at once', async () => {
      const ann = await known('ann@example.com');
      const rows = [tokenRow(ann.id), tokenRow(ann.id)] as const;
      await within(async (records) => {
        for (const row of rows) await records.addToken(row);
      });
      await many(() => store.check());
      const confirmed = await many((index) =>
        within(async (records) => {
          await records.token(rows[index % 2 ? 1 : 0].id);
          const isConfirmed = (await records.confirmations(ann.id)).length > 0;
          await setImmediate();
          if (isConfirmed) return false;
          await records.addConsentEvent(consentEventRow(ann.id, { action: 'confirmed' }));
          return true;
        }),
      );
      expect(confirmed.filter(Boolean)).toHaveLength(1);
    });

    it('is gone, and nothing waits, where its contact is erased at the same time', async () => {
      const people = await Promise.all(Array.from({ length: 20 }, (_, index) => known(`${index}@example.com`)));
      for (const { id } of people)
        await within(async (records) => {
          await records.addToken(tokenRow(id, { id }));
          await records.enqueue(outboxRow({ contactId: id }));
        });
      await Promise.all(
        people.flatMap(({ id }) => [
          within((records) => records.deleteContact(id)),
          within(async (records) => {
            if (!(await records.token(id))) return;
            await records.addUse(id);
            await records.addConsentEvent(consentEventRow(id, { action: 'confirmed' }));
          }),
        ]),
      );
      expect(await store.reading.counts()).toMatchObject({ contact: 0, token: 0, consentEvent: 0, outbox: 0 });
    });
  });

  describe('the caps of mails', () => {
    it('count the mails to one mailbox with that beginning since that moment, and know the latest', async () => {
      const [ann, bob] = [await known('ann@example.com'), await known('bob@example.com')];
      const tagged = await known('ann+x@example.com', { mailbox: 'ann@example.com' });
      const own = { contactId: ann.id };
      await queued(
        { ...own, runAt: noon - 1 },
        { contactId: tagged.id, runAt: noon, state: 'done' },
        { ...own, runAt: noon + 9 },
        { ...own, runAt: noon + 99, dedupeKey: 'ask' },
        { ...own, runAt: noon + 99, dedupeKey: 'issue:episodes/e' },
        { ...own, runAt: noon + 99, kind: 'webhook' },
        { contactId: bob.id, runAt: noon + 99 },
      );
      await within(async (records) => {
        const mails = await records.mailsTo(ann.mailbox, 'ask:', noon);
        expect(mails.map(({ runAt }) => runAt).toSorted()).toEqual([noon, noon + 9]);
        expect(await records.mailsTo(ann.mailbox, 'none:', noon)).toEqual([]);
      });
    });

    it('take what looks like a pattern in the beginning as it stands', async () => {
      const ann = await known('ann@example.com');
      await queued({ contactId: ann.id, dedupeKey: 'a%b_c' }, { contactId: ann.id, dedupeKey: 'aXbYc' });
      await within(async (records) => {
        expect((await records.mailsTo(ann.mailbox, 'a%', 0)).map(({ dedupeKey }) => dedupeKey)).toEqual(['a%b_c']);
        expect(await records.mailsTo(ann.mailbox, 'A', 0)).toEqual([]);
      });
    });
  });

  describe('a mailbox', () => {
    it('is looked at by one unit after the other, of whatever contacts', async () => {
      const seen: number[] = [];
      await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          within(async (records) => {
            const mailbox = 'ann@example.com';
            await records.lockMailbox(mailbox);
            const { id } = await records.contactFor(contactRow(`ann+${index}@example.com`, { mailbox }));
            seen.push((await records.mailsTo(mailbox, 'ask:', 0)).length);
            await records.enqueue(outboxRow({ contactId: id }));
          }),
        ),
      );
      expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
    });
  });

  describe('the outbox', () => {
    const state = async (id: string) => (await all(store.reading.rows('outbox'))).find((row) => row.id === id);

    it('takes a row once for its dedupe key', async () => {
      await within(async (records) => {
        expect(await records.enqueue(outboxRow({ dedupeKey: 'same' }))).toBe(true);
        expect(await records.enqueue(outboxRow({ dedupeKey: 'same' }))).toBe(false);
      });
      expect((await store.reading.counts()).outbox).toBe(1);
    });

    it('leases what is due of a lane, in order of its moment, with one attempt more', async () => {
      const [third, first, second] = await queued(
        { runAt: noon },
        { runAt: noon - 9 },
        { runAt: noon - 5, attempts: 2 },
      );
      await queued({ runAt: noon + 1 }, { kind: 'webhook' }, { lane: 'issue' }, { state: 'done' }, { state: 'dead' });
      const leased = await store.outbox.lease('answer', 10, noon, noon + 60);
      expect(leased.map(({ id }) => id)).toEqual([first, second, third]);
      expect(leased.map(({ attempts }) => attempts)).toEqual([1, 3, 1]);
      expect(leased[0]).toMatchObject({ state: 'leased', leaseUntil: noon + 60, kind: 'mail' });
      expect(await store.outbox.lease('answer', 10, noon, noon + 60)).toEqual([]);
    });

    it('leases no more than it is asked for, the oldest first', async () => {
      const [, oldest] = await queued({ runAt: noon }, { runAt: noon - 9 }, { runAt: noon - 5 });
      expect((await store.outbox.lease('answer', 1, noon, noon + 60)).map(({ id }) => id)).toEqual([oldest]);
    });

    it('leases again what a worker that is gone had, once for whoever says that its lease has lapsed', async () => {
      const [id = ''] = await queued({}, { lane: 'issue', runAt: noon - 1 });
      await store.outbox.lease('answer', 10, noon, noon + 60);
      expect(await store.outbox.leases('answer')).toEqual([{ id, attempts: 1 }]);
      expect(await store.outbox.lease('answer', 10, noon + 1000, noon + 2000)).toEqual([]);
      const lapsed = [{ id, attempts: 1 }];
      const leased = await Promise.all([1, 2].map(() => store.outbox.lease('answer', 10, noon, noon + 99, lapsed)));
      expect(leased.flat()).toMatchObject([{ id, attempts: 2 }]);
    });

    it('leases 1,000 rows to eight workers, none of them twice', async () => {
      const where = await place();
      const workers = [open(where), open(where)];
      await workers[0]?.migrate();
      const rows = Array.from({ length: 1000 }, (_, index) => outboxRow({ runAt: noon + (index % 7) }));
      await workers[0]?.transaction((records) => records.insert('outbox', rows));

      const got: string[] = [];
      const work = async (worker: Store) => {
        for (;;) {
          const leased = await worker.outbox.lease('answer', 17, noon + 9, noon + 99);
          if (leased.length === 0) return;
          got.push(...leased.map(({ id }) => id));
          for (const lease of leased) await worker.outbox.finish(lease);
        }
      };
      await Promise.all([...workers, ...workers, ...workers, ...workers].map(work));
      expect(got).toHaveLength(1000);
      expect(new Set(got).size).toBe(1000);
      expect(await workers[0]?.outbox.progress('ask:')).toEqual({ ready: 0, leased: 0, done: 1000, dead: 0 });
    });

    it('settles only what is leased, by that lease', async () => {
      const [done, again, buried] = (await queued({}, { runAt: noon + 1 }, { runAt: noon + 2 })) as [
        string,
        string,
        string,
      ];
      const held = (id: string, attempts = 1) => ({ id, attempts });
      await store.outbox.finish(held(done, 0));
      await store.outbox.bury(held(buried, 0), 'too soon');
      expect(await store.outbox.progress('ask:')).toEqual({ ready: 3, leased: 0, done: 0, dead: 0 });

      await store.outbox.lease('answer', 10, noon + 9, noon + 60);
      await store.outbox.finish(held(done, 2));
      await store.outbox.retry(held(done, 0), noon, 'another worker’s');
      expect(await store.outbox.progress('ask:')).toEqual({ ready: 0, leased: 3, done: 0, dead: 0 });
      await store.outbox.finish(held(done));
      await store.outbox.retry(held(again), noon + 500, '451 later');
      await store.outbox.bury(held(buried), '550 no such user');
      const settled = { leaseUntil: null, attempts: 1 };
      expect(await state(done)).toMatchObject({ ...settled, state: 'done', lastError: null });
      expect(await state(again)).toMatchObject({
        ...settled,
        state: 'ready',
        runAt: noon + 500,
        lastError: '451 later',
      });
      expect(await state(buried)).toMatchObject({ ...settled, state: 'dead', lastError: '550 no such user' });

      await store.outbox.retry(held(done), noon, 'late');
      await store.outbox.finish(held(buried));
      expect(await store.outbox.progress('ask:')).toEqual({ ready: 1, leased: 0, done: 1, dead: 1 });
    });

    it('puts dead letters back, all or those that are named', async () => {
      const dead = { state: 'dead', attempts: 9, lastError: 'no' } as const;
      const [first, second, third] = await queued(...[1, 2, 3].map((later) => ({ ...dead, runAt: noon + later })));
      await queued({});
      expect((await store.outbox.dead()).map(({ id }) => id)).toEqual([first, second, third]);
      expect(await store.outbox.revive(noon + 50, [])).toBe(0);
      expect(await store.outbox.revive(noon + 50, [second ?? '', 'unknown'])).toBe(1);
      expect(await state(second ?? '')).toMatchObject({ state: 'ready', attempts: 0, runAt: noon + 50 });
      expect((await store.outbox.dead()).map(({ id }) => id)).toEqual([first, third]);
      expect(await store.outbox.revive(noon + 50)).toBe(2);
      expect(await store.outbox.dead()).toEqual([]);
    });

    it('tells since when something is due, of any kind, leases that are over included', async () => {
      expect(await store.outbox.oldestDue(noon)).toBeUndefined();
      await queued({ runAt: noon + 1 }, { runAt: noon - 100, state: 'leased', leaseUntil: noon + 1 });
      await queued({ runAt: noon - 200, state: 'done' });
      expect(await store.outbox.oldestDue(noon)).toBeUndefined();
      expect(await store.outbox.oldestDue(noon + 1)).toBe(noon - 100);
      await queued({ runAt: noon - 50, kind: 'webhook' });
      expect(await store.outbox.oldestDue(noon)).toBe(noon - 50);
    });

    it('tells when something of a lane will be due', async () => {
      expect(await store.outbox.nextDue('answer')).toBeUndefined();
      await queued({ runAt: noon + 30 }, { runAt: noon - 9, state: 'dead' }, { runAt: noon + 5, kind: 'webhook' });
      expect(await store.outbox.nextDue('answer')).toBe(noon + 30);
      await queued({ runAt: noon - 100, state: 'leased', leaseUntil: noon + 20 }, { runAt: noon, lane: 'issue' });
      expect(await store.outbox.nextDue('answer')).toBe(noon + 30);
      expect(await store.outbox.nextDue('webhook')).toBe(noon + 5);
    });

    it('tells the progress of the rows with one beginning', async () => {
      await queued({ dedupeKey: 'issue:e:1' }, { dedupeKey: 'issue:e:2', state: 'done' }, { dedupeKey: 'issue:f:1' });
      expect(await store.outbox.progress('issue:e:')).toEqual({ ready: 1, leased: 0, done: 1, dead: 0 });
    });

    it('prunes what was done before a moment, by its id, and nothing else', async () => {
      const old = { id: idAt(noon - 1), dedupeKey: 'old', state: 'done' } as const;
      const [dead, ready] = [
        { id: idAt(noon - 1), dedupeKey: 'dead', state: 'dead' } as const,
        { id: idAt(noon - 1), dedupeKey: 'ready' },
      ];
      await queued(old, dead, ready, { id: idAt(noon), dedupeKey: 'young', state: 'done' });
      const many = Array.from({ length: 1500 }, () => outboxRow({ runAt: noon - 5, state: 'done' }));
      await within((records) => records.insert('outbox', many));
      expect(await store.outbox.prune(noon)).toBe(1501);
      const left = (await all(store.reading.rows('outbox'))).map(({ dedupeKey }) => dedupeKey);
      expect(left.toSorted()).toEqual(['dead', 'ready', 'young']);
    });

    it('prunes dead letters that were tried last before a moment, whatever their ids, and nothing else', async () => {
      await queued(
        { dedupeKey: 'old', state: 'dead', runAt: noon - 1 },
        { dedupeKey: 'erasure', state: 'dead', id: idAt(0), runAt: noon },
        { dedupeKey: 'ready', runAt: noon - 1 },
        { dedupeKey: 'leased', state: 'leased', runAt: noon - 1, leaseUntil: noon },
        { dedupeKey: 'done', state: 'done', runAt: noon - 1 },
      );
      const many = Array.from({ length: 1500 }, () => outboxRow({ runAt: noon - 5, state: 'dead' }));
      await within((records) => records.insert('outbox', many));
      expect(await store.outbox.pruneDead(noon)).toBe(1501);
      const left = (await all(store.reading.rows('outbox'))).map(({ dedupeKey }) => dedupeKey);
      expect(left.toSorted()).toEqual(['done', 'erasure', 'leased', 'ready']);
    });
  });

  describe('the evidence of consents', () => {
    it('goes where the consent is from before a moment, and the consent stays', async () => {
      const person = contactRow('dora@example.com');
      const old = consentEventRow(person.id, { at: noon - 1, textId: wording.id, name: 'Dora' });
      const young = consentEventRow(person.id, { at: noon });
      await within(async (records) => {
        await records.insert('contact', [person]);
        await records.insert('consentText', [wording]);
        const many = Array.from({ length: 1200 }, () => consentEventRow(person.id, { at: noon - 5, ip: null }));
        await records.insert('consentEvent', [old, young, ...many]);
      });
      expect(await store.pruneEvidence(noon)).toBe(1201);
      const rows = await all(store.reading.rows('consentEvent'));
      expect(rows).toHaveLength(1202);
      expect(rows.find(({ id }) => id === old.id)).toEqual({ ...old, ip: null, ua: null });
      expect(rows.find(({ id }) => id === young.id)).toEqual(young);
      expect(rows.filter(({ ip, ua }) => ip !== null || ua !== null)).toHaveLength(1);
      expect(await store.pruneEvidence(noon)).toBe(0);
    });
  });

  describe('the counts of limits', () => {
    const window = { most: 2, milliseconds: 100 };

    it('give as many as a window has, and tell how long it is until the next', async () => {
      expect(await store.limits.take('a', window, noon)).toEqual({ kind: 'taken', n: 1 });
      expect(await store.limits.take('a', window, noon + 40)).toEqual({ kind: 'taken', n: 2 });
      expect(await store.limits.take('a', window, noon + 90)).toEqual({ kind: 'refused', wait: 10 });
      expect(await store.limits.take('b', window, noon + 90)).toEqual({ kind: 'taken', n: 1 });
      expect(await store.limits.taken('a', noon + 90)).toBe(2);
      expect(await store.limits.taken('a', noon + 100)).toBe(0);
      expect(await store.limits.take('a', window, noon + 100)).toEqual({ kind: 'taken', n: 1 });
    });

    it('begin a window anew that a clock began which was ahead', async () => {
      for (let time = 0; time < 2; time++) await store.limits.take('a', window, noon + 1000);
      expect(await store.limits.take('a', window, noon)).toEqual({ kind: 'taken', n: 1 });
    });

    it('give no more than a window has to many at once', async () => {
      const taken = await Promise.all(Array.from({ length: 40 }, () => store.limits.take('a', window, noon)));
      expect(taken.filter(({ kind }) => kind === 'taken')).toHaveLength(2);
    });

    it('add up a load that time works off, a second of it in a second, and never below nothing', async () => {
      expect(await store.limits.load('a', noon)).toBe(0);
      expect(await store.limits.addLoad('a', 500_000, noon)).toBe(500_000);
      expect(await store.limits.addLoad('a', 500_000, noon + 100)).toBe(900_000);
      expect(await store.limits.load('a', noon + 700)).toBe(300_000);
      expect(await store.limits.load('a', noon + 5000)).toBe(0);
      expect(await store.limits.addLoad('a', 10, noon + 5000)).toBe(10);
    });

    it('add up a load whole where many add at once, and where the clock goes back', async () => {
      await Promise.all(Array.from({ length: 20 }, () => store.limits.addLoad('a', 1000, noon)));
      expect(await store.limits.load('a', noon)).toBe(20_000);
      expect(await store.limits.addLoad('a', 1000, noon - 60_000)).toBe(21_000);
      expect(await store.limits.load('a', noon - 60_000 + 1)).toBe(20_000);
    });

    it('forget what was over before a moment, and nothing else', async () => {
      await store.limits.take('a', window, noon);
      await store.limits.take('b', window, noon + 50);
      await store.limits.prune(noon + 120);
      expect(await store.limits.taken('a', noon + 50)).toBe(0);
      expect(await store.limits.taken('b', noon + 50)).toBe(1);
    });
  });

  describe('the totals', () => {
    it('are added to, many at once, also by several at once and with one key twice', async () => {
      const other = totalRow({ landing: '/newsletter/', n: 5 });
      await store.count([]);
      await Promise.all(
        Array.from({ length: 10 }, (_, index) => {
          const totals = [totalRow({ n: 2 }), other, totalRow()];
          return store.count(index % 2 ? totals : totals.toReversed());
        }),
      );
      await within((records) => records.count(totalRow()));
      expect(await store.reading.funnel({})).toEqual([
        { landing: '/newsletter/', fromEntry: '', event: 'view', n: 50 },
        { landing: '/whitepapers/inland/', fromEntry: '', event: 'view', n: 31 },
      ]);
    });

    it('are told for the days from one to another, both included', async () => {
      await store.count([13, 14, 15, 16].map((day) => totalRow({ day: `2026-01-${day}`, n: 10 ** (day - 13) })));
      const n = async (filter: { since?: string; until?: string }) => (await store.reading.funnel(filter))[0]?.n;
      expect(await n({})).toBe(1111);
      expect(await n({ since: '2026-01-14' })).toBe(1110);
      expect(await n({ until: '2026-01-14' })).toBe(11);
      expect(await n({ since: '2026-01-14', until: '2026-01-15' })).toBe(110);
      expect(await store.reading.funnel({ since: '2027-01-01' })).toEqual([]);
    });
  });

  describe('the leads', () => {
    it('tell what is known of each person, and where they came from first', async () => {
      const ann = await known('ann@example.com', { name: 'Ann', company: 'Tide Ltd' });
      const own = { contactId: ann.id };
      await within(async (records) => {
        await records.addSubmission(submissionRow({ ...own, at: noon + 1, utm: '{"utm_source":"x"}' }));
        await records.addSubmission(
          submissionRow({
            ...own,
            at: noon + 2,
            asset: 'keepers',
            fromEntry: 'episodes/one',
            utm: '{"utm_source":"y"}',
          }),
        );
        await records.addSubmission(submissionRow({ ...own, at: noon + 3, fromEntry: 'posts/two' }));
        await records.addSubmission(submissionRow({ ...own, at: noon + 4, asset: null }));
        await records.addConsentEvent(consentEventRow(ann.id, { action: 'confirmed' }));
        await records.addConsentEvent(consentEventRow(ann.id, { action: 'confirmed', purpose: 'newsletter' }));
        await records.setSubscription({ ...own, topic: 'newsletter', status: 'pending', confirmedAt: null });
        await records.setSubscription({ ...own, topic: 'other', status: 'bounced', confirmedAt: null });
      });
      const bob = await known('bob@example.com', { createdAt: noon + 1 });

      expect(await all(store.reading.leads({}))).toEqual([
        {
          ...{ contactId: ann.id, email: 'ann@example.com', name: 'Ann', company: 'Tide Ltd', createdAt: noon },
          ...{ status: 'confirmed', newsletter: 'pending', mail: null, assets: ['inland', 'keepers'], leads: [] },
          ...{ fromEntry: 'episodes/one', utm: '{"utm_source":"x"}', lastAt: noon + 4 },
        },
        {
          ...{ contactId: bob.id, email: 'bob@example.com', name: null, company: null, createdAt: noon + 1 },
          ...{
            status: 'pending',
            newsletter: null,
            mail: null,
            leads: [],
            assets: [],
            fromEntry: null,
            utm: '{}',
            lastAt: noon + 1,
          },
        },
      ]);
    });

    it('are filtered by paper, moment and status, and by all of them', async () => {
      await within(async (records) => {
        for (const name of ['a', 'b', 'c', 'd']) {
          const at = noon + 'abcd'.indexOf(name);
          const { id } = await records.contactFor(contactRow(name, { id: idAt(at), createdAt: at }));
          await records.addSubmission(
            submissionRow({ contactId: id, asset: 'ab'.includes(name) ? 'inland' : 'keepers' }),
          );
          await records.addSubmission(
            submissionRow({ contactId: id, asset: 'ab'.includes(name) ? 'inland' : 'keepers' }),
          );
          if ('bc'.includes(name)) await records.addConsentEvent(consentEventRow(id, { action: 'confirmed' }));
          await records.addConsentEvent(consentEventRow(id));
        }
      });
      const names = async (filter: Parameters<Store['reading']['leads']>[0]) =>
        (await all(store.reading.leads(filter))).map(({ email }) => email).join('');
      expect(await names({})).toBe('abcd');
      expect(await names({ asset: 'inland' })).toBe('ab');
      expect(await names({ asset: 'unknown' })).toBe('');
      expect(await names({ since: noon + 2 })).toBe('cd');
      expect(await names({ status: 'confirmed' })).toBe('bc');
      expect(await names({ status: 'pending' })).toBe('ad');
      expect(await names({ asset: 'keepers', status: 'confirmed', since: noon + 1 })).toBe('c');
      expect(await names({ asset: 'keepers', status: 'pending', since: noon })).toBe('d');
    });

    it('are all there, once, over many pages, though many came in one moment', async () => {
      const contacts = Array.from({ length: 1203 }, (_, index) =>
        contactRow(`${index}@example.com`, { createdAt: noon + Math.floor(index / 600) }),
      );
      await within(async (records) => {
        await records.insert('contact', contacts);
        await records.insert(
          'submission',
          contacts.flatMap(({ id }) => [submissionRow({ contactId: id }), submissionRow({ contactId: id })]),
        );
      });
      for (const filter of [{}, { asset: 'inland' }, { since: noon }]) {
        const leads = await all(store.reading.leads(filter));
        expect(leads).toHaveLength(1203);
        expect(new Set(leads.map(({ contactId }) => contactId)).size).toBe(1203);
        expect(leads.every(({ assets }) => assets.join() === 'inland')).toBe(true);
      }
    });
  });

  it('lists the confirmed subscribers of a topic in order of their ids, after one of them', async () => {
    const contacts = Array.from({ length: 1102 }, (_, index) => contactRow(`${index}@example.com`));
    await within(async (records) => {
      await records.insert('contact', contacts.toReversed());
      await records.insert(
        'subscription',
        contacts.map(({ id }, index) => ({
          ...{ contactId: id, topic: index === 3 ? 'other' : 'newsletter', confirmedAt: null },
          status: index === 5 ? ('unsubscribed' as const) : ('confirmed' as const),
        })),
      );
    });
    const expected = contacts
      .filter((_, index) => index !== 3 && index !== 5)
      .toSorted((one, two) => (one.id < two.id ? -1 : 1));
    expect(await all(store.reading.subscribers('newsletter'))).toEqual(expected);
    expect(await all(store.reading.subscribers('newsletter', expected[700]?.id))).toEqual(expected.slice(701));
    expect(await all(store.reading.subscribers('unknown'))).toEqual([]);
  });

  it('gives back every row as it was put in, in order of its key, over many pages', async () => {
    const texts = ['ü', 'A', 'a', 'Z', '-', '_', 'é', '東', '😀', 'aa'].map((id) => ({ ...wording, id }));
    const contacts = Array.from({ length: 1001 }, (_, index) => contactRow(`${index}@example.com`));
    const totals = Array.from({ length: 1200 }, (_, index) =>
      totalRow({ fromEntry: `posts/${index}`, landing: index % 2 ? '/newsletter/' : '/whitepapers/inland/', n: index }),
    );
    await within(async (records) => {
      await records.insert('consentText', []);
      await records.insert('consentText', texts);
      await records.insert('contact', contacts);
      await records.insert('funnelDay', totals);
      await records.insert('audit', [auditRow()]);
    });

    const byBytes = texts.toSorted((one, two) => Buffer.compare(Buffer.from(one.id), Buffer.from(two.id)));
    expect(await all(store.reading.rows('consentText'))).toEqual(byBytes);
    expect(await all(store.reading.rows('contact'))).toEqual(
      contacts.toSorted((one, two) => (one.id < two.id ? -1 : 1)),
    );
    const key = ({ landing, fromEntry }: { landing: string; fromEntry: string }) => `${landing} ${fromEntry}`;
    expect(await all(store.reading.rows('funnelDay'))).toEqual(
      totals.toSorted((one, two) => (key(one) < key(two) ? -1 : 1)),
    );
    expect(await store.reading.counts()).toMatchObject({ consentText: 10, contact: 1001, funnelDay: 1200, audit: 1 });
  });

  it('refuses what no table allows', async () => {
    const refused = /check constraint/i;
    const ann = await known('ann@example.com');
    const wrong = { kind: 'sms' } as unknown as Partial<OutboxRow>;
    await expect(queued(wrong)).rejects.toThrow(refused);
    await expect(queued({ state: 'leased' })).rejects.toThrow(refused);
    await expect(within((records) => records.addToken(tokenRow(ann.id, { uses: -1 })))).rejects.toThrow(refused);
    const insert = within((records) => records.insert('contact', [contactRow('ann@example.com')]));
    await expect(insert).rejects.toThrow(/unique/i);
  });

  describe('its tables', () => {
    it('are made once, whoever comes first', async () => {
      const where = await place();
      const done = await Promise.all([open(where), open(where), open(where)].map((each) => each.migrate()));
      expect(done.toSorted((one, two) => two.length - one.length)).toEqual([
        migrations.map(({ name }) => name),
        [],
        [],
      ]);
      expect(await store.migrate()).toEqual([]);
    });

    it('keep what is in them when they are migrated again', async () => {
      const ann = await known('ann@example.com');
      await store.migrate();
      expect(await within((records) => records.contact(ann.id))).toEqual(ann);
    });
  });

  it('answers when it is asked whether it does, and not after it was closed', async () => {
    const another = open(await place());
    await another.migrate();
    await expect(another.check()).resolves.toBeUndefined();
    await another.close();
    await expect(another.check()).rejects.toThrow();
  });
}

/** The results of 20 that work at the same time. */
function many<Result>(work: (index: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: 20 }, (_, index) => work(index)));
}

/** What a stream holds. */
export async function all<Item>(stream: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of stream) items.push(item);
  return items;
}
