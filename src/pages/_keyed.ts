import { hash } from 'node:crypto';

/**
 * The paths of a route, each with a key that tells whether what it is rendered from is what it was: a digest of its
 * props, all of them and as deep as they go. So a page has to get all that it shows by its props, and nothing else.
 */
export function keyed<Path extends { props: object }>(paths: readonly Path[]): (Path & { cacheKey: string })[] {
  return paths.map((path) => ({ ...path, cacheKey: digestOf(path.props) }));
}

/** Records stand in the props of many pages: each is read once. */
const digests = new WeakMap<object, string>();

function digestOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const known = digests.get(value);
  if (known !== undefined) return known;
  const digest = short(value instanceof Date ? `date ${value.toISOString()}` : textOf(value));
  digests.set(value, digest);
  return digest;
}

function textOf(value: object): string {
  if (Array.isArray(value)) return `[${value.map(digestOf).join()}]`;
  // A picture notes each property that is read of it as a use of its original: descriptors are not seen by it.
  const properties = Object.entries(Object.getOwnPropertyDescriptors(value));
  return `{${properties.map(([name, { value }]) => `${JSON.stringify(name)}:${digestOf(value)}`).join()}}`;
}

/** A short text stands for itself. */
const short = (text: string) => (text.length <= 64 ? text : `#${hash('sha256', text, 'base64url')}`);
