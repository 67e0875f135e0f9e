import { describe, expect, test } from 'vitest';
import { keptLines } from '#editor/kept-lines.ts';

describe('a line that says the same in another way', () => {
  test.each([
    ['* one', '- one'],
    ['  + two', '  - two'],
    ['An *emphasis* and __strong words__.', 'An _emphasis_ and **strong words**.'],
    ['2 * 3 is 6, about ~ 7', '2 \\* 3 is 6, about \\~ 7'],
    ['a snake_case_word', 'a snake\\_case\\_word'],
    ['{/* a comment */}', '{/\\* a comment \\*/}'],
    ['It is {a * b_c}.', 'It is {a \\* b\\_c}.'],
    ['|a|b|', '| a | b |'],
    ['|---|-----|', '| --- | --- |'],
    ['***', '---'],
    ['1. one\n   - two\n     - three', '1. one\n    - two\n        - three'],
    ['It is _said\nin two_ lines', 'It is _said_\n_in two_ lines'],
  ])('stays as it was: %s', (before, after) => {
    expect(keptLines(`First.\n\n${before}\n\nLast.`, `First, changed.\n\n${after}\n\nLast.`)).toBe(
      `First, changed.\n\n${before}\n\nLast.`,
    );
  });
});

describe('a line that says something else', () => {
  test.each([
    ['*one*', '\\*one\\*'],
    ['An *emphasis*.', 'An **emphasis**.'],
    ['- one', '1. one'],
    ['one', 'one  '],
    ['1. one\n  - two', '1. one\n    - two'],
    ['- one\n- two', '- one\n  - two'],
    ['A line.', '`one`\n`two`'],
    ['| a | b |', '| a b |'],
    ['__init__', '\\_\\_init\\_\\_'],
  ])('is that of after: %s', (before, after) => {
    expect(keptLines(`First.\n\n${before}\n\nLast.`, `First.\n\n${after}\n\nLast.`)).toBe(
      `First.\n\n${after}\n\nLast.`,
    );
  });

  test('has no escapes in its code', () => {
    expect(keptLines('It is {a * b}.', 'It was {a \\* b}.')).toBe('It was {a * b}.');
  });
});

test('lines that came, went and moved are where they are after', () => {
  expect(keptLines('* one\n* two\n* three', '- zero\n- one\n- three\n- four')).toBe('- zero\n* one\n* three\n- four');
  expect(keptLines('', 'A text.')).toBe('A text.');
  expect(keptLines('A text.', '')).toBe('');
});
