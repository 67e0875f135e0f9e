import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { delayAfter, mailSchedule, webhookSchedule } from '#capture/outbox/backoff.ts';
import { secret } from '#capture/environment.ts';
import { mailHandlers, webhookHandler } from '#capture/outbox/handlers.ts';
import { MailRefused, type Mail } from '#capture/mail/mailer.ts';
import type { MailPayload } from '#capture/mail/payload.ts';
import { addressHmacs } from '#capture/store/secrets.ts';
import { StoreUnavailable, type Outbox, type Store } from '#capture/store/store.ts';
import type { OutboxRow } from '#capture/store/tables.ts';
import { isSigned, newToken } from '#capture/store/tokens.ts';
import { WebhookRefused } from '#capture/webhook/sender.ts';
import { reasonOf } from '#capture/outbox/reason.ts';
import { outboxWorker } from '#capture/outbox/worker.ts';
import { fakeMailer } from '../../../fakes/mailer.ts';
import { site } from '../../../fakes/site.ts';
import { fakeTime } from '../../../fakes/time.ts';
import { sqlite } from '../../../capture/stores.ts';

const minute = 60_000;
const hour = 60 * minute;
const secrets = [secret('a secret of more than thirty-two characters')];
const middling = (count: number) => new Uint8Array(count).fill(0x80);
const rowId = (number: number) => `0193b9a0-1111-7000-8000-${String(number).padStart(12, '0')}`;

interface Setting {
  answer?: (mail: Mail) => Promise<void>;
  webhook?: (id: string, body: string) => Promise<void>;
  perSecond?: number;
  rest?: number;
  /** What the worker sees in place of the outbox. */
  seen?: (outbox: Outbox, store: Store) => Outbox;
  store?: Store;
  time?: ReturnType<typeof fakeTime>;
  /** By how much its clock is before the time that goes by, in milliseconds. */
  ahead?: () => number;
}

/** A worker over a new store, with one contact who is subscribed. */
async function setting({
  answer,
  webhook,
  perSecond = 1000,
  rest = 24 * hour,
  seen = (outbox) => outbox,
  ahead = () => 0,
  ...given
}: Setting = {}) {
  const store = given.store ?? (await contactStore());
  const time = given.time ?? fakeTime();
  const { mailer, tried, taken } = fakeMailer(answer);
  const clock = () => time.clock() + ahead();
  let asked = 0;
  const events: string[] = [];
  const log: string[] = [];
  const worker = outboxWorker({
    store: { outbox: seen(store.outbox, store), limits: store.limits },
    handlers: [
      ...mailHandlers(
        {
          store,
          mailer,
          secrets,
          address: new URL('https://d-files.example/'),
          mail: { from: 'hello@d-files.example', replyTo: undefined, perSecond },
          hasDesk: false,
          ownerAddress: () => undefined,
          clock,
        },
        () => site,
      ),
      webhookHandler({
        async send(id, body) {
          events.push(id);
          await webhook?.(id, body);
        },
      }),
    ],
    clock,
    // As those of processes, which have fractions: it is half a millisecond ahead of where it began.
    monotonic: () => time.clock() + Math.min(0.5, (asked += 0.5) - 0.5),
    sleep: time.sleep,
    random: middling,
    rest,
    log: (line) => log.push(line),
  });
  return { store, time, worker, tried, taken, events, log };
}

const person = 'contact-1';

async function contactStore(): Promise<Store> {
  const store = await sqlite.fresh();
  await store.transaction(async (records) => {
    const email = 'anna@example.com';
    await records.contactFor({
      id: person,
      email,
      emailNorm: email,
      mailbox: email,
      name: null,
      company: null,
      createdAt: 0,
    });
    await records.setSubscription({ contactId: person, topic: 'newsletter', status: 'confirmed', confirmedAt: 0 });
    await records.addToken(newToken({ id: person, kind: 'preferences', contactId: person }, secrets));
  });
  return store;
}

