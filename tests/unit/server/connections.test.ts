import { describe, expect, it } from 'vitest';
import { networkOf } from '#server/client-address.ts';
import { Connections } from '#server/connections.ts';

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
});
