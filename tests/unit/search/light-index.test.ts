import { expect, test } from 'vitest';
import { encode, Reader, type Value } from '#search/cbor.ts';
import { coded, decoded } from '#search/coded-file.ts';
import { lightIndex } from '#search/light-index.ts';

/** An index as Pagefind writes it: a page a name, and words with as many bytes of places each. */
function pagefindIndex(pages: [name: string, length: number][], words: [word: string, bytes: number][]) {
  const chunk = words.map(([word, bytes]): Value => [word, [[0, Array.from({ length: bytes }, () => 1), []]], []]);
  const [from, to] = [words[0]?.[0] ?? '', words.at(-1)?.[0] ?? ''];
  const meta = [
    '1.6.0',
    pages.map(([name, length]) => [name, length, '']),
    [[from, to, 'all']],
    [['kind', 'k']],
    [],
    [],
  ];
  return [
    { path: 'pagefind-entry.json', content: Buffer.from('{"version":"1.6.0","languages":{"en":{"hash":"en_1"}}}') },
    { path: 'pagefind.en_1.pf_meta', content: coded(encode(meta)) },
    { path: 'index/all.pf_index', content: coded(encode([chunk])) },
    { path: 'filter/k.pf_filter', content: coded('filter') },
    ...pages.map(([name]) => ({ path: `fragment/${name}.pf_fragment`, content: coded(`{"name":"${name}"}`) })),
  ];
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
    pages: pages.map(([name, length]) => ({
      ...(JSON.parse(decoded(at(`fragment/${name}.pf_fragment`)).toString()) as { name: string }),
      length,
    })),
    chunks: chunks.map(([from, to, name]) => {
      const [words] = new Reader(decoded(at(`index/${name}.pf_index`))).value() as [[string][]];
      return { from, to, words: words.map(([word]) => word) };
    }),
  };
}

const pages: [string, number][] = [
  ['en_a', 7],
  ['en_b', 1234],
];

test('every page leads to its own fragment, and its length is about what it was', () => {
  expect(opened(lightIndex(pagefindIndex(pages, [['fog', 1]]))).pages).toEqual([
    { name: 'en_a', length: 7 },
    { name: 'en_b', length: 1280 },
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
  const { chunks } = opened(lightIndex(pagefindIndex(pages, words)));
  expect(chunks.map(({ words }) => words)).toEqual([['fog'], ['foghorn', 'foghouse'], ['gull', 'lamp'], ['zebra']]);
});

test('each word is looked for in its own chunk, and in the next one where that goes on with it', () => {
  const { chunks } = opened(lightIndex(pagefindIndex(pages, words)));
  const asked = (term: string) => chunks.flatMap(({ from, to }, i) => (term >= from && term <= to ? [i] : []));
  expect(words.map(([word]) => asked(word))).toEqual([[0, 1], [1], [1], [2], [2], [3]]);
  expect(['foghou', 'gul', 'lampl', 'zeb'].map(asked)).toEqual([[1], [2], [2], [3]]);
});

test('what is known of a word stays as it is, but for the weight that most words have', () => {
  const places = [-25, 3, 300, 70_000, -169, 0];
  const known: Value = [['fog', [[5, places, [-1, 0]]], [['fög', [[5, [-13, 4], []]]]]]];
  const index = pagefindIndex(pages, words).map((file) =>
    file.path === 'index/all.pf_index' ? { ...file, content: coded(encode([known])) } : file,
  );
  const file = lightIndex(index).find(({ path }) => path.endsWith('.pf_index'));
  expect(new Reader(decoded(file?.content ?? Buffer.of())).value()).toEqual([
    [['fog', [[5, places.slice(1), [-1, 0]]], [['fög', [[5, [-13, 4], []]]]]]],
  ]);
});

test('a fragment has another name when it changes, and those far from it keep theirs', () => {
  const many = Array.from({ length: 130 }, (_, i): [string, number] => [`en_${i}`, 1]);
  const names = (files: ReturnType<typeof lightIndex>) =>
    files.map(({ path }) => path).filter((path) => path.startsWith('fragment/'));
  const index = pagefindIndex(many, [['fog', 1]]);
  const changed = index.map((file) =>
    file.path === 'fragment/en_1.pf_fragment' ? { ...file, content: coded('{"name":"another"}') } : file,
  );
  const before = names(lightIndex(index));
  const after = names(lightIndex(changed));
  expect(new Set([...before, ...after]).size).toBe(130 + 64);
  expect(new Set(before.slice(64)).isSubsetOf(new Set(after))).toBe(true);
});

test('what the index knows of filters stays as it is', () => {
  expect(lightIndex(pagefindIndex(pages, words)).map(({ path }) => path)).toContain('filter/k.pf_filter');
});

test('the files of another Pagefind are refused', () => {
  const index = pagefindIndex(pages, words).map((file) =>
    file.path.endsWith('.pf_meta') ? { ...file, content: coded(encode(['2.0.0', [], [], [], [], []])) } : file,
  );
  expect(() => lightIndex(index)).toThrow('Pagefind 2.0.0, and the search knows 1.6');
});