const confirmingId = '0193b9a0-2222-7000-8000-000000000001';
const confirming: MailPayload = { mail: 'confirm', token: confirmingId, preferences: person, newsletter: true };
const welcoming: MailPayload = { mail: 'welcome', preferences: person };
const issue: MailPayload = { mail: 'issue', entry: 'episodes/lamp', preferences: person };

async function queue(
  store: Store,
  number: number,
  runAt: number,
  change: Partial<OutboxRow> & { mail?: MailPayload } = {},
) {
  const { mail = welcoming, ...row } = change;
  await store.transaction((records) =>
    records.enqueue({
      id: rowId(number),
      kind: 'mail',
      lane: mail.mail === 'issue' ? 'issue' : 'answer',
      dedupeKey: `test:${number}`,
      contactId: person,
      payload: JSON.stringify(mail),
      state: 'ready',
      attempts: 0,
      runAt,
      leaseUntil: null,
      lastError: null,
      ...row,
    }),
  );
}

const queueEvent = (store: Store, number: number, runAt: number) =>
  queue(store, number, runAt, { kind: 'webhook', lane: 'webhook', payload: '{"type":"test"}' });
const addConfirming = (store: Store, expiresAt: number | null) =>
  store.transaction((records) =>
    records.addToken(newToken({ id: confirmingId, kind: 'confirm', contactId: person, expiresAt }, secrets)),
  );
const rows = async (store: Store): Promise<OutboxRow[]> => Array.fromAsync(store.reading.rows('outbox'));
const states = async (store: Store) => (await rows(store)).map(({ state }) => state);
const is =
  (store: Store, ...expected: OutboxRow['state'][]) =>
  async () =>
    `${await states(store)}` === `${expected}`;

const later = async () => {
  throw new MailRefused('451 try later', false);
};

