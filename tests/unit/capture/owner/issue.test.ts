import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { issuePrefix, previewIssue, queueIssue, sendTestIssue, type Issue } from '#capture/owner/issue.ts';
import { MailRefused } from '#capture/mail/mailer.ts';
import { secret } from '#capture/environment.ts';
import { StoreUnavailable, type Store } from '#capture/store/store.ts';
import type { OutboxRow, SubscriptionStatus } from '#capture/store/tables.ts';
import { fakeMailer } from '../../../fakes/mailer.ts';
import { site } from '../../../fakes/site.ts';
import { sqlite } from '../../../capture/stores.ts';

const entry = 'episodes/lamp';
const day = 24 * 60 * 60_000;
const start = Date.UTC(2026, 10, 22);
const secrets = [secret('a secret of more than thirty-two characters')];

async function withSubscribers(count: number): Promise<Store> {
  const store = await sqlite.fresh();
  await store.transaction(async (records) => {
    for (let number = 1; number <= count; number += 1) {
      await records.contactFor({
        id: contactId(number),
        email: `reader-${number}@example.com`,
        emailNorm: `reader-${number}@example.com`,
        mailbox: `reader-${number}@example.com`,
        name: null,
        company: null,
        createdAt: start,
      });
      await records.setSubscription(subscription(number, 'confirmed'));
    }
  });
  return store;
}

const contactId = (number: number) => `0193b9a0-0000-7000-8000-${String(number).padStart(12, '0')}`;
const subscription = (number: number, status: SubscriptionStatus) => ({
  contactId: contactId(number),
  topic: 'newsletter',
  status,
  confirmedAt: start,
});

let drawn = 0;
const random = (bytes: number) =>
  createHash('shake256', { outputLength: bytes })
    .update(`${(drawn += 1)}`)
    .digest();
const queue = (store: Store, change: Partial<Issue> = {}) =>
  queueIssue({ store, site, secrets, entry, perSecond: 10, clock: () => start, random, ...change });

const rows = async (store: Store): Promise<OutboxRow[]> => Array.fromAsync(store.reading.rows('outbox'));

