import { expect, test } from 'vitest';
import { documents, page } from './built-site.ts';

/** How many sixths of a wide screen's row each entry of the lists of a page takes. */
const listsOf = (address: string) =>
  [...page(address).querySelectorAll('ul[class~="lg:grid-cols-6"]')].map((list) =>
    [...list.children].map((entry) => Number(/lg:col-span-(\d)/.exec(entry.getAttribute('class') ?? '')?.[1])),
  );

test('no row of a list has a hole, however many entries it has', () => {
  const lists = documents.flatMap(listsOf);
  expect(new Set(lists.map(({ length }) => length)).size).toBeGreaterThan(3);
  for (const spans of lists) {
    let left = 6;
    for (const span of spans) {
      left = left === 0 ? 6 - span : left - span;
      expect(left, spans.join(' ')).toBeGreaterThanOrEqual(0);
    }
    expect(left, spans.join(' ')).toBe(spans.length === 0 ? 6 : 0);
  }
});

test('what takes more than a third of a row shows its picture, if it has one', () => {
  const large = [...page('/people/petra-plimsoll/').querySelectorAll('li[class~="lg:col-span-6"]')];
  expect(large).toHaveLength(1);
  expect(large[0]?.querySelector('img')?.getAttribute('sizes')).toContain('40rem');
});
