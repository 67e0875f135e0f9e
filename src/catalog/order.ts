import { instant } from './date.ts';
import type { Content, Entry } from './content.ts';

/** Milliseconds at which an entry is (or will be) published. */
export const publishedAt = (entry: Entry<'episodes' | 'posts' | 'whitepapers'>, timezone: string): number =>
  instant(entry.data.publishedAt, timezone).getTime();

/** Newest first; on one day the higher season and number first; then by slug, so that every build agrees. */
export function newestFirst<Name extends 'episodes' | 'posts' | 'whitepapers'>(
  entries: readonly Entry<Name>[],
  { timezone }: Content['show'],
): Entry<Name>[] {
  const ranked = entries.map((entry) => {
    const { data } = entry;
    const [season, number] = 'number' in data ? [data.season ?? 0, data.number ?? 0] : [0, 0];
    return { entry, at: publishedAt(entry, timezone), season, number };
  });
  return ranked
    .toSorted(
      (a, b) => b.at - a.at || b.season - a.season || b.number - a.number || (a.entry.slug < b.entry.slug ? -1 : 1),
    )
    .map(({ entry }) => entry);
}

/** The entry before (older) and after (newer) the one at `index` of a list that is newest first. */
export const neighbours = <T>(list: readonly T[], index: number): { previous: T | undefined; next: T | undefined } => ({
  previous: list[index + 1],
  next: list[index - 1],
});
