import { expect, test } from 'vitest';
import { LaterParts } from '#server/later-parts.ts';

test('twice the bytes of a file go with a download, and not one more', () => {
  const parts = new LaterParts();
  expect([parts.take('a', 1999, 1000), parts.take('a', 2, 1000), parts.take('a', 1, 1000)]).toEqual([
    true,
    false,
    true,
  ]);
  expect(parts.take('a', 1, 1000)).toBe(false);
  expect(parts.take('b', 2000, 1000)).toBe(true);
});

test('what was given back can be taken again, and no more than was taken', () => {
  const parts = new LaterParts();
  parts.take('a', 2000, 1000);
  parts.giveBack('a', 500);
  expect([parts.take('a', 501, 1000), parts.take('a', 500, 1000)]).toEqual([false, true]);
  parts.giveBack('a', 5000);
  expect([parts.take('a', 2000, 1000), parts.take('a', 1, 1000)]).toEqual([true, false]);
});

test('nothing is given back of what another download was counted for since', () => {
  const parts = new LaterParts();
  parts.take('a', 2000, 1000);
  parts.begin('a');
  parts.giveBack('a', 2000);
  expect([parts.take('a', 2000, 1000), parts.take('a', 1, 1000)]).toEqual([true, false]);
});

test('the links whose parts were asked for longest ago are forgotten', () => {
  const parts = new LaterParts(2);
  for (const link of ['a', 'b', 'a', 'c']) parts.take(link, 1000, 1000);
  const isRemembered = (link: string) => !parts.take(link, 2000, 1000);
  expect([isRemembered('a'), isRemembered('c'), isRemembered('b')]).toEqual([true, true, false]);
});
