import type { Vitals } from './capture-thread.ts';
import { exposition, type Metric, type Sample } from './exposition.ts';
import type { Lag } from './lag.ts';
import { bounds, type RequestCounts } from './request-counts.ts';

/** What is known of a server at one moment. Moments are in milliseconds since 1970. */
export interface ServerFacts {
  requests: RequestCounts;
  /** How many connections are open. */
  connections: number;
  /** Of forms, links and mails; undefined where the thread of them does not answer. */
  vitals: Vitals | undefined;
  lag: Lag;
  /** When the site that is served was built. */
  builtAt: number | null;
  /** Whether what was built last could not be served, or could not be built. */
  isStale: boolean;
  /** When the newest backup was written, where `BACKUP` is set. */
  backupAt: number | null | undefined;
  process: { startedAt: number; cpuSeconds: number; memoryBytes: number };
  now: number;
}

/** What `GET /metrics` answers. */
export function metricsText(facts: ServerFacts): string {
  const { requests, vitals, now } = facts;
  const store = vitals?.store;
  return exposition([
    counter(
      'requests_total',
      'Answered requests, by what was asked for and by status',
      [...requests.answers.values()].map(({ kind, status, n }) => ({ labels: { kind, status }, value: n })),
    ),
    {
      ...{ name: `${prefix}request_seconds`, help: 'From a request to the end of its answer', type: 'histogram' },
      samples: [...requests.seconds].flatMap(([kind, times]) => histogram(kind, times)),
    },
    gauge('connections', 'Open connections of readers and proxies', [{ value: facts.connections }]),
    gauge('store_up', 'Whether the store could be asked', [{ value: store ? 1 : 0 }]),
    gauge(
      'queue_messages',
      'Mails and webhooks that were not delivered, by lane and state; dead is a dead letter',
      (store?.queue ?? []).map(({ lane, state, n }) => ({ labels: { lane, state }, value: n })),
    ),
    gauge(
      'queue_oldest_seconds',
      'How long the oldest due one of a lane has waited; 0 where none is due',
      (store?.oldestDue ?? []).map(({ lane, at }) => ({
        labels: { lane },
        value: at === undefined ? 0 : Math.max(0, (now - at) / 1000),
      })),
    ),
    counter(
      'deliveries_total',
      'Attempts to deliver, by lane and outcome',
      (vitals?.deliveries ?? []).map(({ lane, outcome, n }) => ({ labels: { lane, outcome }, value: n })),
    ),
    gauge(
      'mails_returned',
      'Mails that came back from people who are known still, by how: hard, soft, blocked or a complaint',
      (store?.bounces ?? []).map(({ kind, n }) => ({ labels: { kind }, value: n })),
    ),
    gauge('networks_limited', 'Networks that may send no form now', store ? [{ value: store.limitedNetworks }] : []),
    gauge(
      'build_timestamp_seconds',
      'When the site was built that is served',
      facts.builtAt === null ? [] : [{ value: facts.builtAt / 1000 }],
    ),
    gauge('build_stale', 'Whether the newest build failed or could not be served', [{ value: facts.isStale ? 1 : 0 }]),
    gauge(
      'backup_timestamp_seconds',
      'When the newest backup was written; 0 without any',
      facts.backupAt === undefined ? [] : [{ value: (facts.backupAt ?? 0) / 1000 }],
    ),
    ...(['mean', 'p99', 'max'] as const).map((which) =>
      gauge(`event_loop_lag_${which}_seconds`, 'How late timers were since the last scrape, by thread', [
        { labels: { thread: 'http' }, value: facts.lag[which] },
        ...(vitals ? [{ labels: { thread: 'capture' }, value: vitals.lag[which] }] : []),
      ]),
    ),
    {
      ...{ name: 'process_start_time_seconds', help: 'When the process began', type: 'gauge' },
      samples: [{ value: facts.process.startedAt / 1000 }],
    },
    {
      ...{ name: 'process_cpu_seconds_total', help: 'Time of processors that it has used', type: 'counter' },
      samples: [{ value: facts.process.cpuSeconds }],
    },
    {
      ...{ name: 'process_resident_memory_bytes', help: 'Memory that it has', type: 'gauge' },
      samples: [{ value: facts.process.memoryBytes }],
    },
  ]);
}

const prefix = 'd_files_';
const gauge = (name: string, help: string, samples: readonly Sample[]): Metric => ({
  ...{ name: prefix + name, help, type: 'gauge', samples },
});
const counter = (name: string, help: string, samples: readonly Sample[]): Metric => ({
  ...{ name: prefix + name, help, type: 'counter', samples },
});

function histogram(kind: string, { buckets, sum, count }: { buckets: number[]; sum: number; count: number }): Sample[] {
  let upTo = 0;
  return [
    ...bounds.map((le, i) => ({ suffix: '_bucket', labels: { kind, le }, value: (upTo += buckets[i] ?? 0) })),
    { suffix: '_bucket', labels: { kind, le: '+Inf' }, value: count },
    { suffix: '_sum', labels: { kind }, value: sum },
    { suffix: '_count', labels: { kind }, value: count },
  ];
}