describe('the worker', () => {
  it('sends what is queued, with a link that holds, and marks it', async () => {
    const { store, time, worker, taken } = await setting();
    await addConfirming(store, time.clock() + hour);
    await queue(store, 1, time.clock(), { mail: confirming });
    worker.start();
    await time.until(is(store, 'done'));
    await worker.stop();
    expect(taken.map(({ to, kind, messageId }) => [to, kind, messageId])).toEqual([
      ['anna@example.com', 'confirm', `<${rowId(1)}@d-files.example>`],
    ]);
    const [, link = ''] = /confirm\/\?token=(\S+)/.exec(taken[0]?.text ?? '') ?? [];
    const token = await store.transaction((records) => records.token(confirmingId));
    expect(token && isSigned(link, token, 'confirm', secrets)).toBe(true);
  });

  it('sends at once what it is woken for', async () => {
    const { store, time, worker, taken } = await setting();
    worker.start();
    await time.settle();
    const queuedAt = time.clock();
    await queue(store, 1, queuedAt);
    worker.wake();
    await time.settle();
    expect(taken).toHaveLength(1);
    expect(time.clock()).toBe(queuedAt);
    await worker.stop();
  });

  it('asks the store for nothing when a form wakes it while its pace has mails wait, nor for issues at any time', async () => {
    const asked: string[] = [];
    const seen = (outbox: Outbox): Outbox => ({
      ...outbox,
      async lease(lane, ...rest) {
        asked.push(`lease ${lane}`);
        return outbox.lease(lane, ...rest);
      },
    });
    const store = await contactStore();
    const limits = {
      ...store.limits,
      async load(...values: Parameters<typeof store.limits.load>) {
        asked.push('pace');
        return store.limits.load(...values);
      },
    };
    const { time, worker, taken } = await setting({ store: { ...store, limits }, seen, perSecond: 1 });
    for (let number = 1; number <= 10; number += 1) await queue(store, number, time.clock());
    worker.start();
    await time.until(() => taken.length === 2);
    await time.settle();
    asked.length = 0;
    for (let form = 0; form < 20; form += 1) {
      worker.wake();
      await time.settle();
    }
    expect(asked.filter((what) => what !== 'lease webhook')).toEqual([]);
    await worker.stop();
  });

  it('does not wait for ever, at its end, for a mail server that hangs, and sends that mail again later', async () => {
    const { store, time, worker, tried } = await setting({ answer: () => new Promise(() => {}) });
    await queue(store, 1, time.clock());
    worker.start();
    await time.until(() => tried.length === 1);
    const stopped = { at: time.clock(), isDone: false };
    void worker.stop().then(() => (stopped.isDone = true));
    await time.pass(4000);
    expect(stopped.isDone).toBe(false);
    await time.pass(1000);
    expect(stopped.isDone).toBe(true);
    await worker.stop();
    const next = await setting({ store, time });
    next.worker.start();
    await time.until(is(store, 'done'));
    expect(next.taken.map(({ messageId }) => messageId)).toEqual([tried[0]?.messageId]);
    await next.worker.stop();
  });

  it('finds within five seconds what another process queued', async () => {
    const { store, time, worker, taken } = await setting({ rest: 5000 });
    worker.start();
    await time.settle();
    const queuedAt = time.clock();
    await queue(store, 1, queuedAt);
    await time.until(() => taken.length === 1);
    expect(time.clock() - queuedAt).toBeLessThanOrEqual(5000);
    await worker.stop();
  });

  it('sends nothing before it is due, and then without delay', async () => {
    const { store, time, worker, taken } = await setting();
    const due = time.clock() + 15 * minute;
    await queue(store, 1, due);
    worker.start();
    await time.until(() => taken.length === 1);
    expect(time.clock()).toBe(due);
    await worker.stop();
  });

  it('repeats a mail that was refused for now by its schedule, with the same Message-ID, and gives it up at last', async () => {
    const times: number[] = [];
    const { store, time, worker, tried, log } = await setting({
      answer: async () => {
        times.push(time.clock());
        await later();
      },
    });
    await queue(store, 1, time.clock());
    worker.start();
    await time.until(is(store, 'dead'));
    await worker.stop();
    expect(tried).toHaveLength(mailSchedule.length + 1);
    expect(new Set(tried.map(({ messageId }) => messageId)).size).toBe(1);
    const waits = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    mailSchedule.forEach((wait, index) => expect((waits[index] ?? 0) / wait).toBeCloseTo(1, 2));
    expect(await store.outbox.dead()).toMatchObject([{ lastError: '451 try later', attempts: 9 }]);
    expect(log).toHaveLength(9);
  });

  it('makes a dead letter at once of what was refused for good, which goes out again when the owner says so', async () => {
    let refused = true;
    const { store, time, worker, taken, tried } = await setting({
      answer: async () => {
        if (refused) throw new MailRefused('550 no such user', true);
      },
    });
    await queue(store, 1, time.clock());
    worker.start();
    await time.until(is(store, 'dead'));
    expect(tried).toHaveLength(1);
    refused = false;
    await store.outbox.revive(time.clock());
    await time.until(is(store, 'done'));
    expect(taken).toHaveLength(1);
    await worker.stop();
  });

  it('sends again, with the same Message-ID, what was sent when the process was killed before it was marked, and only that', async () => {
    const killed = await setting({
      seen: (outbox) => ({ ...outbox, finish: () => new Promise<void>(() => {}) }),
    });
    const { store, time } = killed;
    await queue(store, 1, time.clock());
    killed.worker.start();
    await time.until(() => killed.taken.length === 1);
    expect(await states(store)).toEqual(['leased']);

    const next = await setting({ store, time });
    await queue(store, 2, time.clock());
    next.worker.start();
    await time.until(is(store, 'done', 'done'));
    await time.pass(hour);
    expect(next.taken.map(({ messageId }) => messageId)).toEqual([
      `<${rowId(2)}@d-files.example>`,
      killed.taken[0]?.messageId,
    ]);
    await next.worker.stop();
  });

  it('loses nothing when the process was killed before anything was sent', async () => {
    const killed = await setting({ answer: () => new Promise(() => {}) });
    const { store, time } = killed;
    await queue(store, 1, time.clock());
    killed.worker.start();
    await time.until(() => killed.tried.length === 1);
    const next = await setting({ store, time });
    next.worker.start();
    await time.until(is(store, 'done'));
    expect(next.taken).toHaveLength(1);
    await next.worker.stop();
  });

  it('does not try for ever what ends the process each time', async () => {
    const { store, time, worker, tried } = await setting();
    await queue(store, 1, time.clock(), { attempts: mailSchedule.length + 1 });
    worker.start();
    await time.until(is(store, 'dead'));
    expect(tried).toEqual([]);
    await worker.stop();
  });

  it('sends nothing to a person who was erased, not even what it had leased', async () => {
    const { store, time, worker, tried } = await setting({
      seen: (outbox, store) => ({
        ...outbox,
        async lease(...args) {
          const leased = await outbox.lease(...args);
          await store.transaction((records) => records.deleteContact(person));
          return leased;
        },
      }),
    });
    await queue(store, 1, time.clock());
    await queue(store, 2, time.clock(), { mail: issue });
    worker.start();
    await time.until(is(store));
    await time.pass(hour);
    expect(tried).toEqual([]);
    await worker.stop();
  });

  it('sends no newsletter to someone who has left since, but what they ask for', async () => {
    const { store, time, worker, taken } = await setting();
    await addConfirming(store, null);
    await store.transaction((records) =>
      records.setSubscription({ contactId: person, topic: 'newsletter', status: 'unsubscribed', confirmedAt: 0 }),
    );
    await queue(store, 1, time.clock(), { mail: issue });
    await queue(store, 2, time.clock(), { mail: welcoming });
    await queue(store, 3, time.clock(), { mail: confirming });
    worker.start();
    await time.until(is(store, 'done', 'done', 'done'));
    expect(taken.map(({ kind }) => kind)).toEqual(['confirm']);
    await worker.stop();
  });

  it('sends nothing to an address that must not be written to', async () => {
    const { store, time, worker, tried } = await setting();
    const [emailHmac] = addressHmacs('anna@example.com', secrets);
    await store.transaction((records) => records.suppress({ emailHmac, reason: 'complained', at: 0 }));
    await queue(store, 1, time.clock());
    worker.start();
    await time.until(is(store, 'done'));
    expect(tried).toEqual([]);
    await worker.stop();
  });

  it('sends no link that has expired: it tells the owner', async () => {
    const { store, time, worker, tried } = await setting();
    await addConfirming(store, time.clock());
    await queue(store, 1, time.clock(), { mail: confirming });
    worker.start();
    await time.until(is(store, 'dead'));
    expect(tried).toEqual([]);
    expect(await store.outbox.dead()).toMatchObject([{ lastError: 'The link in it has expired' }]);
    await worker.stop();
  });

  it('tries again what cannot be written yet, as an entry that is not on the site', async () => {
    const { store, time, worker, tried } = await setting();
    await queue(store, 1, time.clock(), { mail: { mail: 'issue', entry: 'episodes/tomorrow', preferences: person } });
    worker.start();
    await time.until(async () => (await rows(store))[0]?.attempts === 2);
    await worker.stop();
    expect(tried).toEqual([]);
    expect(await rows(store)).toMatchObject([
      { state: 'ready', lastError: 'the site has no entry “episodes/tomorrow”' },
    ]);
  });

  it('keeps no address in what it logs or notes', async () => {
    const { store, time, worker, log } = await setting({
      answer: async () => {
        throw new MailRefused(
          '550 5.1.1 <anna@example.com>: "anna b"@example.com\r\nis unknown, see http://x.example/?to=anna%40example.com',
          true,
        );
      },
    });
    await queue(store, 1, time.clock());
    worker.start();
    await time.until(is(store, 'dead'));
    await worker.stop();
    const told = `${log} ${(await rows(store))[0]?.lastError}`;
    expect(told).toContain('550 5.1.1 <[address]>');
    expect(told).not.toMatch(/anna|@|%40|[\r\n]/);
  });

  it('goes on when the store was away, and comes back more slowly the longer it is', async () => {
    let away = 6;
    const asked: number[] = [];
    const { store, time, worker, taken, log } = await setting({
      seen: (outbox) => ({
        ...outbox,
        async lease(...args) {
          if (args[0] === 'answer' && away > 0) {
            away -= 1;
            asked.push(time.clock());
            throw new StoreUnavailable('SQLITE_FULL');
          }
          return outbox.lease(...args);
        },
      }),
    });
    await queue(store, 1, time.clock());
    worker.start();
    await time.until(() => taken.length === 1);
    expect(asked.slice(1).map((at, index) => at - (asked[index] ?? 0))).toEqual([1000, 2000, 4000, 8000, 16_000]);
    expect(log).toHaveLength(6);
    await worker.stop();
  });

  it('marks a mail that was sent as soon as the store is there again, and does not send it twice', async () => {
    let away = 3;
    const { store, time, worker, tried } = await setting({
      seen: (outbox) => ({
        ...outbox,
        async finish(lease) {
          if ((away -= 1) >= 0) throw new StoreUnavailable('SQLITE_BUSY');
          await outbox.finish(lease);
        },
      }),
    });
    await queue(store, 1, time.clock());
    worker.start();
    await time.until(is(store, 'done'));
    await time.pass(hour);
    expect(tried).toHaveLength(1);
    await worker.stop();
  });

  it('ends what is under way when it is stopped, and takes nothing more', async () => {
    const sending = Promise.withResolvers<void>();
    const { store, time, worker, tried, taken } = await setting({ answer: () => sending.promise });
    await queue(store, 1, time.clock());
    worker.start();
    await time.until(() => tried.length === 1);
    let stopped = false;
    const stopping = worker.stop().then(() => (stopped = true));
    await queue(store, 2, time.clock());
    worker.wake();
    await time.settle();
    expect(stopped).toBe(false);
    sending.resolve();
    await stopping;
    expect(taken).toHaveLength(1);
    expect(await states(store)).toEqual(['done', 'ready']);
  });

  it('can be stopped while the store is away', async () => {
    const { store, time, worker, taken } = await setting({
      seen: (outbox) => ({
        ...outbox,
        finish: async () => {
          throw new StoreUnavailable('SQLITE_IOERR');
        },
      }),
    });
    await queue(store, 1, time.clock());
    worker.start();
    await time.until(() => taken.length === 1);
    await worker.stop();
    expect(await states(store)).toEqual(['leased']);
  });

  it('keeps to its pace', async () => {
    const times: number[] = [];
    const { store, time, worker } = await setting({ perSecond: 10, answer: async () => void times.push(time.clock()) });
    for (let number = 1; number <= 30; number += 1) await queue(store, number, time.clock());
    worker.start();
    await time.until(() => times.length === 30);
    await worker.stop();
    const mostInASecond = Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));
    // What goes before the newsletter has as much again for its beginning as a tenth of a second takes.
    expect(mostInASecond).toBe(11);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(3500);
  });

  it.each([
    ['answers', 3, welcoming],
    ['mails of an issue', 5, issue],
  ])('sends no more %s at once than %d', async (_, atOnce, mail) => {
    let [now, most] = [0, 0];
    const { store, time, worker, taken } = await setting({
      async answer() {
        most = Math.max(most, (now += 1));
        await time.settle();
        now -= 1;
      },
    });
    for (let number = 1; number <= 12; number += 1) await queue(store, number, time.clock(), { mail });
    worker.start();
    await time.until(() => taken.length === 12);
    await worker.stop();
    expect(most).toBe(atOnce);
  });

  it('keeps to its pace after a restart, and together with other workers', async () => {
    const times: number[] = [];
    const answer = async () => void times.push(time.clock());
    const first = await setting({ perSecond: 10, answer, rest: 5000 });
    const { store, time } = first;
    for (let number = 1; number <= 60; number += 1) await queue(store, number, time.clock(), { mail: issue });
    first.worker.start();
    await time.until(() => times.length >= 10);
    await first.worker.stop();
    const others = [1, 2].map(() => setting({ perSecond: 10, answer, rest: 5000, store, time }));
    for (const { worker } of await Promise.all(others)) worker.start();
    await time.until(() => times.length === 60);
    for (const { worker } of await Promise.all(others)) await worker.stop();
    const mostInASecond = Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));
    // Two that look at one moment may begin one more than the pace, and make up for it.
    expect(mostInASecond).toBeLessThanOrEqual(11);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(5500);
  });
});

