import { expect, test } from 'vitest';
import { keyed } from '../../../src/pages/_keyed.ts';

const keyOf = (props: object) => keyed([{ params: {}, props }])[0]?.cacheKey;

test('a path has the same key for the same props, whatever objects they are', () => {
  const props = { show: { title: 'Fog' }, entries: [{ slug: 'a', cover: undefined }, { slug: 'b' }] };
  expect(keyOf(structuredClone(props))).toBe(keyOf(props));
});

const props = { title: 'A page about fog', body: { digest: 'abc' }, entries: [{ slug: 'a' }, { slug: 'b' }], n: 1 };
test.each<[string, object]>([
  ['another text', { ...props, title: 'A page about fogs' }],
  ['another body', { ...props, body: { digest: 'abd' } }],
  ['another order', { ...props, entries: props.entries.toReversed() }],
  ['one entry less', { ...props, entries: props.entries.slice(1) }],
  ['a text for a number', { ...props, n: '1' }],
  ['a list for a record', { ...props, entries: { 0: { slug: 'a' }, 1: { slug: 'b' } } }],
  ['a deep change', { ...props, entries: [{ slug: 'a' }, { slug: 'b', people: [{ name: 'Ida' }] }] }],
  ['a missing property', { title: props.title, body: props.body, entries: props.entries }],
])('a path has another key for %s', (_, other) => {
  expect(keyOf(other)).not.toBe(keyOf(props));
});

test('a path that shows a body with code in it has no key, however deep it stands', () => {
  expect(keyOf({ body: { digest: '' } })).toBeUndefined();
  const document = { pieces: [{ body: { digest: 'abc' } }, { body: { digest: '' } }] };
  expect(keyOf({ document })).toBeUndefined();
  // Asked again, of a record that is known.
  expect(keyOf({ document })).toBeUndefined();
});

test('looking at a picture is no use of it', () => {
  const used: PropertyKey[] = [];
  const picture = new Proxy(
    { src: '/_astro/a.jpg', width: 10 },
    { get: (target, name) => (used.push(name), target[name as 'src']) },
  );
  expect(keyOf({ picture })).toBe(keyOf({ picture: { src: '/_astro/a.jpg', width: 10 } }));
  expect(used).toEqual([]);
});

test('what cannot be told apart by its properties is refused', () => {
  expect(() => keyOf({ at: new Date(0) })).toThrow('plain data');
  expect(() => keyOf({ known: new Map([[1, 2]]) })).toThrow('plain data');
});
