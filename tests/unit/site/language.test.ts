import { expect, test } from 'vitest';
import { hasAccents } from '#site/language.ts';

test.each([
  ['en', false],
  ['en-GB', false],
  ['de', true],
  ['pt-BR', true],
  ['sr-Latn', true],
  ['sr', false],
  ['ja', false],
  ['ar', false],
])('whether %s is written in Latin letters that English has not: %s', (language, expected) => {
  expect(hasAccents(language)).toBe(expected);
});
