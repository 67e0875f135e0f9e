import { type Facet, facets } from '#site/facets.ts';
import { askedText, withoutGaps } from '#site/search-text.ts';
import { searchAddress } from '#site/search-address.ts';
import { phraseOf, type Query } from './query.ts';
import { ranking } from './ranking.ts';

/** How many results each value of a facet has. */
export type Counts = Partial<Record<Facet, Record<string, number>>>;

/** What the index holds of a page; `excerpt` is the page's text with `<mark>` round what was found. */
export interface Result {
  url: string;
  excerpt: string;
  meta: { title?: string; summary?: string; shown_date?: string; kind?: string; label?: string };
  sub_results: Section[];
}

/** A part of a page in which something was found. */
export interface Section {
  url: string;
  title: string;
  excerpt: string;
  weighted_locations: { balanced_score: number }[];
}

/** A result that is not loaded yet. */
export interface Hit {
  id: string;
  data(): Promise<Result>;
}

export interface Answer {
  hits: Hit[];
  /** Of the facets whose part of the index is loaded. */
  counts: Counts;
}

interface Pagefind {
  createInstance(options: object): Instance;
}

interface Instance {
  search(words: string | null, options: object): Promise<{ results: Hit[]; filters: Counts }>;
  preload(words: string, options: object): Promise<void>;
  filters(): Promise<Counts>;
}

const file = `${searchAddress.index}pagefind.js`;
let instance: Promise<Instance> | undefined;
let failures = 0;

/** Asks the index. Rejects if it cannot be loaded; the next question then loads it anew. */
export async function find(query: Query): Promise<Answer> {
  return withIndex(async (index) => {
    const words = askedWords(query.words) || null;
    const { results, filters } = await index.search(words, { filters: filtersOf(query) });
    if (query.sort === 'best') return { hits: results.map(readable), counts: { ...filters } };
    const ages = results.map(({ id }) => ageIn(id));
    const hits = ages.includes(undefined)
      ? (await index.search(words, { filters: filtersOf(query), sort: { date: 'desc' } })).results
      : results.toSorted((a, b) => (ageIn(b.id) ?? 0) - (ageIn(a.id) ?? 0));
    return { hits: hits.map(readable), counts: { ...filters } };
  });
}

/** The words as the index takes them; a phrase is in straight quotes there. */
function askedWords(words: string): string {
  const phrase = phraseOf(words);
  return phrase === undefined ? askedText(words) : `"${askedText(phrase).replaceAll('"', '')}"`;
}

/** A result with its texts as readers see them. */
const readable = ({ id, data }: Hit): Hit => ({
  id,
  async data() {
    const { excerpt, sub_results, ...result } = await data();
    const sections = sub_results.map((section) => ({
      ...section,
      title: withoutGaps(section.title),
      excerpt: withoutGaps(section.excerpt),
    }));
    return { ...result, excerpt: withoutGaps(excerpt), sub_results: sections };
  },
});

/** The number of a page, counted from the oldest; an index that is as Pagefind writes it has none. */
function ageIn(id: string): number | undefined {
  const [, number] = /\.(\d+)$/.exec(id) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** How many pages a query finds. */
export const countOf = async (query: Query): Promise<number> => (await find(query)).hits.length;

/** Words that begin with so many same letters are in one part of the index; fewer letters would load several. */
const distinctiveLetters = 4;

/** Loads what belongs to the words while they are still being typed. */
export function prepare(words: string): void {
  const { length } = words.slice(words.lastIndexOf(' ') + 1);
  void withIndex(async (index) => length >= distinctiveLetters && index.preload(askedWords(words), {})).catch(() => {});
}

/** The values of one facet, of which nothing else is loaded: a condition that all pages meet makes the index load it. */
export function valuesOf(facet: Facet): Promise<Record<string, number>> {
  return withIndex(async (index) => {
    const { filters } = await index.search(null, { filters: { [facet]: { none: [''] } } });
    return filters[facet] ?? {};
  });
}

/** Every value of every facet. This loads the filters, which the first results do without. */
export function everyValue(): Promise<Counts> {
  return withIndex((index) => index.filters());
}

/**
 * How many results each value would leave. Within a facet a further value adds results, so the counts of a facet that is
 * chosen from are those of the query without it.
 */
export async function countsOf(query: Query, { counts }: Answer): Promise<Counts> {
  const chosen = new Set(query.choices.map(({ facet }) => facet).filter(isAnyOf));
  const asked = [...chosen].map(async (facet) => {
    const choices = query.choices.filter((choice) => choice.facet !== facet);
    return [facet, (await find({ ...query, choices })).counts[facet] ?? {}] as const;
  });
  return { ...counts, ...Object.fromEntries(await Promise.all(asked)) };
}

/** Pages with any of a facet's values are found, except for what they have: they must have all of it. */
const isAnyOf = (facet: Facet) => facet !== 'has';

function filtersOf({ choices }: Query): object {
  const named = facets.map(
    ({ name }) => [name, choices.filter(({ facet }) => facet === name).map(({ value }) => value)] as const,
  );
  return Object.fromEntries(
    named
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => [name, { [isAnyOf(name) ? 'any' : 'all']: values }]),
  );
}

async function withIndex<Found>(ask: (index: Instance) => Promise<Found>): Promise<Found> {
  instance ??= load();
  try {
    return await ask(await instance);
  } catch (error) {
    instance = undefined;
    throw error;
  }
}

/** A browser remembers that a module failed to load; under another address it asks again. */
async function load(): Promise<Instance> {
  try {
    const address = failures === 0 ? file : `${file}?again=${failures}`;
    const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
    return pagefind.createInstance({ noWorker: true, ranking, excerptEllipsis: '…' });
  } catch (error) {
    failures += 1;
    throw error;
  }
}
