import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { ledgerText } from '#publishing/ledger.ts';
import { parseLedger } from '#publishing/ledger-file.ts';
import { ledger, published } from './published.ts';

const name = 'content/.published.json';
const long = Array.from({ length: 9 }, (_each, i) => `somebody-with-a-long-name-${i}`);
const some = ledger(
  published('posts/two', { title: 'A "quoted" title: ], [', people: long, formerly: ['/posts/one/'] }),
  published('episodes/one', { enclosures: ['https://cdn.example/one.mp3'] }),
);

describe('a written ledger', () => {
  test('is read back as it was, in the order of its GUIDs', () => {
    const read = parseLedger(ledgerText(some), name);
    expect(read.problem).toBeUndefined();
    expect([...read.ledger]).toEqual([...some].toReversed());
  });

  test('is the same text whatever the order was', () => {
    expect(ledgerText(new Map([...some].toReversed()))).toBe(ledgerText(some));
  });

  test.each([some, ledger()])('is formatted as Prettier would', async (ledger) => {
    expect(await format(ledgerText(ledger), { parser: 'json', printWidth: 120 })).toBe(ledgerText(ledger));
  });

  test('breaks a list where Prettier would, to the letter', async () => {
    for (let letters = 90; letters < 110; letters += 1) {
      const text = ledgerText(
        ledger(
          published('posts/one', { people: ['x'.repeat(letters)], topics: [] }),
          published('posts/two', { people: ['x'.repeat(letters - 9), 'yyyyy'] }),
        ),
      );
      expect([letters, await format(text, { parser: 'json', printWidth: 120 })]).toEqual([letters, text]);
    }
  });

  test('tells the line of an entry and of a value in it', () => {
    const text = ledgerText(some);
    const { line } = parseLedger(text, name);
    const at = (line: number) => text.split('\n')[line - 1]?.trim();
    expect(at(line('d-files:posts/two'))).toBe('"d-files:posts/two": {');
    expect(at(line('d-files:posts/two', '/posts/two/'))).toBe('"url": "/posts/two/",');
  });
});

describe('a ledger that cannot be read is an author’s mistake at its line', () => {
  const broken = (text: string) => parseLedger(text, name).problem;

  test('text that is not JSON', () => {
    const problem = broken('{\n  "entries": {\n    oops\n  }\n}\n');
    expect(problem).toMatchObject({ file: name, line: 3, field: 'JSON', paste: `git restore ${name}` });
    expect(problem?.what).toMatch(/^The ledger is not JSON\. Bring back the version before/);
  });

  test('text that ends too early', () => {
    expect(broken('{\n  "entries": {')?.line).toBe(2);
  });

  test('an empty file', () => {
    expect(broken('')).toMatchObject({ line: 1, field: 'JSON' });
  });

  test('two versions that were never merged', () => {
    const problem = broken(`{\n<<<<<<< HEAD\n  "entries": {}\n=======\n  "entries": {}\n>>>>>>> other\n}\n`);
    expect(problem).toMatchObject({ line: 2 });
    expect(problem?.what).toContain('merge conflict');
  });

  test.each([
    ['[]', 1, 'JSON', 'it is []'],
    ['{\n  "items": {}\n}', 1, 'entries', 'entries is missing'],
    ['{\n  "entries": {\n    "one": {}\n  }\n}', 3, 'entries one title', 'entries one title is missing'],
    [
      ledgerText(some).replace('"title": "About episodes/one"', '"title": 7'),
      5,
      'entries d-files:episodes/one title',
      'is 7',
    ],
  ])('another shape: %#', (text, line, field, what) => {
    const problem = broken(text);
    expect(problem).toMatchObject({ line, field });
    expect(problem?.what).toContain(what);
  });
});
