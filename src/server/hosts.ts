/** The hosts that the server answers to: the site's own, and those that its owner adds (`ALLOWED_HOSTS`). */
export interface Hosts {
  names: readonly string[];
  /** Whether this machine's own names are taken too, on any port: not where the site is public. */
  local: boolean;
}

/** Whether `host`, a name and perhaps a port, is one of them. */
export function isKnownHost(host: string | undefined, { names, local }: Hosts): boolean {
  if (!host) return false;
  const name = withoutDefaultPort(host);
  if (names.some((each) => withoutDefaultPort(each) === name)) return true;
  return local && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(name);
}

const withoutDefaultPort = (host: string) => host.toLowerCase().replace(/\.?(:(80|443))?$/, '');