describe('an answer to a reader, while an issue of the newsletter waits', () => {
  const backlog = async (store: Store, at: number) => {
    for (let number = 1; number <= 300; number += 1) await queue(store, number, at, { mail: issue });
  };

  it('goes before all of it', async () => {
    const { store, time, worker, taken } = await setting({ perSecond: 1 });
    await backlog(store, time.clock() - hour);
    worker.start();
    await time.until(() => taken.length === 3);
    await addConfirming(store, null);
    const queuedAt = time.clock();
    await queue(store, 1000, queuedAt, { mail: confirming });
    worker.wake();
    await time.until(() => taken.some(({ kind }) => kind === 'confirm'));
    expect(time.clock()).toBe(queuedAt);
    await worker.stop();
  });

  it('goes out though the mail server keeps every mail of the issue waiting', async () => {
    const { store, time, worker, taken, tried } = await setting({
      answer: ({ kind }) => (kind === 'issue' ? new Promise(() => {}) : Promise.resolve()),
    });
    await backlog(store, time.clock());
    worker.start();
    await time.until(() => tried.length === 5);
    await queue(store, 1000, time.clock());
    worker.wake();
    await time.settle();
    expect(taken.map(({ kind }) => kind)).toEqual(['welcome']);
  });
});

describe('31: a clock that jumps while mails are under way', () => {
  it('by ten minutes ahead has none sent twice, whichever worker it is the clock of', async () => {
    const sending = Promise.withResolvers<void>();
    const jump = { own: 0, other: 0 };
    const own = await setting({ answer: () => sending.promise, ahead: () => jump.own, rest: 5000 });
    const { store, time, worker } = own;
    for (let number = 1; number <= 3; number += 1) await queue(store, number, time.clock());
    worker.start();
    await time.until(() => own.tried.length === 3);
    const other = await setting({ store, time, ahead: () => jump.other, rest: 5000 });
    other.worker.start();
    await time.pass(1000);
    jump.own = jump.other = 10 * minute;
    await time.pass(minute);
    expect([own.tried.length, other.tried.length]).toEqual([3, 0]);
    const started = await setting({ store, time, ahead: () => 10 * minute, rest: 5000 });
    started.worker.start();
    await time.pass(minute);
    expect(started.tried).toEqual([]);
    sending.resolve();
    await time.until(is(store, 'done', 'done', 'done'));
    for (const each of [own, other, started]) await each.worker.stop();
  });

  it('by four hours back leaves none of them stuck', async () => {
    let back = 0;
    const { store, time, worker, taken } = await setting({ ahead: () => back, rest: 5000 });
    worker.start();
    await time.pass(1000);
    await queue(store, 1, time.clock());
    await queue(store, 2, time.clock() + minute);
    back = -4 * hour;
    await time.pass(2 * minute);
    expect(taken).toHaveLength(2);
    await worker.stop();
  });

  it('is not needed for a delivery that hangs: its own worker does not begin it again', async () => {
    const { store, time, worker, tried } = await setting({ answer: () => new Promise(() => {}), rest: 5000 });
    await queue(store, 1, time.clock());
    worker.start();
    // Twice as long as a lease.
    await time.pass(hour / 6);
    expect(tried).toHaveLength(1);
  });

  it('lets nobody mark a row that another worker has by now', async () => {
    const sending = Promise.withResolvers<void>();
    const slow = await setting({ answer: () => sending.promise, rest: 5000 });
    const { store, time } = slow;
    await queue(store, 1, time.clock());
    slow.worker.start();
    await time.until(() => slow.tried.length === 1);
    // Longer than a lease: the first worker is taken for gone.
    const refused = Promise.withResolvers<void>();
    const next = await setting({ store, time, answer: () => refused.promise, rest: 5000 });
    next.worker.start();
    await time.until(() => next.tried.length === 1);
    sending.resolve();
    await time.until(() => slow.taken.length === 1);
    expect(await states(store)).toEqual(['leased']);
    refused.reject(new MailRefused('451 try later', false));
    await time.until(is(store, 'ready'));
    await next.worker.stop();
    await slow.worker.stop();
  });
});

