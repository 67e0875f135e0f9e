import { MailRefused } from '#capture/mail/mailer.ts';
import type { Outbox } from '#capture/store/store.ts';
import type { OutboxKind, OutboxRow } from '#capture/store/tables.ts';
import type { Randomness } from '#capture/store/tokens.ts';
import { WebhookRefused } from '#capture/webhook/sender.ts';
import { delayAfter } from './backoff.ts';
import { reasonOf } from './reason.ts';

/** Takes what is due out of the outbox and delivers it. */
export interface Worker {
  start(): void;
  /** Something was queued: it need not wait. */
  wake(): void;
  /** Takes nothing more, ends what is under way, and resolves then. */
  stop(): Promise<void>;
}

/** How one kind of row is delivered. Handlers do not wait for one another. */
export interface Handler {
  kind: OutboxKind;
  /** Resolves when the row is done with; throws when it has to be tried again, or `permanent` when it is in vain. */
  deliver(row: OutboxRow): Promise<void>;
  /** How long to wait after each failed attempt, in milliseconds. */
  schedule: readonly number[];
  /** How long a row is this worker's own, in milliseconds: longer than any delivery takes. */
  lease: number;
  /** How many are under way at once. */
  atOnce: number;
  /** How many are begun in a second at most. */
  perSecond?: number | undefined;
}

export interface WorkerOptions {
  outbox: Outbox;
  handlers: readonly Handler[];
  /** Milliseconds since 1970. */
  clock: () => number;
  random: Randomness;
  /** Resolves after so many milliseconds, or as soon as the signal aborts. */
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Is given what failed, and no address. */
  log: (line: string) => void;
  /** How long a row may wait unseen that another process queued, in milliseconds. */
  rest?: number;
}

/** While others hold what is due, or the pace says so. */
const shortestRest = 20;
const longestOutage = 30_000;

/** A worker; any number of them, in any number of processes, share an outbox. */
export function outboxWorker({
  outbox,
  handlers,
  clock,
  random,
  sleep,
  log,
  rest: longestRest = 5000,
}: WorkerOptions): Worker {
  const stopping = new AbortController();
  const bells = handlers.map(() => bell());
  let running: Promise<unknown> | undefined;

  /** Takes what is due, again and again. */
  async function run(handler: Handler, { ring, reset, rung }: Bell): Promise<void> {
    const underWay = new Set<Promise<void>>();
    const pace = paced(handler);
    const rest = async (milliseconds: number) => {
      const slept = new AbortController();
      await Promise.race([sleep(milliseconds, slept.signal), rung()]);
      slept.abort();
    };
    for (let outage = 0; !stopping.signal.aborted;) {
      reset();
      try {
        const room = Math.min(handler.atOnce - underWay.size, pace.room(clock()));
        const rows = room > 0 ? await outbox.lease(handler.kind, room, clock(), clock() + handler.lease) : [];
        pace.took(rows.length);
        for (const row of rows) {
          const delivery = deliver(row, handler).finally(() => {
            underWay.delete(delivery);
            ring();
          });
          underWay.add(delivery);
        }
        if (rows.length === 0)
          await rest(room > 0 ? await untilDue(handler.kind) : (pace.wait(clock()) ?? longestRest));
        outage = 0;
      } catch (error) {
        outage = Math.min(longestOutage, Math.max(1000, outage * 2));
        log(`The outbox cannot be read (again in ${inWords(outage)}): ${reasonOf(error)}`);
        await rest(outage);
      }
    }
    await Promise.all(underWay);
  }

  async function untilDue(kind: OutboxKind): Promise<number> {
    const due = await outbox.nextDue(kind);
    return due === undefined ? longestRest : Math.min(longestRest, Math.max(shortestRest, due - clock()));
  }

  /** Delivers a row and marks what became of it. Never throws. */
  async function deliver(row: OutboxRow, handler: Handler): Promise<void> {
    const attempts = handler.schedule.length + 1;
    if (row.attempts > attempts)
      // It was leased that often, and never marked: it may be what ends the process.
      return settle(row, () => outbox.bury(row.id, row.lastError ?? `No end to any of ${attempts} attempts`));
    try {
      await handler.deliver(row);
    } catch (error) {
      const { permanent, retryAfter } = refusal(error);
      const delay = permanent ? undefined : delayAfter(row.attempts, handler.schedule, random);
      const what = `${handler.kind} ${row.id}, attempt ${row.attempts} of ${attempts}`;
      if (delay === undefined) {
        log(`${what}: ${reasonOf(error)}. It is a dead letter now.`);
        return settle(row, () => outbox.bury(row.id, reasonOf(error)));
      }
      const wait = Math.max(delay, retryAfter ?? 0);
      log(`${what}: ${reasonOf(error)}. Again in ${inWords(wait)}.`);
      const runAt = clock() + wait;
      return settle(row, () => outbox.retry(row.id, runAt, reasonOf(error)));
    }
    return settle(row, () => outbox.finish(row.id));
  }

  /** Marks a row, as soon as the store is there again: what was sent must not be sent twice. */
  async function settle(row: OutboxRow, mark: () => Promise<void>): Promise<void> {
    for (let outage = 1000; ; outage = Math.min(longestOutage, outage * 2)) {
      try {
        return await mark();
      } catch (error) {
        const last = stopping.signal.aborted;
        log(
          `${row.kind} ${row.id} cannot be marked (${last ? 'left' : `again in ${inWords(outage)}`}): ${reasonOf(error)}`,
        );
        if (last) return;
        await sleep(outage, stopping.signal);
      }
    }
  }

  return {
    start() {
      running ??= Promise.all(handlers.map((handler, index) => run(handler, bells[index] ?? bell())));
    },
    wake() {
      for (const { ring } of bells) ring();
    },
    async stop() {
      stopping.abort();
      for (const { ring } of bells) ring();
      await running;
    },
  };
}

