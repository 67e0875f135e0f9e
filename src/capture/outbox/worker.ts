import { MailRefused } from '#capture/mail/mailer.ts';
import type { Lease, Store } from '#capture/store/store.ts';
import type { OutboxLane, OutboxRow } from '#capture/store/tables.ts';
import type { Randomness } from '#capture/store/tokens.ts';
import { WebhookRefused } from '#capture/webhook/sender.ts';
import { delayAfter } from './backoff.ts';
import { reasonOf } from './reason.ts';

/** Takes what is due out of the outbox and delivers it. */
export interface Worker {
  start(): void;
  /** Something was queued for a reader or a CRM: it need not wait. */
  wake(): void;
  /**
   * Takes nothing more, and resolves when what is under way has ended. What takes longer than `lastMoments` is left: its
   * lease runs out, and it is sent again.
   */
  stop(): Promise<void>;
}

/** How the rows of one lane are delivered. Handlers do not wait for one another. */
export interface Handler {
  lane: OutboxLane;
  /** Resolves when the row is done with; throws when it has to be tried again, or `permanent` when it is in vain. */
  deliver(row: OutboxRow): Promise<void>;
  /**
   * Is told of a row that is given up, before it becomes a dead letter; true where it is none, as there is nothing that an
   * owner could do about it.
   */
  giveUp?(row: OutboxRow, error: unknown): Promise<boolean>;
  /** How long to wait after each failed attempt, in milliseconds. */
  schedule: readonly number[];
  /** How long a row is one worker's own, in milliseconds: longer than any delivery takes. */
  lease: number;
  /** How many are under way at once. */
  atOnce: number;
  pace?: Pace | undefined;
}

/** How many are begun in a second at most, by all handlers of all processes whose pace has this name. */
export interface Pace {
  name: string;
  perSecond: number;
  /** Goes before the others: it may still begin when they have to wait. */
  isFirst?: boolean;
}

export interface WorkerOptions {
  store: Pick<Store, 'outbox' | 'limits'>;
  handlers: readonly Handler[];
  /** Milliseconds since 1970: a clock that may jump. */
  clock: () => number;
  /** Milliseconds since any moment: a clock that cannot. */
  monotonic: () => number;
  random: Randomness;
  /** Resolves after so many milliseconds, or as soon as the signal aborts. */
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Is given what failed, and no address. */
  log: (line: string) => void;
  /** How long a row may wait unseen that another process queued, in milliseconds. */
  rest?: number;
  /** How long deliveries under way are waited for at the end, in milliseconds. */
  lastMoments?: number;
}

/** While others hold what is due, or the pace says so. */
const shortestRest = 20;
const longestOutage = 30_000;