describe('a webhook in the outbox', () => {
  it('that hangs keeps no mail waiting', async () => {
    const { store, time, worker, taken, events } = await setting({ webhook: () => new Promise(() => {}) });
    for (let number = 1; number <= 6; number += 1) await queueEvent(store, number, time.clock());
    await queue(store, 7, time.clock());
    worker.start();
    await time.until(() => taken.length === 1);
    expect(events).toHaveLength(5);
  });

  it('keeps its id on each attempt, and is given up after the last', async () => {
    const { store, time, worker, events } = await setting({
      webhook: async () => {
        throw new WebhookRefused('The receiver answered 500.');
      },
    });
    await queueEvent(store, 1, time.clock());
    worker.start();
    await time.until(is(store, 'dead'));
    await worker.stop();
    expect(events).toEqual(Array.from({ length: webhookSchedule.length + 1 }, () => `msg_${rowId(1)}`));
  });

  it('is a dead letter at once when the receiver is gone', async () => {
    const { store, time, worker, events } = await setting({
      webhook: async () => {
        throw new WebhookRefused('The receiver answered 410.', { permanent: true });
      },
    });
    await queueEvent(store, 1, time.clock());
    worker.start();
    await time.until(is(store, 'dead'));
    await worker.stop();
    expect(events).toHaveLength(1);
  });

  it('comes back no sooner than the receiver asks', async () => {
    const times: number[] = [];
    const { store, time, worker } = await setting({
      webhook: async () => {
        times.push(time.clock());
        if (times.length === 1) throw new WebhookRefused('The receiver answered 503.', { retryAfter: hour });
      },
    });
    await queueEvent(store, 1, time.clock());
    worker.start();
    await time.until(is(store, 'done'));
    await worker.stop();
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(hour);
  });
});

