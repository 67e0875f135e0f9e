import { expect, test } from 'vitest';
import { zoneOf } from '#importing/zone.ts';

const shown = (...pairs: [at: string, shown: string][]) =>
  pairs.map(([at, clock]) => ({ at: new Date(at), shown: clock }));
const berlin = shown(['2007-07-25T22:00:00Z', '2007-07-26T00:00:00'], ['2007-12-01T08:30:00Z', '2007-12-01T09:30:00']);

test.each([
  [berlin, 'de-DE', 'Europe/Berlin'],
  [berlin, 'fr', 'Europe/Paris'],
  // WordPress says English where nobody chose a language.
  [berlin, 'en-US', 'Europe/Berlin'],
  [shown(['2012-07-25T13:43:28Z', '2012-07-25T21:43:28']), 'zh-CN', 'Asia/Shanghai'],
  [
    shown(['2012-01-25T13:00:00Z', '2012-01-25T06:00:00'], ['2012-07-25T13:00:00Z', '2012-07-25T07:00:00']),
    'en-US',
    'America/Denver',
  ],
  [
    shown(['2012-07-25T13:00:00Z', '2012-07-25T13:00:00'], ['2012-01-25T13:00:00Z', '2012-01-25T13:00:00']),
    'en',
    'UTC',
  ],
  [shown(['2012-07-25T13:00:00Z', '2012-07-25T13:17:00']), 'en', undefined],
  [[], 'nonsense!', undefined],
])('the zone of %j in %s is %s', (moments, language, zone) => {
  expect(zoneOf(moments, language)).toBe(zone);
});

test('one of many posts, written before the zone was chosen, changes nothing', () => {
  const old = shown(['2006-01-01T00:00:00Z', '2006-01-01T00:00:00']);
  expect(zoneOf([...old, ...Array.from({ length: 20 }, () => berlin).flat()], 'de')).toBe('Europe/Berlin');
});
