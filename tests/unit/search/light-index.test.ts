import { expect, test } from 'vitest';
import { encode, Reader, type Value } from '#search/cbor.ts';
import { coded, decoded } from '#search/coded-file.ts';
import { lightIndex } from '#search/light-index.ts';
import { packed, unpacked } from '#search/page-index.ts';
import { readIndex, UnknownIndex } from '#search/pagefind-files.ts';

/** An index as Pagefind writes it: each page with its name and length, each word with what is known of it. */
function pagefindFiles(pages: [name: string, length: number][], words: Value[], version = '1.6.0') {
  const meta = [version, pages.map(([name, length]) => [name, length, '']), [['a', 'z', 'all']], [], [], ['title']];
  return [
    {
      path: 'pagefind-entry.json',
      content: Buffer.from('{"version":"1.6.0","languages":{"en":{"hash":"en_1","wasm":"en","page_count":1}}}'),
    },
    { path: 'pagefind.js', content: Buffer.from('script') },
    { path: 'wasm.en.pagefind', content: Buffer.from('wasm') },
    { path: 'pagefind.en_1.pf_meta', content: coded(encode(meta)) },
    { path: 'index/all.pf_index', content: coded(encode([words])) },
    ...pages.map(([name]) => ({
      path: `fragment/${name}.pf_fragment`,
      content: coded(JSON.stringify({ url: `/${name}/`, content: `The text of ${name}.` })),
    })),
  ];
}

/** A word on the first page, with as many bytes of places. */
const word = ([word, bytes]: [string, number]): Value => [word, [[0, Array.from({ length: bytes }, () => 1), []]], []];

/** The light files of an index that Pagefind wrote, each page kept from one build to the next. */
function made(files: ReturnType<typeof pagefindFiles>, filters: Record<string, string[]>[] = []) {
  const { pages, shell } = readIndex(files);
  const found = [...pages.values()].map((page, i) => ({
    index: unpacked(Buffer.concat(packed(page))),
    filters: filters[i] ?? {},
  }));
  return lightIndex(found, shell);
}

/** An index as a browser reads it, from the entry on. */
function opened(files: ReturnType<typeof lightIndex>) {
  const at = (path: string) => {
    const found = files.find((file) => file.path === path);
    if (!found) throw new Error(`There is no ${path}`);
    return Buffer.from(found.content);
  };
  const entry = JSON.parse(at('pagefind-entry.json').toString()) as { languages: { en: { hash: string } } };
  const meta = new Reader(decoded(at(`pagefind.${entry.languages.en.hash}.pf_meta`))).value() as Value[];
  const [, pages, chunks] = meta as [string, [string, number][], [string, string, string][]];
  return {
    pages: pages.map(([name, length]) => {
      const { url } = JSON.parse(decoded(at(`fragment/${name}.pf_fragment`)).toString()) as { url: string };
      return { url, length };
    }),
    chunks: chunks.map(([from, to, name]) => {
      const [words] = new Reader(decoded(at(`index/${name}.pf_index`))).value() as [[string][]];
      return { from, to, words: words.map(([word]) => word) };
    }),
  };
}

const pages: [string, number][] = [
  ['a', 7],
  ['b', 1234],
];

test('every page leads to its own fragment, and its length is about what it was', () => {
  expect(opened(made(pagefindFiles(pages, [word(['fog', 1])]))).pages).toEqual([
    { url: '/a/', length: 7 },
    { url: '/b/', length: 1280 },
  ]);
});

const words: [string, number][] = [
  ['fog', 4000],
  ['foghorn', 4000],
  ['foghouse', 4000],
  ['gull', 100],
  ['lamp', 4000],
  ['zebra', 4000],
];

test('words are in small chunks, and those that begin alike are in the same', () => {
  const { chunks } = opened(made(pagefindFiles(pages, words.map(word))));
  expect(chunks.map(({ words }) => words)).toEqual([['fog'], ['foghorn', 'foghouse'], ['gull', 'lamp'], ['zebra']]);
});

