import type { Store } from '#capture/store/store.ts';
import { bounceKinds, outboxLanes, type BounceKind, type OutboxLane, type OutboxRow } from '#capture/store/tables.ts';

/** What waits, what came back and what is limited. */
export interface StoreNumbers {
  /** What was not delivered, each lane in each state. */
  queue: { lane: OutboxLane; state: OutboxRow['state']; n: number }[];
  /** Since when the oldest due one waits, in milliseconds since 1970. */
  oldestDue: { lane: OutboxLane; at: number | undefined }[];
  /** Mails that came back from people who are known still. */
  bounces: { kind: BounceKind; n: number }[];
  /** How many networks may send nothing now. */
  limitedNetworks: number;
}

/** Counts it. What nothing is in is 0: an alarm that looks at it must not lose it. */
export async function storeNumbers(store: Store, perNetwork: number, now: number): Promise<StoreNumbers> {
  const [totals, bounces, limitedNetworks, ...moments] = await Promise.all([
    store.reading.outboxTotals(),
    store.reading.bounceTotals(),
    store.reading.limitedNetworks(perNetwork, now),
    ...outboxLanes.map((lane) => store.outbox.oldestDue(now, lane)),
  ]);
  return {
    queue: outboxLanes.flatMap((lane) =>
      (['ready', 'leased', 'dead'] as const).map((state) => ({
        ...{ lane, state },
        n: totals.find((each) => each.lane === lane && each.state === state)?.n ?? 0,
      })),
    ),
    oldestDue: outboxLanes.map((lane, i) => ({ lane, at: moments[i] })),
    bounces: bounceKinds.map((kind) => ({ kind, n: bounces[kind] ?? 0 })),
    limitedNetworks,
  };
}
