import { expect, test } from 'vitest';
import { fullTitle } from '#site/title.ts';

test('a title stands before its subtitle, or alone', () => {
  expect(fullTitle({ title: 'The D-Files', subtitle: 'Disconnected' })).toBe('The D-Files: Disconnected');
  expect(fullTitle({ title: 'The D-Files' })).toBe('The D-Files');
});