test('each word is looked for in its own chunk, and in the next one where that goes on with it', () => {
  const { chunks } = opened(made(pagefindFiles(pages, words.map(word))));
  const asked = (term: string) => chunks.flatMap(({ from, to }, i) => (term >= from && term <= to ? [i] : []));
  expect(words.map(([word]) => asked(word))).toEqual([[0, 1], [1], [1], [2], [2], [3]]);
  expect(['foghou', 'gul', 'lampl', 'zeb'].map(asked)).toEqual([[1], [2], [2], [3]]);
});

/** The words of an index, as Pagefind's own reader has them. */
const wordsIn = (files: ReturnType<typeof lightIndex>) =>
  files
    .filter(({ path }) => path.endsWith('.pf_index'))
    .flatMap(({ content }) => (new Reader(decoded(content)).value() as [Value[]])[0]);

test('what is known of a word stays as it is, but for the weight that most words have', () => {
  const places = [-25, 3, 300, 70_000, -169, 0];
  const many = Array.from({ length: 400 }, (_, i): [string, number] => [`p${i}`, 1]);
  const spellings: Value = [
    [
      'fög',
      [
        [5, [-13, 4], []],
        [385, [2], [-1, 3]],
      ],
    ],
  ];
  const known: Value = [
    'fog',
    [
      [5, places, [-1, 0]],
      [300, [1], []],
    ],
    spellings,
  ];
  expect(wordsIn(made(pagefindFiles(many, [known])))).toEqual([
    [
      'fog',
      [
        [5, places.slice(1), [-1, 0]],
        [300, [1], []],
      ],
      spellings,
    ],
  ]);
});

test('words are in the order of their letters as code points, whatever page they come from', () => {
  const on = (page: number): Value => [[page, [1], []]];
  const inTurn: Value[] = ['\u{1f98a}', 'fog', '\uff00', 'Ärmel'].map((word, i) => [word, on(i % 2), []]);
  const found = wordsIn(made(pagefindFiles(pages, inTurn))) as [string][];
  expect(found.map(([word]) => word)).toEqual(['fog', 'Ärmel', '\uff00', '\u{1f98a}']);
});

test('a fragment has another name when it changes, and those far from it keep theirs', () => {
  const many = Array.from({ length: 130 }, (_, i): [string, number] => [`p${i}`, 1]);
  const names = (files: ReturnType<typeof lightIndex>) =>
    files.map(({ path }) => path).filter((path) => path.startsWith('fragment/'));
  const index = pagefindFiles(many, [word(['fog', 1])]);
  const changed = index.map((file) =>
    file.path === 'fragment/p1.pf_fragment' ? { ...file, content: coded('{"url":"/p1/","content":"Another."}') } : file,
  );
  const before = names(made(index));
  const after = names(made(changed));
  expect(new Set([...before, ...after]).size).toBe(130 + 64);
  expect(new Set(before.slice(64)).isSubsetOf(new Set(after))).toBe(true);
});

test('a filter leads to the pages that have a value of it', () => {
  const files = made(pagefindFiles(pages, words.map(word)), [{ kind: ['Post'] }, { kind: ['Post', 'Page', 'Page'] }]);
  const filter = files.find(({ path }) => path.startsWith('filter/'));
  expect(new Reader(decoded(filter?.content ?? Buffer.of())).value()).toEqual([
    'kind',
    [
      ['Page', [1]],
      ['Post', [0, 1]],
    ],
  ]);
});

test('the files of another Pagefind are refused', () => {
  const refused = (files: ReturnType<typeof pagefindFiles>) => () => readIndex(files);
  expect(refused(pagefindFiles(pages, [], '2.0.0'))).toThrow('Pagefind 2.0.0, and the search knows 1.6');
  expect(refused(pagefindFiles(pages, []).slice(0, 3))).toThrow(UnknownIndex);
  expect(refused(pagefindFiles(pages, [['fog', [[7, [1], []]], []]]))).toThrow('page 7');
});
