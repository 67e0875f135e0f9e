import type { Content, CatalogProblem } from './content.ts';

/**
 * A problem for each episode that has no number, or one that an earlier one of its season has; none where the series is not
 * numbered. Trailers and bonuses go without and share numbers (Apple, page 823).
 */
export function numberProblems({ show, episodes }: Content): CatalogProblem[] {
  if (!show.numbered) return [];
  const owners = new Map<string, string>();
  const full = episodes.filter(({ data }) => data.episodeType === 'full');
  const highest = Math.max(0, ...full.map(({ data }) => data.number ?? 0));
  return full
    .toSorted((a, b) => (a.slug < b.slug ? -1 : 1))
    .flatMap(({ slug, data }) => {
      const place = { collection: 'episodes' as const, slug, field: ['number'], candidates: [String(highest + 1)] };
      if (data.number === undefined) return [{ ...place, what: missing }];
      const key = `${data.season ?? ''}/${data.number}`;
      const owner = owners.get(key);
      owners.set(key, owner ?? slug);
      const what = `Number ${data.number} belongs to episodes/${owner} already`;
      return owner ? [{ ...place, what }] : [];
    });
}

const missing =
  'Missing field "number": its number, counted within its season; a series that does not count says "numbered: false" in show.yaml.';
