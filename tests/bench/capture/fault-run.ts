import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '#capture/store/store.ts';
import { randomly } from '../search/random.ts';
import type { Database } from './databases.ts';
import { startServer } from './server-process.ts';
import { formFor, serverEnvironment } from './setting.ts';
import { type Mood, startSmtpSink } from './smtp-sink.ts';

/** What a server that is killed again and again left behind. */
export interface Account {
  /** Forms that were answered with "look in your inbox", and those whose answer never came. */
  acknowledged: number;
  cutOff: number;
  stored: number;
  /** Addresses of forms that were acknowledged and not stored. */
  lost: string[];
  /** Addresses that are stored, and whose mail was neither sent nor kept as a dead letter. */
  unsent: string[];
  mails: number;
  dead: number;
  /** Mails that were taken over again, and the most often that one was. */
  repeats: number;
  mostTimes: number;
  /** Recipients that were refused for good, and connections that were cut after a mail was taken over. */
  refused: number;
  dropped: number;
}

/** The longest that a server lives in a round, in milliseconds. */
const longestLife = 700;
const senders = 8;

/**
 * Loads a server with forms and kills it (`kill -9`) at a random moment, `rounds` times over; then lets the last one send
 * what is left, and keeps account.
 */
export async function faultRun(
  database: Database,
  mood: Mood,
  { rounds, seed, progress = () => {} }: { rounds: number; seed: number; progress?: (round: number) => void },
): Promise<Account> {
  const random = randomly(seed);
  const kept = await mkdtemp(join(tmpdir(), 'd-files-fault-'));
  await database.reset(kept);
  const sink = await startSmtpSink();
  sink.mood = mood;
  const env = { ...serverEnvironment(kept), ...database.env, SMTP_URL: sink.url, MAIL_PER_SECOND: '1000' };
  const acknowledged: string[] = [];
  let unanswered = 0;
  const first = Promise.withResolvers<void>();

  for (let round = 1; round <= rounds; round += 1) {
    const server = await startServer('src/server/main.ts', env);
    const life = new AbortController();
    const sending = Array.from({ length: senders }, async (_, sender) => {
      for (let n = 0; !life.signal.aborted; n += 1) {
        const email = `r${round}-s${sender}-${n}@example.com`;
        const answer = await fetch(`${server.origin}/forms/whitepaper/`, {
          method: 'POST',
          redirect: 'manual',
          headers: { Origin: server.origin },
          body: new URLSearchParams({ ...formFor(env.DIST_DIR), email }),
        }).catch(() => undefined);
        if (answer?.status === 303) {
          acknowledged.push(email);
          first.resolve();
        } else unanswered += 1;
      }
    });
    // On a machine that is busy the first answer may take longer than a life.
    await first.promise;
    await sleep(random() * longestLife);
    await server.kill();
    life.abort();
    await Promise.all(sending);
    progress(round);
  }

  // What waits for its next attempt is due at once, and the mail server is in a good mood again.
  const refusedBefore = new Set(sink.refused);
  sink.mood = 'takes all';
  await database.makeDue(kept);
  const last = await startServer('src/server/main.ts', env);
  const store = await database.open(kept);
  await drained(store);
  await last.stop();
  const sum = await account(store, acknowledged, sink.taken, refusedBefore);
  await store.close();
  await sink.close();
  await rm(kept, { recursive: true });

  const dropped = [...sink.dropped.values()].reduce((total, times) => total + times, 0);
  return { ...sum, acknowledged: acknowledged.length, cutOff: unanswered, refused: refusedBefore.size, dropped };
}

async function account(
  store: Store,
  acknowledged: readonly string[],
  taken: ReadonlyMap<string, { to: string; times: number }>,
  refused: ReadonlySet<string>,
): Promise<Omit<Account, 'acknowledged' | 'cutOff' | 'refused' | 'dropped'>> {
  const contacts = new Map<string, string>();
  for await (const { id, email } of store.reading.rows('contact')) contacts.set(email, id);
  const submitters = new Set<string>();
  for await (const { contactId } of store.reading.rows('submission')) if (contactId) submitters.add(contactId);
  const states = new Map<string, string>();
  for await (const { contactId, kind, state } of store.reading.rows('outbox'))
    if (contactId && kind === 'mail') states.set(contactId, state);
  const sentTo = new Set([...taken.values()].map(({ to }) => to));
  const times = [...taken.values()].map((mail) => mail.times);
  return {
    stored: submitters.size,
    lost: acknowledged.filter((email) => !submitters.has(contacts.get(email) ?? '')),
    unsent: [...contacts].flatMap(([email, id]) => {
      const state = states.get(id);
      return (state === 'done' && sentTo.has(email)) || (state === 'dead' && refused.has(email)) ? [] : email;
    }),
    mails: taken.size,
    dead: [...states.values()].filter((state) => state === 'dead').length,
    repeats: times.reduce((total, each) => total + each - 1, 0),
    mostTimes: Math.max(0, ...times),
  };
}

/** Waits until nothing is due or leased any more. */
async function drained(store: Store): Promise<void> {
  for (;;) {
    const { ready, leased } = await store.outbox.progress('');
    if (ready + leased === 0) return;
    await sleep(200);
  }
}
