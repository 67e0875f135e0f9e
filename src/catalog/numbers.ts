import type { Content, CatalogProblem } from './content.ts';

/** A problem for each episode whose number an earlier one of its season has. Trailers and bonuses share numbers. */
export function sharedNumbers(content: Content): CatalogProblem[] {
  const owners = new Map<string, string>();
  const full = content.episodes.filter(({ data }) => data.episodeType === 'full');
  const highest = Math.max(0, ...full.map(({ data }) => data.number ?? 0));
  return full
    .toSorted((a, b) => (a.slug < b.slug ? -1 : 1))
    .flatMap(({ slug, data }) => {
      const key = `${data.season ?? ''}/${data.number}`;
      const owner = owners.get(key);
      owners.set(key, owner ?? slug);
      const what = `Number ${data.number} belongs to episodes/${owner} already`;
      const problem: CatalogProblem = {
        collection: 'episodes',
        slug,
        field: ['number'],
        what,
        candidates: [String(highest + 1)],
      };
      return owner ? [problem] : [];
    });
}
