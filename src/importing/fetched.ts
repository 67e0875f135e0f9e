import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Fetch, redirectChain } from '#publishing/redirect-chain.ts';

export type { Fetch };

/** The most bytes of one file: a picture or a transcript is never that heavy. */
const mostBytes = 50e6;

/**
 * A `fetch` that asks no host of a private network, whatever a file from elsewhere names; but for the one at which the
 * owner named the archive. Each hop of a redirect is asked by it anew. `isPrivate` tells which IP addresses are closed.
 */
export function guardedFetch(
  fetch: Fetch,
  archive: string,
  isPrivate: (address: string) => boolean,
  resolveHost = lookupAll,
): Fetch {
  const allowed = URL.parse(archive)?.host;
  return async (address, init) => {
    const url = new URL(address);
    if (!/^https?:$/.test(url.protocol)) throw new Error(`is no address of the web: ${address}`);
    if (url.host !== allowed) {
      const host = url.hostname.replace(/^\[|\]$/g, '');
      const addresses = isIP(host) ? [host] : await resolveHost(host);
      if (addresses.some(isPrivate)) throw new Error('leads into a private network, which an archive may not name');
    }
    return fetch(address, init);
  };
}

const lookupAll = async (host: string) => (await lookup(host, { all: true })).map(({ address }) => address);

export interface Fetched {
  bytes: Uint8Array;
  /** The media type that the host says, without parameters. */
  type: string;
  /** Where it came from at last. */
  address: string;
}

/** A file at an address, asked for twice where the first try fails. Throws an error with a plain message. */
export async function fetched(
  address: string,
  { fetch, timeout }: { fetch: Fetch; timeout: number },
  most = mostBytes,
): Promise<Fetched> {
  try {
    return await once(address, { fetch, timeout }, most);
  } catch (error) {
    if (/answers 4\d\d|more than|private|no address/.test((error as Error).message)) throw error;
    return once(address, { fetch, timeout }, most);
  }
}

async function once(address: string, network: { fetch: Fetch; timeout: number }, most: number): Promise<Fetched> {
  const headers = { 'User-Agent': 'd-files import', Accept: '*/*' };
  const { response, redirects } = await redirectChain(address, { headers }, network);
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error(`answers ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > most) throw new Error(`is more than ${Math.round(most / 1e6)} MB`);
    parts.push(part);
  }
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  return { bytes: Buffer.concat(parts), type, address: redirects.at(-1) ?? address };
}
