import { createServer } from 'node:http';
import { describe, expect, it, test } from 'vitest';
import { networkOf } from '#server/client-address.ts';
import { patience } from '#server/server.ts';
import { boundConnections, Connections } from '#server/connections.ts';
import { createLog } from '#server/log.ts';

describe('the connections of an address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
    ['1:0:0:4:5:6:7:8', '1:0:0:4::/64'],
    ['::3:4:5:6:7:8', '0:0:3:4::/64'],
    ['', ''],
  ])('are counted for %s as for %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('are one count for a /64 of IPv6, and another for the next', () => {
    const connections = new Connections(2);
    const taken = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8:0:1::1'].map((each) =>
      connections.take(each),
    );
    expect(taken.map((release) => release !== undefined)).toEqual([true, true, false, true]);
    taken[0]?.();
    expect(connections.take('2001:db8::3')).toBeDefined();
    expect(connections.take('2001:db8::4')).toBeUndefined();
  });

  it('leave nothing behind when the last of them ends, and each other alone', () => {
    const connections = new Connections(2);
    const [first, second] = [connections.take('203.0.113.9'), connections.take('203.0.113.9')];
    first?.();
    expect(connections.size).toBe(1);
    const third = connections.take('203.0.113.9');
    expect([third !== undefined, connections.take('203.0.113.9')]).toEqual([true, undefined]);
    second?.();
    third?.();
    expect(connections.size).toBe(0);
  });
});

test('a connection that waits for a request outlives those of proxies, and a slow request does not last', () => {
  const { headers, request, idle, stalled, every, stop } = patience;
  // Those of nginx and of balancers wait for a minute.
  expect(idle).toBeGreaterThan(60_000);
  // What is looked for rarely lasts longer than it may.
  expect(every).toBeGreaterThan(0);
  expect(every).toBeLessThanOrEqual(headers);
  expect(headers).toBeLessThan(request);
  expect(request).toBeLessThanOrEqual(stalled);
  // Containers are killed ten seconds after they were told to end.
  expect(stop).toBeGreaterThan(0);
  expect(stop).toBeLessThan(10_000);
});

test('refused connections are reported once a minute', () => {
  const lines: string[] = [];
  let now = 0;
  const log = createLog(
    'text',
    (line) => lines.push(line),
    () => new Date(now),
  );
  const server = createServer();
  boundConnections(server, { all: 7, perAddress: 5 }, { isBehindProxy: false, log, now: () => now });
  for (const at of [1000, 2000, 60_999, 61_000, 61_001]) {
    now = at;
    server.emit('drop');
  }
  expect(lines).toEqual([
    '00:00:01 warn: Connections are refused: 7 are held',
    '00:01:01 warn: Connections are refused: 7 are held',
  ]);
});
