import { expect, test } from 'vitest';
import { isOfPartner, partnerOf, withPartner } from '#site/partner.ts';

const of = (address: string) => partnerOf(new URL(address, 'https://files.example'));

test.each([
  ['/episodes/one/', '/episodes/one/?partner=ferry'],
  ['/whitepapers/w/?from=home', '/whitepapers/w/?from=home&partner=ferry'],
  ['/episodes/one/#goal', '/episodes/one/?partner=ferry#goal'],
  ['https://files.example/', 'https://files.example/?partner=ferry'],
])('%s with a partner is %s, and says which', (address, expected) => {
  expect(withPartner(address, 'ferry')).toBe(expected);
  expect(of(expected)).toBe('ferry');
});

test.each([
  ['/with/ferry/', 'ferry'],
  ['/with/ferry/kit/', 'ferry'],
  ['/with/ferry/?partner=almanac', 'ferry'],
  ['/?from=home', undefined],
  ['/with/', undefined],
  ['/posts/with/ferry/', undefined],
])('the partner of %s is %s', (address, expected) => {
  expect(of(address)).toBe(expected);
  expect(isOfPartner(new URL(address, 'https://files.example').pathname)).toBe(address.startsWith('/with/ferry/'));
});
