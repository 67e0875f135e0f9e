import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Fetch, redirectChain } from '#publishing/redirect-chain.ts';

export type { Fetch };

/** The most bytes of one file: a picture or a transcript is never that heavy. */
const mostBytes = 50e6;

/**
 * A `fetch` that asks no host of a private network, whatever a file from elsewhere names; but for the one at which the
 * owner named the archive; and none that failed again and again. Each hop of a redirect is asked by it anew. `isPrivate`
 * tells which IP addresses are closed.
 */
export function guardedFetch(
  fetch: Fetch,
  archive: string,
  isPrivate: (address: string) => boolean,
  resolveHost = lookupAll,
): Fetch {
  const allowed = URL.parse(archive)?.host;
  const failures = new Map<string, number>();
  return async (address, init) => {
    const url = new URL(address);
    const { host } = url;
    if (!/^https?:$/.test(url.protocol)) throw new Refusal(`is no address of the web: ${address}`);
    const failed = failures.get(host) ?? 0;
    if (failed >= mostFailures) throw new Passing(`is not asked for: ${host} failed ${mostFailures} times in a row`);
    try {
      if (host !== allowed) {
        const name = url.hostname.replace(/^\[|\]$/g, '');
        const addresses = isIP(name) ? [name] : await resolveHost(name);
        if (addresses.some(isPrivate)) throw new Refusal('leads into a private network, which an archive may not name');
      }
      const response = await fetch(address, init);
      failures.delete(host);
      return response;
    } catch (error) {
      if (!(error instanceof Refusal)) failures.set(host, (failures.get(host) ?? 0) + 1);
      throw error;
    }
  };
}

/** Old archives name hosts that are gone: after so many failures one is not waited for again. */
const mostFailures = 12;

/** What is not asked for, whenever it is tried. */
class Refusal extends Error {}

const lookupAll = async (host: string) => (await lookup(host, { all: true })).map(({ address }) => address);

/** How long a whole file may take to come, in milliseconds. */
const patience = 600_000;

interface Network {
  fetch: Fetch;
  /** How long a host may be silent, in milliseconds. */
  timeout: number;
}

/** A failure that may be none another time: a host that was silent, or broke off, or had an error of its own. */
export class Passing extends Error {}

/**
 * A file at an address, asked for twice where the first try fails. Throws an error with a plain message, a `Passing` where
 * another time may do.
 */
export async function fetched(address: string, network: Network, most = mostBytes): Promise<Uint8Array> {
  try {
    return await once(address, network, most);
  } catch (error) {
    if (!(error instanceof Passing)) throw error;
    return once(address, network, most);
  }
}

async function once(address: string, { fetch, timeout }: Network, most: number): Promise<Uint8Array> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), timeout);
  const heard: Fetch = (at, init) => {
    timer.refresh();
    return fetch(at, { ...init, signal: AbortSignal.any([silence.signal, ...(init.signal ? [init.signal] : [])]) });
  };
  const headers = { 'User-Agent': 'd-files import', Accept: '*/*' };
  try {
    const { response } = await redirectChain(address, { headers }, { fetch: heard, timeout: patience });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      const { status } = response;
      throw new (status >= 500 || status === 429 ? Passing : Error)(`answers ${status}`);
    }
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      timer.refresh();
      length += part.length;
      if (length > most) throw new Error(`is more than ${Math.round(most / 1e6)} MB`);
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch (error) {
    throw plain(error as Error, silence.signal.aborted ? timeout : undefined);
  } finally {
    clearTimeout(timer);
  }
}

/** An error with a plain message; `silent` is how long nothing came, in milliseconds, where that was it. */
function plain(error: Error, silent: number | undefined): Error {
  if (silent !== undefined) return new Passing(`does not answer within ${silent / 1000} s`, { cause: error });
  const { cause } = error;
  if (cause instanceof Refusal || cause instanceof Passing) return cause;
  // Node's own: the first by `redirectChain`, the second where a body ends too early.
  if (cause instanceof TypeError) return new Passing(error.message, { cause });
  if (error instanceof TypeError) return new Passing(`breaks off: ${codeOf(cause) ?? error.message}`, { cause });
  return error;
}

const codeOf = (cause: unknown) => (cause instanceof Error && 'code' in cause ? String(cause.code) : undefined);
