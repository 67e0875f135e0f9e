import { request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { exposition, expositionType } from '#server/exposition.ts';
import { metricsText, type ServerFacts } from '#server/metrics.ts';
import { serveMetrics } from '#server/metrics-server.ts';
import { RequestCounts } from '#server/request-counts.ts';
import { readExposition } from '../../fakes/exposition.ts';

const now = Date.UTC(2026, 0, 15, 12);
const calm = { mean: 0.001, p99: 0.002, max: 0.003 };

function facts(with_: Partial<ServerFacts> = {}): ServerFacts {
  return {
    ...{ requests: new RequestCounts(), connections: 3, lag: calm, builtAt: now - 60_000, isStale: false, now },
    vitals: {
      store: {
        queue: [{ lane: 'answer', state: 'dead', n: 2 }],
        oldestDue: [
          { lane: 'answer', at: now - 90_000 },
          { lane: 'issue', at: undefined },
        ],
        bounces: [
          { kind: 'hard', n: 3 },
          { kind: 'complaint', n: 0 },
        ],
        limitedNetworks: 1,
      },
      deliveries: [{ lane: 'answer', outcome: 'sent', n: 7 }],
      lag: calm,
    },
    backupAt: now - 3_600_000,
    process: { startedAt: now - 1000, cpuSeconds: 1.5, memoryBytes: 2 ** 27 },
    ...with_,
  };
}

const scraped = (given: ServerFacts) => readExposition(metricsText(given));
const valueOf = (samples: ReturnType<typeof readExposition>, name: string, labels: Record<string, string> = {}) =>
  samples.find((each) => each.name === name && Object.entries(labels).every(([key, text]) => each.labels[key] === text))
    ?.value;

describe('metrics', () => {
  test('are what a scraper of Prometheus reads', () => {
    const requests = new RequestCounts();
    requests.add('/episodes/one/', 200, 3);
    requests.add('/episodes/two/', 200, 700);
    requests.add('/forms/whitepaper/', 303, 90_000);
    requests.add('/forms/whitepaper/', 429, 1);
    requests.add('/confirm/', 200, 20);
    requests.add(undefined, 400, 0);
    const samples = scraped(facts({ requests }));
    expect(valueOf(samples, 'd_files_requests_total', { kind: 'file', status: '200' })).toBe(2);
    expect(valueOf(samples, 'd_files_requests_total', { kind: 'form', status: '429' })).toBe(1);
    expect(valueOf(samples, 'd_files_requests_total', { kind: 'malformed', status: '400' })).toBe(1);
    expect(valueOf(samples, 'd_files_request_seconds_bucket', { kind: 'file', le: '0.005' })).toBe(1);
    expect(valueOf(samples, 'd_files_request_seconds_bucket', { kind: 'file', le: '1' })).toBe(2);
    expect(valueOf(samples, 'd_files_request_seconds_bucket', { kind: 'form', le: '60' })).toBe(1);
    expect(valueOf(samples, 'd_files_request_seconds_bucket', { kind: 'form', le: '+Inf' })).toBe(2);
    expect(valueOf(samples, 'd_files_request_seconds_sum', { kind: 'form' })).toBeCloseTo(90.001);
    expect(valueOf(samples, 'd_files_queue_oldest_seconds', { lane: 'answer' })).toBe(90);
    expect(valueOf(samples, 'd_files_queue_oldest_seconds', { lane: 'issue' })).toBe(0);
    expect(valueOf(samples, 'd_files_queue_messages', { state: 'dead' })).toBe(2);
    expect(valueOf(samples, 'd_files_deliveries_total', { outcome: 'sent' })).toBe(7);
    expect(valueOf(samples, 'd_files_mails_returned', { kind: 'hard' })).toBe(3);
    expect(valueOf(samples, 'd_files_mails_returned', { kind: 'complaint' })).toBe(0);
    expect(valueOf(samples, 'd_files_backup_timestamp_seconds')).toBe(now / 1000 - 3600);
    expect(valueOf(samples, 'd_files_store_up')).toBe(1);
    expect(metricsText(facts())).toMatch(/^d_files_store_up 1$/m);
  });

  test('still say what is known while the store is away, and leave out what is not', () => {
    const samples = scraped(facts({ vitals: undefined, builtAt: null, backupAt: undefined, isStale: true }));
    expect(valueOf(samples, 'd_files_store_up')).toBe(0);
    expect(valueOf(samples, 'd_files_build_stale')).toBe(1);
    expect(samples.map(({ name }) => name)).not.toContain('d_files_queue_messages');
    expect(samples.map(({ name }) => name)).not.toContain('d_files_backup_timestamp_seconds');
  });

  test('have no path and nothing that a reader chose among their labels', () => {
    const requests = new RequestCounts();
    requests.add('/download/?token=s3cret', 410, 1);
    requests.add('/"\n{evil}', 404, 1);
    const text = metricsText(facts({ requests }));
    expect(text).not.toMatch(/s3cret|evil|download/);
    expect(readExposition(text)).toContainEqual({
      ...{ name: 'd_files_requests_total', labels: { kind: 'file', status: '404' }, value: 1 },
    });
  });

  test('write what their format would read otherwise', () => {
    const text = exposition([
      {
        name: 'a',
        help: 'one\\two\nthree',
        type: 'gauge',
        samples: [{ labels: { of: 'a"b\\c\nd' }, value: Infinity }],
      },
    ]);
    expect(text).toBe('# HELP a one\\\\two\\nthree\n# TYPE a gauge\na{of="a\\"b\\\\c\\nd"} +Inf\n');
    expect(readExposition(text)).toHaveLength(1);
  });
});

describe('the address of metrics', () => {
  const ask = (port: number, path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number | undefined; type: string | undefined; body: string }>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode, type: response.headers['content-type'], body }),
        );
      })
        .on('error', reject)
        .end();
    });

  test('answers who scrapes it, and no page that leads its own name there', async () => {
    const running = await serveMetrics({ host: '127.0.0.1', port: 0 }, async () => 'a 1\n');
    onTestFinished(() => running.stop());
    const { port } = running;
    expect(await ask(port, '/metrics')).toEqual({ status: 200, type: expositionType, body: 'a 1\n' });
    expect((await ask(port, '/metrics', { Host: 'd-files:9464' })).status).toBe(200);
    expect((await ask(port, '/metrics', { Host: 'evil.example:9464' })).status).toBe(421);
    expect((await ask(port, '/')).status).toBe(404);
    expect((await ask(port, '/metrics', {}, 'POST')).status).toBe(405);
  });

  test('says so where the facts cannot be gathered', async () => {
    const running = await serveMetrics({ host: '127.0.0.1', port: 0 }, () => Promise.reject(new Error('gone')));
    onTestFinished(() => running.stop());
    expect((await ask(running.port, '/metrics')).status).toBe(503);
  });
});