describe('the wait before the next attempt', () => {
  it('is spread by a fifth to either side, so that what failed together does not come back together', () => {
    const drawn = (byte: number) => (count: number) => new Uint8Array(count).fill(byte);
    expect(delayAfter(1, mailSchedule, drawn(0))).toBe(48_000);
    expect(delayAfter(1, mailSchedule, drawn(255))).toBe(72_000);
    expect(delayAfter(mailSchedule.length + 1, mailSchedule, drawn(0))).toBeUndefined();
  });

  it('grows from attempt to attempt, over about three days in all', () => {
    for (const schedule of [mailSchedule, webhookSchedule]) {
      expect(schedule).toEqual(schedule.toSorted((one, other) => one - other));
      const days = schedule.reduce<number>((sum, wait) => sum + wait, 0) / (24 * hour);
      expect(Math.round(days)).toBe(3);
    }
  });
});

describe('what a server said', () => {
  it.each([
    ['<anna@example.com>: no', '<[address]>: no'],
    ['to=anna@example.com, later', 'to=[address], later'],
    ['"a b"@example.com', '[address]'],
    ['anna@bücher.example', '[address]'],
    ['http://x.example/?e=anna%40example.com&c=1', 'http://x.example/?e=[address]&c=1'],
    ['450 4.2.1 too\r\n busy', '450 4.2.1 too busy'],
  ])('is kept without addresses: %j', (said, kept) => expect(reasonOf(said)).toBe(kept));

  it('is kept short', () => {
    expect(reasonOf(createHash('sha512').digest('hex').repeat(9))).toHaveLength(300);
  });
});