describe('an issue of the newsletter', () => {
  it('is queued once for each confirmed subscriber, in parts, and tells how far it is', async () => {
    const store = await withSubscribers(450);
    const told: number[] = [];
    const outcome = await queue(store, { onProgress: ({ queued }) => told.push(queued) });
    expect(outcome).toEqual({ kind: 'queued', queued: 450, already: 0 });
    expect(told).toEqual([200, 400, 450]);
    expect(new Set((await rows(store)).map(({ contactId }) => contactId)).size).toBe(450);
    expect(await store.outbox.progress(issuePrefix(entry))).toMatchObject({ ready: 450, done: 0 });
    expect(new Set((await rows(store)).map(({ lane }) => lane))).toEqual(new Set(['issue']));
  });

  it('is queued for nobody twice, however often it is asked for', async () => {
    const store = await withSubscribers(3);
    await queue(store);
    expect(await queue(store)).toEqual({ kind: 'queued', queued: 0, already: 3 });
    expect(await rows(store)).toHaveLength(3);
  });

  it('is taken up where it was cut short', async () => {
    const store = await withSubscribers(450);
    let units = 0;
    const failing: Store = {
      ...store,
      transaction: (work) => {
        if ((units += 1) === 3) throw new StoreUnavailable('the disk is full');
        return store.transaction(work);
      },
    };
    await expect(queue(failing)).rejects.toThrow(StoreUnavailable);
    expect(await rows(store)).toHaveLength(200);
    expect(await queue(store)).toEqual({ kind: 'queued', queued: 250, already: 200 });
    expect(new Set((await rows(store)).map(({ contactId }) => contactId)).size).toBe(450);
  });

  it('goes to nobody who has not confirmed, or has left, even while it is being queued', async () => {
    const store = await withSubscribers(4);
    await store.transaction(async (records) => {
      await records.setSubscription(subscription(1, 'pending'));
      await records.setSubscription(subscription(2, 'unsubscribed'));
    });
    const leaving: Store = {
      ...store,
      reading: {
        ...store.reading,
        async *subscribers(topic, after) {
          yield* await Array.fromAsync(store.reading.subscribers(topic, after));
          await store.transaction((records) => records.setSubscription(subscription(3, 'unsubscribed')));
        },
      },
    };
    expect(await queue(leaving)).toEqual({ kind: 'queued', queued: 1, already: 0 });
    expect((await rows(store)).map(({ contactId }) => contactId)).toEqual([contactId(4)]);
  });

  it('has a link of the subscriber to their preferences in each mail', async () => {
    const store = await withSubscribers(2);
    await queue(store);
    await queue(store, { entry: 'posts/fog' });
    const tokens = await Array.fromAsync(store.reading.rows('token'));
    expect(tokens).toHaveLength(2);
    for (const { payload, contactId } of await rows(store)) {
      const { preferences } = JSON.parse(payload) as { preferences: string };
      expect(tokens).toContainEqual(
        expect.objectContaining({ id: preferences, kind: 'preferences', contactId, expiresAt: null }),
      );
    }
  });

  it('becomes due at half the pace, so that a reader who asks for something is not behind all of it', async () => {
    const store = await withSubscribers(450);
    await queue(store, { perSecond: 10 });
    const due = (await rows(store)).map(({ runAt }) => runAt - start).toSorted((one, other) => one - other);
    expect(due.slice(0, 3)).toEqual([0, 200, 400]);
    expect(due.at(-1)).toBe(449 * 200);
  });

  it('is not sent again when it went out so long ago that the queue has forgotten to whom', async () => {
    const store = await withSubscribers(2);
    await queue(store);
    await queue(store, { clock: () => start + 6 * day });
    for (const lease of await store.outbox.lease('issue', 10, start + day, start + 2 * day))
      await store.outbox.finish(lease);
    await store.outbox.prune(start + 40 * day);
    expect(await rows(store)).toEqual([]);
    expect(await queue(store, { clock: () => start + 40 * day })).toEqual({ kind: 'sent-before', at: start });
    expect(await rows(store)).toEqual([]);
  });

  it('is not queued for an entry that the site does not have', async () => {
    const store = await withSubscribers(1);
    expect(await queue(store, { entry: 'episodes/nowhere' })).toEqual({ kind: 'unknown-entry' });
    expect(await rows(store)).toEqual([]);
  });
});

describe('the preview of an issue', () => {
  const preview = {
    entry,
    site,
    base: new URL('https://d-files.example/'),
    from: 'The D-Files <hello@d-files.example>',
    replyTo: undefined,
    to: 'owner@example.com',
    id: '0193b9a0-0000-7000-8000-000000000009',
  };

  it('is the mail as it would be sent, with links for nobody', () => {
    const mail = previewIssue(preview);
    expect(mail).toMatchObject({ to: 'owner@example.com', subject: 'File 001: Who lights the lamp <at night> & why' });
    expect(mail?.text).toContain('https://d-files.example/unsubscribe/?token=preview');
    expect(previewIssue({ ...preview, entry: 'posts/none' })).toBeUndefined();
  });

  it('goes to one address at once when asked to, marked as a test', async () => {
    const { mailer, taken } = fakeMailer();
    expect(await sendTestIssue(mailer, preview)).toEqual({ kind: 'sent' });
    expect(taken.map(({ to, subject }) => [to, subject])).toEqual([
      ['owner@example.com', '[Test] File 001: Who lights the lamp <at night> & why'],
    ]);
    expect(await sendTestIssue(mailer, { ...preview, entry: 'posts/none' })).toEqual({ kind: 'unknown-entry' });
  });

  it('throws what the mail server said', async () => {
    const { mailer } = fakeMailer(async () => {
      throw new MailRefused('550 no', true);
    });
    await expect(sendTestIssue(mailer, preview)).rejects.toThrow('550 no');
  });
});
