import type { Ledger, Published } from '#publishing/ledger.ts';

/** An entry as it was published, in what it differs from the usual. */
export function published(key: string, given: Partial<Published> = {}): [string, Published] {
  const entry = {
    title: `About ${key}`,
    url: `/${key}/`,
    publishedAt: '2026-01-01T00:00:00.000Z',
    enclosures: [],
    topics: ['advocacy'],
    people: ['joel'],
    digest: key,
  };
  return [`d-files:${key}`, { ...entry, ...given }];
}

export const ledger = (...entries: [string, Published][]): Ledger => new Map(entries);
