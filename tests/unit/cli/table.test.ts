import stringWidth from 'string-width';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { cut, harmless, table } from '../../../src/cli/table.ts';

const pipe = { out: new PassThrough() };
const columns = [{ heading: 'Address', whole: true }, { heading: 'n', align: 'right' as const }, { heading: 'Name' }];

describe('a table', () => {
  test('is aligned, numbers at the right, and has no white space at its lines’ ends', () => {
    expect(
      table(
        columns,
        [
          ['a@b.example', '7', 'Ann'],
          ['long@b.example', '1,200', ''],
        ],
        pipe,
      ),
    ).toBe(['Address             n  Name', 'a@b.example         7  Ann', 'long@b.example  1,200'].join('\n'));
  });

  test('is cut to the terminal, but never where something is to be copied', () => {
    const text = table(columns, [['someone@company.example', '1', 'A name that goes on and on']], {
      ...pipe,
      columns: 40,
    });
    expect(text).toContain('someone@company.example');
    expect(text.split('\n').map((line) => stringWidth(line))).toSatisfy(
      (widths: number[]) => Math.max(...widths) === 40,
    );
    expect(text).toMatch(/A name.*…$/);
  });

  test('goes whole into a pipe', () => {
    expect(table([{ heading: 'Name' }], [['x'.repeat(500)]], pipe)).toContain('x'.repeat(500));
  });

  test('stays in its columns with wide letters, combining marks and emoji', () => {
    const lines = table(
      [{ heading: 'Name' }, { heading: 'Then' }],
      [
        ['田中', '|'],
        ['e\u0301', '|'],
        ['👩‍🚀', '|'],
      ],
      pipe,
    ).split('\n');
    const places = lines.slice(1).map((line) => stringWidth(line.slice(0, line.indexOf('|'))));
    expect(new Set(places).size).toBe(1);
  });

  test('shows nothing that a terminal would obey', () => {
    const text = table([{ heading: 'Name' }], [['\u001B[2Jgone\r\nnext\u009B31m\u202Egnp']], pipe);
    expect(text.split('\n')).toHaveLength(2);
    expect(text.replace('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u);
    expect(harmless('a\u0007b')).toBe('a·b');
  });
});

test('what is cut ends in an ellipsis, and takes no more room than there is', () => {
  expect(cut('abcdef', 4)).toBe('abc…');
  expect(cut('abcd', 4)).toBe('abcd');
  expect(stringWidth(cut('田中田中', 4))).toBeLessThanOrEqual(4);
});
