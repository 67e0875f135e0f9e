import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * The address of the reader. Each trusted proxy adds the address that it sees to the right of `X-Forwarded-For`; what
 * stands further left may be anyone's invention.
 */
export function clientAddress(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  proxies: number,
): string {
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const hops = [...forwarded.map(address), address(socket.remoteAddress ?? '')].filter((hop) => hop !== '');
  const trusted = hops.slice(-(proxies + 1));
  // A hop that is no address cannot be a reader; the proxy that passed it on is the last one that is known.
  return trusted.find((hop) => hop !== unknown) ?? unknown;
}

/** What one holder of an address has at least: the address of IPv4, the /64 of IPv6 (RFC 4291, section 2.5.4). */
export function networkOf(written: string): string {
  const short = address(written);
  if (isIP(short) !== 6) return short;
  const [head = '', tail] = short.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}

const unknown = 'unknown';

/** An IP address without its port and zone, IPv4 in its own form where it is mapped into IPv6 (RFC 4291, 2.5.5.2). */
function address(written: string): string {
  const text = written.trim();
  if (text === '') return '';
  const bare = (/^\[([^\]]+)\]/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, '$1')).replace(/%.*$/, '');
  if (isIP(bare) === 0) return unknown;
  if (isIP(bare) === 4) return bare;
  const short = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/
    .exec(short)
    ?.slice(1)
    .map((group) => Number.parseInt(group, 16));
  return mapped ? mapped.flatMap((group) => [group >> 8, group & 255]).join('.') : short;
}
