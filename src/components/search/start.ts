import { element } from '#components/dom.ts';
import { addressOf, emptyQuery } from './query.ts';
import { forgetSearch, forgetSearches, recentSearches } from './recent-searches.ts';
import { valuesOf } from './search-index.ts';

/** What was searched for before, which an empty field offers at once. `refresh` is called when some of it is forgotten. */
export function recentList(refresh: () => void): HTMLElement[] {
  const searches = recentSearches();
  if (searches.length === 0) return [];
  const forgetAll = element('button', { class: 'search-link', type: 'button' }, 'Forget all');
  forgetAll.addEventListener('click', () => {
    forgetSearches();
    refocus(forgetAll);
    refresh();
  });
  const head = element(
    'div',
    { class: 'search-head' },
    element('h2', { class: 'label' }, 'Recent searches'),
    forgetAll,
  );
  const items = searches.map((words) => {
    const forget = element('button', { type: 'button', 'aria-label': `Forget ${words}` }, '×');
    forget.addEventListener('click', () => {
      forgetSearch(words);
      refocus(forget);
      refresh();
    });
    const link = element('a', { href: addressOf({ ...emptyQuery, words }), 'data-ask': '' }, words);
    return element('li', {}, link, forget);
  });
  return [element('section', {}, head, element('ul', { class: 'search-searches' }, ...items))];
}

/** The topics, to begin with; none where the index is out of reach. */
export async function topicList(): Promise<HTMLElement[]> {
  const topics = Object.entries(await valuesOf('topic').catch(() => ({}))).filter(([, count]) => count > 0);
  if (topics.length === 0) return [];
  const items = topics.map(([value, count]) => {
    const address = addressOf({ ...emptyQuery, choices: [{ facet: 'topic', value }] });
    const number = element('span', { class: 'search-count' }, String(count));
    return element(
      'li',
      {},
      element('a', { class: 'search-chip', href: address, 'data-ask': '' }, `${value} `, number),
    );
  });
  const head = element('h2', { class: 'label' }, 'Begin with a topic');
  return [element('section', {}, head, element('ul', { class: 'search-chips' }, ...items))];
}

/** What had the focus is about to go; the field takes it. */
const refocus = (gone: HTMLElement) => gone.closest('search-panel')?.querySelector('input')?.focus();
