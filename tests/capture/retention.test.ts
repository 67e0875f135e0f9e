import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openCapture } from '#capture/compose.ts';
import { readEnvironment } from '#capture/environment.ts';
import type { Store } from '#capture/store/store.ts';
import { defaultRetention, type Retention } from '#site/retention.ts';
import {
  auditRow,
  commentRow,
  consentEventRow,
  contactRow,
  idAt,
  insertRows,
  noon,
  outboxRow,
  questionRow,
  submissionRow,
} from './rows.ts';
import { day, site } from './scene.ts';
import { forEachStore } from './stores.ts';

const set: Retention = { unconfirmed: 3, requests: 15, evidence: 12, sent: 9, deadLetters: 20, audit: 45 };
const names = Object.keys(set) as (keyof Retention)[];

forEachStore('who asked for something', ({ fresh }) => {
  it('stays if they confirmed anything, or asked again since', async () => {
    const store = await fresh();
    const people = ['confirmed', 'again', 'never', 'new'].map((name) => contactRow(`${name}@example.com`));
    const [confirmed, again, never, late] = people.map(({ id }) => id);
    await insertRows(
      store,
      'contact',
      people.map((row) => (row.id === late ? { ...row, createdAt: noon + day } : row)),
    );
    await insertRows(store, 'submission', [
      submissionRow({ contactId: again ?? '' }),
      submissionRow({ contactId: again ?? '', at: noon + day }),
      submissionRow({ contactId: never ?? '' }),
    ]);
    await insertRows(store, 'consentEvent', [
      consentEventRow(confirmed ?? '', { action: 'confirmed' }),
      consentEventRow(never ?? ''),
    ]);
    const subscriber = contactRow('subscriber@example.com');
    await insertRows(store, 'contact', [subscriber]);
    await store.transaction((records) =>
      records.setSubscription({
        ...{ contactId: subscriber.id, topic: 'newsletter', status: 'confirmed', confirmedAt: noon },
      }),
    );
    expect(await store.pruneRequests(noon + 1)).toBe(1);
    const left = await Array.fromAsync(store.reading.rows('contact'));
    expect(left.map(({ email }) => email.split('@')[0]).toSorted()).toEqual([
      'again',
      'confirmed',
      'new',
      'subscriber',
    ]);
    // What was asked for stays, as nobody's.
    expect((await store.reading.counts()).submission).toBe(3);
  });

  it('is looked at whole, however many there are', async () => {
    const store = await fresh();
    await insertRows(
      store,
      'contact',
      Array.from({ length: 1203 }, (_, i) => contactRow(`reader-${i}@example.com`)),
    );
    expect(await store.pruneRequests(noon + 1)).toBe(1203);
    expect((await store.reading.counts()).contact).toBe(0);
  });
});

forEachStore('what the server does not keep for good', ({ name: engine, place, open }) => {
  /** A store with one of each, all from noon, and a server that starts on it at a moment, and ends. */
  async function scene() {
    const folder = mkdtempSync(join(tmpdir(), 'd-files-retention-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const where = engine === 'SQLite' ? join(folder, 'd-files.db') : await place();
    const store = open(where);
    await store.migrate();
    await fill(store);
    const { environment } = readEnvironment({
      ...{ VAR_DIR: folder, SITE_URL: site.url, SECRET: 's'.repeat(32) },
      ...(engine === 'PostgreSQL' && { DATABASE_URL: where }),
    });
    return {
      async serveAt(now: number, retention: Retention) {
        const options = { site: { ...site, retention }, log: (line: string) => expect.fail(line), clock: () => now };
        const server = await openCapture(environment, options);
        server.start();
        await server.close();
      },
      left: () => left(store),
    };
  }

  it.each(names)('has %s until its days are over, and not longer', async (name) => {
    const { serveAt, left } = await scene();
    const others = { ...everLonger, [name]: set[name] };
    await serveAt(noon + set[name] * day, others);
    expect(await left()).toEqual(names);
    await serveAt(noon + set[name] * day + 1, others);
    expect(await left()).toEqual(names.filter((each) => each !== name));
  });

  it('goes by the days that the site says that is served', async () => {
    const { serveAt, left } = await scene();
    await serveAt(noon + 46 * day, defaultRetention);
    expect(await left()).toEqual(['requests', 'evidence', 'deadLetters', 'audit']);
    await serveAt(noon + 46 * day, set);
    expect(await left()).toEqual([]);
  });
});

const everLonger: Retention = {
  unconfirmed: 999,
  requests: 999,
  evidence: 999,
  sent: 999,
  deadLetters: 999,
  audit: 999,
};

async function fill(store: Store): Promise<void> {
  const person = contactRow('dora@example.com');
  await insertRows(store, 'contact', [person]);
  const stranger = contactRow('stranger@example.com');
  await insertRows(store, 'contact', [stranger]);
  await insertRows(store, 'submission', [submissionRow({ contactId: stranger.id })]);
  await insertRows(store, 'comment', [commentRow({ contactId: person.id })]);
  await insertRows(store, 'comment', [commentRow({ state: 'unconfirmed', contactId: person.id })]);
  await insertRows(store, 'question', [questionRow(person.id, { state: 'unconfirmed' })]);
  await insertRows(store, 'consentEvent', [consentEventRow(person.id)]);
  await insertRows(store, 'outbox', [
    outboxRow({ state: 'done' }),
    // An erasure's event is dated long ago, so as to go as soon as it is delivered.
    outboxRow({ state: 'dead', id: idAt(0), kind: 'webhook' }),
  ]);
  await insertRows(store, 'audit', [auditRow({ subjectHmac: null }), auditRow()]);
}

/** What of it is there still; the rest of all has to be. */
async function left({ reading }: Store): Promise<(keyof Retention)[]> {
  const [comments, questions, consents, mails, audit, contacts] = await Promise.all([
    Array.fromAsync(reading.rows('comment')),
    Array.fromAsync(reading.rows('question')),
    Array.fromAsync(reading.rows('consentEvent')),
    Array.fromAsync(reading.rows('outbox')),
    Array.fromAsync(reading.rows('audit')),
    Array.fromAsync(reading.rows('contact')),
  ]);
  expect(contacts.map(({ email }) => email)).toContain('dora@example.com');
  expect(consents).toMatchObject([{ sourceUrl: 'https://example.com/whitepapers/inland/', at: noon }]);
  expect(comments.filter(({ state }) => state === 'pending')).toHaveLength(1);
  expect(audit.filter(({ subjectHmac }) => subjectHmac !== null)).toHaveLength(1);
  const there: Record<keyof Retention, boolean> = {
    unconfirmed: comments.length === 2 && questions.length === 1,
    requests: contacts.length === 2,
    evidence: consents.every(({ ip, ua }) => ip !== null && ua !== null),
    sent: mails.some(({ state }) => state === 'done'),
    deadLetters: mails.some(({ state }) => state === 'dead'),
    audit: audit.length === 2,
  };
  return names.filter((name) => there[name]);
}