/** A worker; any number of them, in any number of processes, share an outbox. */
export function outboxWorker({
  store: { outbox, limits },
  handlers,
  clock,
  monotonic,
  random,
  sleep,
  log,
  rest: longestRest = 5000,
  lastMoments = 5000,
}: WorkerOptions): Worker {
  const stopping = new AbortController();
  const bells = handlers.map(() => bell());
  const behind = clock() - monotonic();
  /** What is due stays due when the clock goes back. */
  const now = () => Math.floor(Math.max(clock(), monotonic() + behind));
  let running: Promise<unknown> | undefined;
  let stopped: Promise<void> | undefined;

  /** Takes what is due, again and again. */
  async function run(handler: Handler, { ring, reset, rung }: Bell): Promise<void> {
    const underWay = new Map<string, Promise<void>>();
    const watch = leaseWatch(handler, monotonic);
    const rest = async (milliseconds: number) => {
      const slept = new AbortController();
      await Promise.race([sleep(milliseconds, slept.signal), rung()]);
      slept.abort();
    };
    for (let outage = 0; !stopping.signal.aborted;) {
      reset();
      try {
        const free = handler.atOnce - underWay.size;
        const pace = free > 0 ? await paceOf(handler) : { room: 0, wait: 0 };
        const room = Math.min(free, pace.room);
        if (room > 0 && watch.isStale()) watch.see(await outbox.leases(handler.lane), underWay);
        const rows =
          room > 0 ? await outbox.lease(handler.lane, room, now(), now() + handler.lease, watch.lapsed()) : [];
        for (const row of rows) {
          const delivery = deliver(row, handler).finally(() => {
            underWay.delete(row.id);
            ring();
          });
          underWay.set(row.id, delivery);
        }
        if (rows.length > 0) await addToPace(handler, rows.length);
        else if (room > 0) await rest(Math.min(await untilDue(handler), watch.untilNext()));
        else if (free > 0) await sleep(pace.wait, stopping.signal);
        else await rest(longestRest);
        outage = 0;
      } catch (error) {
        outage = Math.min(longestOutage, Math.max(1000, outage * 2));
        log(`The outbox cannot be read (again in ${inWords(outage)}): ${reasonOf(error)}`);
        await rest(outage);
      }
    }
    await Promise.all(underWay.values());
  }

  async function untilDue({ lane }: Handler): Promise<number> {
    const due = await outbox.nextDue(lane);
    return due === undefined ? longestRest : Math.min(longestRest, Math.max(shortestRest, due - now()));
  }

  /** How many may begin now, and how long it is until one may, in milliseconds. */
  async function paceOf({ pace, atOnce }: Handler): Promise<{ room: number; wait: number }> {
    if (!pace) return { room: atOnce, wait: longestRest };
    const each = microseconds(pace);
    // As much as a tenth of a second takes may begin at once; what goes first has as much again for itself.
    const burst = Math.max(1, Math.floor(pace.perSecond / 10)) * (pace.isFirst ? 2 : 1) * each;
    const load = await limits.load(paceKey(pace), now());
    return {
      room: Math.max(0, Math.floor((burst - load) / each)),
      wait: Math.max(1, Math.ceil((load + each - burst) / 1000)),
    };
  }

  async function addToPace({ pace }: Handler, count: number): Promise<void> {
    if (pace) await limits.addLoad(paceKey(pace), count * microseconds(pace), now());
  }

  /** Delivers a row and marks what became of it. Never throws. */
  async function deliver(row: OutboxRow, handler: Handler): Promise<void> {
    const attempts = handler.schedule.length + 1;
    if (row.attempts > attempts)
      // It was leased that often, and never marked: it may be what ends the process.
      return settle(row, () => outbox.bury(row, row.lastError ?? `No end to any of ${attempts} attempts`));
    try {
      await handler.deliver(row);
    } catch (error) {
      const { permanent, retryAfter } = refusal(error);
      const delay = permanent ? undefined : delayAfter(row.attempts, handler.schedule, random);
      const what = `${row.kind} ${row.id}, attempt ${row.attempts} of ${attempts}`;
      if (delay === undefined) {
        return settle(row, async () => {
          const isNone = (await handler.giveUp?.(row, error)) ?? false;
          log(`${what}: ${reasonOf(error)}. ${isNone ? 'It came back.' : 'It is a dead letter now.'}`);
          await (isNone ? outbox.finish(row) : outbox.bury(row, reasonOf(error)));
        });
      }
      const wait = Math.max(delay, retryAfter ?? 0);
      log(`${what}: ${reasonOf(error)}. Again in ${inWords(wait)}.`);
      const runAt = now() + wait;
      return settle(row, () => outbox.retry(row, runAt, reasonOf(error)));
    }
    return settle(row, () => outbox.finish(row));
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
      // No form queues an issue.
      for (const [index, { ring }] of bells.entries()) if (handlers[index]?.lane !== 'issue') ring();
    },
    stop() {
      stopping.abort();
      for (const { ring } of bells) ring();
      const awake = new AbortController();
      stopped ??= Promise.race([running, sleep(lastMoments, awake.signal)]).then(() => awake.abort());
      return stopped;
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

const paceKey = ({ name }: Pace) => `pace:${name}`;
const microseconds = ({ perSecond }: Pace) => Math.round(1_000_000 / perSecond);

/** How often the leases of others are looked at, in milliseconds. */
const watchedEvery = 1000;

/**
 * Finds the leases of workers that are gone: those that stayed as they are for as long as a lease is, by this worker's
 * own clock that cannot jump. So none is broken because a clock was put forward, here or on another machine.
 */
function leaseWatch({ lease }: Handler, monotonic: () => number) {
  let seen = new Map<string, { attempts: number; since: number }>();
  let at = -Infinity;
  return {
    isStale: () => monotonic() - at >= watchedEvery,
    /** What is leased now; what is under way here is nobody's to take. */
    see(leases: readonly Lease[], underWay: ReadonlyMap<string, unknown>): void {
      at = monotonic();
      const before = seen;
      seen = new Map();
      for (const { id, attempts } of leases) {
        if (underWay.has(id)) continue;
        const known = before.get(id);
        seen.set(id, known?.attempts === attempts ? known : { attempts, since: at });
      }
    },
    lapsed: (): Lease[] =>
      [...seen].flatMap(([id, { attempts, since }]) => (monotonic() - since >= lease ? [{ id, attempts }] : [])),
    /** How long it is until the next one lapses, in milliseconds. */
    untilNext(): number {
      const first = Math.min(...[...seen.values()].map(({ since }) => since));
      return Math.max(shortestRest, first + lease - monotonic());
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