interface Bell {
  ring(): void;
  reset(): void;
  /** Resolves when it was rung since `reset`. */
  rung(): Promise<void>;
}

function bell(): Bell {
  let { promise, resolve } = Promise.withResolvers<void>();
  return {
    ring: () => resolve(),
    reset: () => ({ promise, resolve } = Promise.withResolvers<void>()),
    rung: () => promise,
  };
}

/** A token bucket that holds what may begin in a tenth of a second. */
function paced({ perSecond, atOnce }: Handler) {
  const most = perSecond === undefined ? atOnce : Math.max(1, Math.min(atOnce, Math.floor(perSecond / 10)));
  let [tokens, at] = [most, -Infinity];
  return {
    /** How many may begin now. */
    room(now: number): number {
      if (perSecond === undefined) return most;
      tokens = Math.min(most, tokens + (Math.max(0, now - at) * perSecond) / 1000);
      at = now;
      return Math.floor(tokens);
    },
    took(rows: number): void {
      tokens -= rows;
    },
    /** How long, in milliseconds, until one may begin; undefined where it is not the pace that holds them up. */
    wait(now: number): number | undefined {
      if (perSecond === undefined || tokens >= 1) return undefined;
      return Math.max(1, Math.ceil(((1 - tokens) * 1000) / perSecond - (now - at)));
    },
  };
}

function refusal(error: unknown): { permanent: boolean; retryAfter: number | undefined } {
  if (error instanceof WebhookRefused) return error;
  return { permanent: error instanceof MailRefused && error.permanent, retryAfter: undefined };
}

function inWords(milliseconds: number): string {
  const minutes = milliseconds / 60_000;
  if (minutes < 2) return `${Math.ceil(milliseconds / 1000)} s`;
  return minutes < 120 ? `${Math.round(minutes)} min` : `${Math.round(minutes / 60)} h`;
}
