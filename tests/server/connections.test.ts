import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ask, type Served, serve } from './served.ts';

/** Sends the beginning of a request and no more; resolves to whether the server keeps the connection. */
async function hold(served: Served, from = '127.0.0.1'): Promise<{ socket: Socket; isKept: () => boolean }> {
  const socket = connect({ port: served.port, host: '127.0.0.1', localAddress: from });
  onTestFinished(() => void socket.destroy());
  let closed = false;
  socket.on('error', () => {}).once('close', () => (closed = true));
  await once(socket, 'connect');
  socket.write('GET /about/ HTTP/1.1\r\nHost: lighthouse');
  return { socket, isKept: () => !closed };
}

describe('connections that one address holds', () => {
  test('are bounded, and the log says so once, without the address', async () => {
    const served = await serve({ environment: { connectionsPerAddress: 3 } });
    const held = await Promise.all(Array.from({ length: 3 }, () => hold(served)));
    const more = await Promise.all([hold(served), hold(served)]);
    await vi.waitFor(() => expect(more.map(({ isKept }) => isKept())).toEqual([false, false]));
    expect(held.map(({ isKept }) => isKept())).toEqual([true, true, true]);
    expect(served.lines).toHaveLength(1);
    expect(served.lines[0]).toContain('one address holds 3');
    expect(served.lines[0]).toContain('raise CONNECTIONS_PER_IP');
    expect(served.lines[0]).not.toContain('127.0.0');
  });

  test('leave room when they end', async () => {
    const served = await serve({ environment: { connectionsPerAddress: 2 } });
    for (let times = 0; times < 5; times += 1) expect((await ask(served, '/about/')).status).toBe(200);
    const [first] = await Promise.all([hold(served), hold(served)]);
    await expect(ask(served, '/about/')).rejects.toThrow();
    first.socket.destroy();
    await vi.waitFor(async () => expect((await ask(served, '/about/')).status).toBe(200));
  });

  // Elsewhere a machine has one address of itself alone.
  test.runIf(process.platform === 'linux')('leave room for others', async () => {
    const served = await serve({ mostConnections: 10, environment: { connectionsPerAddress: 8 } });
    for (let times = 0; times < 20; times += 1) await hold(served, '127.0.0.2');
    expect((await ask(served, '/about/')).status).toBe(200);
  });

  test('have no bound where they are those of a trusted proxy', async () => {
    const served = await serve({ environment: { trustedProxies: 1, connectionsPerAddress: 2 } });
    for (let times = 0; times < 5; times += 1) await hold(served);
    expect((await ask(served, '/about/')).status).toBe(200);
  });

  test('are bounded in all, behind a proxy too', async () => {
    const served = await serve({ mostConnections: 2, environment: { trustedProxies: 1 } });
    await Promise.all([hold(served), hold(served)]);
    await expect(ask(served, '/about/')).rejects.toThrow();
    expect(served.lines.join()).toContain('2 are held');
  });
});
