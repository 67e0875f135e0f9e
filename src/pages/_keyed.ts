import { hash } from 'node:crypto';

/**
 * The paths of a route, each with a key that tells whether what it is rendered from is what it was: a digest of its
 * props, all of them and as deep as they go. So a page has to get all that it shows by its props, and nothing else. A
 * path has no key if there is code in a body that it shows, which is therefore rendered in every build.
 */
export function keyed<Path extends { props: object }>(paths: readonly Path[]): (Path & { cacheKey?: string })[] {
  return paths.map((path) => {
    const cacheKey = digestOf(path.props);
    return cacheKey === undefined ? path : { ...path, cacheKey };
  });
}

/** Records stand in the props of many pages: each is read once. */
const digests = new WeakMap<object, { digest: string | undefined }>();

function digestOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  if (!plain.has(Object.getPrototypeOf(value)))
    throw new TypeError('The props of a page are plain data: lists, records and texts');
  const known = digests.get(value);
  if (known) return known.digest;
  const text = Array.isArray(value) ? textOf(value.map((each, i) => [i, each])) : textOf(properties(value));
  const digest = text === undefined ? undefined : short(`${Array.isArray(value) ? 'list' : ''}${text}`);
  digests.set(value, { digest });
  return digest;
}

/** A map or a date would have no properties to be told apart by. */
const plain = new Set<unknown>([Object.prototype, Array.prototype, null]);

/** A picture notes each property that is read of it as a use of its original: descriptors are not seen by it. */
const properties = (value: object): [string, unknown][] =>
  Object.entries(Object.getOwnPropertyDescriptors(value)).map(([name, { value }]) => [name, value]);

function textOf(parts: readonly [name: string | number, value: unknown][]): string | undefined {
  const written: string[] = [];
  for (const [name, value] of parts) {
    // A body that nobody can tell the digest of.
    const digest = name === 'digest' && value === '' ? undefined : digestOf(value);
    if (digest === undefined) return undefined;
    written.push(`${JSON.stringify(name)}:${digest}`);
  }
  return `{${written.join()}}`;
}

/** A short text stands for itself. */
const short = (text: string) => (text.length <= 64 ? text : `#${hash('sha256', text, 'base64url')}`);
