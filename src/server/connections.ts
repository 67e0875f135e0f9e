import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from './client-address.ts';
import type { Log } from './log.ts';

/** How many connections are held at once; more are refused, so that those that are held can be served. */
export interface ConnectionBounds {
  all: number;
  /** From one IPv4 address or one /64 of IPv6. */
  perAddress: number;
}

/** How many there are of all. */
export const mostConnections = 4096;

/** How often refused connections are reported, in milliseconds. */
const reportEvery = 60_000;

/** Counts the connections of each address. */
export class Connections {
  readonly #most: number;
  readonly #held = new Map<string, Set<symbol>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** How many addresses hold any. */
  get size(): number {
    return this.#held.size;
  }

  /** Takes one more from `address`; what it returns is to be called when that ends. Undefined where it is too many. */
  take(address: string | undefined): (() => void) | undefined {
    const network = networkOf(address ?? '');
    const held = this.#held.get(network) ?? new Set();
    if (held.size >= this.#most) return undefined;
    const connection = Symbol('connection');
    this.#held.set(network, held.add(connection));
    return () => {
      held.delete(connection);
      if (held.size === 0) this.#held.delete(network);
    };
  }
}

/**
 * Refuses connections beyond the bounds. Behind a proxy all of them are the proxy's, which has bounds of its own: then
 * no address has one here. The log is told once a minute at most, without the address.
 */
export function boundConnections(
  server: Server,
  { all, perAddress }: ConnectionBounds,
  { isBehindProxy, log, now }: { isBehindProxy: boolean; log: Log; now: () => number },
): void {
  let reported = -Infinity;
  const report = (what: string) => {
    if (now() - reported < reportEvery) return;
    reported = now();
    log.warn(`Connections are refused: ${what}`);
  };
  server.maxConnections = all;
  server.on('drop', () => report(`${all} are held`));
  if (isBehindProxy) return;
  const connections = new Connections(perAddress);
  server.on('connection', (socket: Socket) => {
    const release = connections.take(socket.remoteAddress);
    if (release) {
      socket.once('close', release);
      return;
    }
    socket.destroy();
    report(
      `one address holds ${perAddress}. If that is a proxy of yours, say so: TRUSTED_PROXIES=1; for many readers behind one address, raise CONNECTIONS_PER_IP`,
    );
  });
}
