import type { Outbox } from '#capture/store/store.ts';
import { outboxLanes, type OutboxLane } from '#capture/store/tables.ts';

export const deliveryOutcomes = ['sent', 'retried', 'dead'] as const;

/** What became of deliveries since the process began. */
export interface DeliveryCount {
  lane: OutboxLane;
  outcome: (typeof deliveryOutcomes)[number];
  n: number;
}

/** The outbox, and how often what was taken of it was marked in which way. */
export function countedOutbox(outbox: Outbox): { outbox: Outbox; counts(): DeliveryCount[] } {
  const lanes = new Map<string, OutboxLane>();
  const counts = outboxLanes.flatMap((lane) => deliveryOutcomes.map((outcome) => ({ lane, outcome, n: 0 })));
  const count = (id: string, outcome: DeliveryCount['outcome']) => {
    const lane = lanes.get(id);
    const found = counts.find((each) => each.lane === lane && each.outcome === outcome);
    if (found) found.n += 1;
    lanes.delete(id);
  };
  return {
    counts: () => counts.map((each) => ({ ...each })),
    outbox: {
      ...outbox,
      async lease(lane, ...rest) {
        const rows = await outbox.lease(lane, ...rest);
        for (const { id } of rows) lanes.set(id, lane);
        return rows;
      },
      async finish(lease) {
        await outbox.finish(lease);
        count(lease.id, 'sent');
      },
      async retry(lease, ...rest) {
        await outbox.retry(lease, ...rest);
        count(lease.id, 'retried');
      },
      async bury(lease, ...rest) {
        await outbox.bury(lease, ...rest);
        count(lease.id, 'dead');
      },
    },
  };
}
