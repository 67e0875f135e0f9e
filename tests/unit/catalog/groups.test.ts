import { expect, test } from 'vitest';
import { groups } from '#catalog/groups.ts';

test('a member stands once under each of its keys, in the order of the list', () => {
  const found = groups(['ab', 'b', 'bb', ''], (word) => [...word]);
  expect(found).toEqual(
    new Map([
      ['a', ['ab']],
      ['b', ['ab', 'b', 'bb']],
    ]),
  );
});
