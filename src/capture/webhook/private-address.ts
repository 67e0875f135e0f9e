import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * Whether an IP address leads to this machine or its neighbours, or anywhere that is not the open Internet: what the
 * IANA registries of special-purpose addresses do not call globally reachable, and all multicast. Of IPv6 only what is
 * given out as global unicast counts as open, without the ranges in it that carry IPv4 addresses of any kind.
 */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) === 0) return true;
  if (isIPv4(address)) return closed.check(address, 'ipv4');
  return !open.check(address, 'ipv6') || closed.check(address, 'ipv6');
}

/** Whether the owner named a host, with or without its port, as one that may lead to private addresses. */
export function isAllowedHost({ host, hostname }: URL, allowedHosts: readonly string[]): boolean {
  const names = [host, hostname, hostname.replace(/^\[|\]$/g, '')];
  return allowedHosts.some((allowed) => names.includes(allowed.toLowerCase()));
}

const open = new BlockList();
open.addSubnet('2000::', 3, 'ipv6');

const closed = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  // Teredo, ORCHID, benchmarks
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed.addSubnet(network, prefix, 'ipv6');
