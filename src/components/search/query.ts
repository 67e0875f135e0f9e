import { type Facet, facets } from '#site/facets.ts';
import { searchAddress } from '#site/search-address.ts';

/** One value of a facet: `{ facet: 'topic', value: 'Pricing' }`. */
export interface Choice {
  facet: Facet;
  value: string;
}

/** What a reader asks for. Its address says all of it, so that it can be kept, sent and gone back to. */
export interface Query {
  words: string;
  choices: Choice[];
  sort: 'best' | 'newest';
}

export const emptyQuery: Query = { words: '', choices: [], sort: 'best' };

/** Whether anything is asked for at all. */
export function isAsking({ words, choices }: Query): boolean {
  return words.trim() !== '' || choices.length > 0;
}

/** The words of a phrase, which is in quotes of any kind; undefined where the words are none. */
export const phraseOf = (words: string): string | undefined =>
  /^\s*["“”„«»](.*\S.*)["“”„«»]\s*$/s.exec(words)?.[1]?.trim();

/** The query of an address's parameters: `?q=fog&kind=Post&kind=Episode&sort=newest`. What it does not know is left out. */
export function queryOf(search: string): Query {
  const parameters = new URLSearchParams(search);
  const choices = facets.flatMap(({ name: facet }) =>
    [...new Set(parameters.getAll(facet))].filter(Boolean).map((value) => ({ facet, value })),
  );
  return {
    words: parameters.get('q') ?? '',
    choices,
    sort: parameters.get('sort') === 'newest' ? 'newest' : 'best',
  };
}

/** The path of the search page that asks the same. */
export function addressOf({ words, choices, sort }: Query): string {
  const parameters = new URLSearchParams();
  if (words.trim()) parameters.set('q', words.trim());
  for (const { facet, value } of choices) parameters.append(facet, value);
  if (sort === 'newest') parameters.set('sort', sort);
  const search = parameters.toString();
  return search ? `${searchAddress.page}?${search}` : searchAddress.page;
}

export const hasChoice = ({ choices }: Query, choice: Choice): boolean => choices.some((each) => isSame(each, choice));

/** The query with one more choice, in the order of the facets, or without it if it was there. */
export function toggled(query: Query, choice: Choice): Query {
  if (hasChoice(query, choice)) return without(query, choice);
  const order = facets.map(({ name }) => name);
  const choices = [...query.choices, choice].toSorted((a, b) => order.indexOf(a.facet) - order.indexOf(b.facet));
  return { ...query, choices };
}

export function without(query: Query, choice: Choice): Query {
  return { ...query, choices: query.choices.filter((each) => !isSame(each, choice)) };
}

const isSame = (one: Choice, other: Choice) => one.facet === other.facet && one.value === other.value;
