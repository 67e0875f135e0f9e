import type { IncomingMessage } from 'node:http';

/** The hosts that the server answers to: the site's own, and those that its owner adds (`ALLOWED_HOSTS`). */
export interface Hosts {
  names: readonly string[];
  /** Whether this machine's own names are taken too, on any port: not where the site is public. */
  local: boolean;
}

/**
 * Whether a request names its host as it has to: once, and as a host is written (RFC 9112, section 3.2). Node can refuse
 * one that names none, but of two it takes the first. What came before HTTP/1.1 may name none.
 */
export function isHostWellFormed({
  headersDistinct,
  httpVersion,
}: Pick<IncomingMessage, 'headersDistinct' | 'httpVersion'>): boolean {
  const [host, another] = headersDistinct['host'] ?? [];
  if (another !== undefined) return false;
  return host === undefined ? httpVersion !== '1.1' : hostForm.test(host);
}

/** A name or address, and perhaps a port (RFC 3986, section 3.2). */
const hostForm = /^(\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(:\d*)?$/i;

/** Whether `host`, a name and perhaps a port, is one of them. */
export function isKnownHost(host: string | undefined, { names, local }: Hosts): boolean {
  if (!host) return false;
  const name = withoutDefaultPort(host);
  if (names.some((each) => withoutDefaultPort(each) === name)) return true;
  return local && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(name);
}

const withoutDefaultPort = (host: string) => host.toLowerCase().replace(/\.?(:(80|443))?$/, '');
