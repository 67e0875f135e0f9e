import { distance } from 'fastest-levenshtein';
import { element } from '#components/dom.ts';
import { searchAddress } from '#site/search-address.ts';
import { foundWords } from './excerpt.ts';
import { shownValue } from './facet-chips.ts';
import { addressOf, phraseOf, type Query, without } from './query.ts';
import { countOf, type Result } from './search-index.ts';
import { hasAllWords, spellingSuggestions } from './spelling.ts';

/** The words of the index, and the topics, as the build writes them. */
interface Vocabulary {
  words: string[];
  topics: { title: string; url: string }[];
}

/** Spellings that are tried, and that are offered. */
const tried = 8;
const offered = 3;

/** What to do where nothing is found: other spellings, fewer words, fewer filters, a topic. Rejects without the index. */
export async function noResults(query: Query): Promise<HTMLElement> {
  const { words, topics } = await vocabulary();
  const [spellings, looser] = await Promise.all([spellingsOf(query, words), looserOf(query)]);
  return element(
    'div',
    { class: 'search-none' },
    ...listOf('Did you mean', spellings),
    ...listOf('Look wider', looser),
    ...listOf(
      'Or begin with a topic',
      topics.map(({ title, url }) => element('a', { class: 'search-chip', href: url }, title)),
    ),
  );
}

/** Where what was found is only the beginning of what was written, other spellings; mostly there is nothing to offer. */
export async function otherSpellings(query: Query, results: Result[]): Promise<HTMLElement | undefined> {
  const found = foundWords(
    results.flatMap(({ excerpt, sub_results }) => [excerpt, ...sub_results.map((part) => part.excerpt)]),
  );
  if (hasAllWords(query.words, found)) return undefined;
  const spellings = await vocabulary().then(
    ({ words }) => spellingsOf(query, words),
    () => [],
  );
  return spellings.length > 0
    ? element('div', { class: 'search-none' }, ...listOf('Did you mean', spellings))
    : undefined;
}

let loading: Promise<Vocabulary> | undefined;

/** A file that is not there is an empty vocabulary; one that cannot be fetched is an index that is out of reach. */
function vocabulary(): Promise<Vocabulary> {
  loading ??= fetch(`${searchAddress.index}words.json`)
    .then((response): Promise<Vocabulary> | Vocabulary => (response.ok ? response.json() : { words: [], topics: [] }))
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

async function spellingsOf(query: Query, vocabulary: string[]): Promise<HTMLElement[]> {
  const found = await finding(
    spellingSuggestions(query.words, vocabulary, distance)
      .slice(0, tried)
      .map((words) => ({ ...query, words })),
  );
  return found.slice(0, offered).map(([other]) => askLink(other, other.words));
}

/** The query with a filter less, with none, without quotes, and each of several words alone. */
async function looserOf(query: Query): Promise<HTMLElement[]> {
  const { choices } = query;
  const fewer = choices.map((choice) => ({ query: without(query, choice), name: `without ‘${shownValue(choice)}’` }));
  const none = choices.length > 1 ? [{ query: { ...query, choices: [] }, name: 'without filters' }] : [];
  const phrase = phraseOf(query.words);
  const unquoted = phrase === undefined ? [] : [{ query: { ...query, words: phrase }, name: 'without quotes' }];
  const words = (phrase ?? query.words).trim().split(/\s+/);
  const single =
    words.length > 1 ? words.map((word) => ({ query: { ...query, words: word }, name: `for ‘${word}’` })) : [];
  const others = [...fewer, ...none, ...unquoted, ...single];
  const counts = await Promise.all(others.map((other) => countOf(other.query)));
  return others.flatMap(({ query, name }, index) => {
    const count = counts[index] ?? 0;
    return count > 0 ? [askLink(query, `${count} ${count === 1 ? 'result' : 'results'} ${name}`)] : [];
  });
}

async function finding(queries: Query[]): Promise<[Query, number][]> {
  const counted = await Promise.all(
    queries.map(async (query): Promise<[Query, number]> => [query, await countOf(query)]),
  );
  return counted.filter(([, count]) => count > 0);
}

const askLink = (query: Query, text: string) =>
  element('a', { class: 'search-chip', href: addressOf(query), 'data-ask': '' }, text);

function listOf(title: string, links: HTMLElement[]): HTMLElement[] {
  if (links.length === 0) return [];
  const items = links.map((link) => element('li', {}, link));
  return [
    element(
      'section',
      {},
      element('h2', { class: 'label' }, title),
      element('ul', { class: 'search-chips' }, ...items),
    ),
  ];
}
