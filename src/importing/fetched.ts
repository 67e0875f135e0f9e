import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv4 } from 'node:net';
import { type Fetch, redirectChain } from '#publishing/redirect-chain.ts';

export type { Fetch };

/** The most bytes of one file: a picture or a transcript is never that heavy. */
const mostBytes = 50e6;

/** Addresses that lead to this machine or its neighbours. */
const closed = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(network, prefix, 'ipv4');

const open = new BlockList();
open.addSubnet('2000::', 3, 'ipv6');

const isClosed = (address: string) => (isIPv4(address) ? closed.check(address, 'ipv4') : !open.check(address, 'ipv6'));

/**
 * A `fetch` that asks no host of a private network, whatever a file from elsewhere names; but for the one at which the
 * owner named the archive. Each hop of a redirect is asked by it anew.
 */
export function guardedFetch(fetch: Fetch, archive: string, resolveHost = lookupAll): Fetch {
  const allowed = URL.parse(archive)?.host;
  return async (address, init) => {
    const url = new URL(address);
    if (!/^https?:$/.test(url.protocol)) throw new Error(`is no address of the web: ${address}`);
    if (url.host !== allowed) {
      const host = url.hostname.replace(/^\[|\]$/g, '');
      const addresses = isIP(host) ? [host] : await resolveHost(host);
      if (addresses.some(isClosed)) throw new Error('leads into a private network, which an archive may not name');
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
