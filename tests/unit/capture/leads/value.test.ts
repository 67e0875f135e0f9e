import { describe, expect, it } from 'vitest';
import { parseValue } from '#capture/leads/value.ts';

describe('the value of a won lead', () => {
  it.each([
    ['1450', 145_000],
    ['1,450', 145_000],
    ['1.450', 145_000],
    ['1 450', 145_000],
    ['1’450.50', 145_050],
    ['1.450,5', 145_050],
    ['12,345,678.90', 1_234_567_890],
    ['0', 0],
    ['0.5', 50],
    ['14,50', 1450],
    ['', null],
    ['  ', null],
    [undefined, null],
  ])('that is typed as “%s” is %s hundredths', (typed, value) => {
    expect(parseValue(typed)).toBe(value);
  });

  it.each(['-5', 'much', '1,45,0', '1.450,505', '1e9', '1,450.500', '9'.repeat(40), '1.450.50,00', '½'])(
    'is not “%s”',
    (typed) => {
      expect(parseValue(typed)).toBeUndefined();
    },
  );
});
