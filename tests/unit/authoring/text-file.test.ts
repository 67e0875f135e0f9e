import { expect, test } from 'vitest';
import { readUtf8, textOf } from '#authoring/text-file.ts';

const utf16 = Buffer.from('\uFEFFRain.', 'utf16le');

test.for([
  ['UTF-16', utf16, { what: 'is UTF-16, not UTF-8: save it as UTF-8', line: 1 }],
  [
    'UTF-16 the other way round',
    Buffer.from(utf16).swap16(),
    { what: 'is UTF-16, not UTF-8: save it as UTF-8', line: 1 },
  ],
  [
    'Windows-1252',
    Buffer.from('Rain.\n  Café. \nHail.', 'latin1'),
    {
      what: 'is not UTF-8: it has bytes in line 2 that are no letters. Save it as UTF-8',
      line: 2,
      meant: 'Café.',
    },
  ],
  [
    'bytes that no text has',
    Buffer.from([0xff, 1, 0x41]),
    { what: 'is not UTF-8: it has bytes in line 1 that are no letters. Save it as UTF-8', line: 1 },
  ],
] as const)('a file in %s is told with its line', ([, bytes, problem]) => {
  expect(readUtf8(bytes)).toEqual(problem);
  expect(() => textOf(bytes)).toThrow(problem.what);
});

test('a text in UTF-8 is as it is, with its byte order mark', () => {
  expect(readUtf8(Buffer.from('\uFEFFCafé.'))).toEqual({ text: '\uFEFFCafé.' });
  expect(textOf(Buffer.from('Café.'))).toBe('Café.');
});
