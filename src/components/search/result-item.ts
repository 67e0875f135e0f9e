import { element } from '#components/dom.ts';
import { foundWords, piecesOf } from './excerpt.ts';
import { inOrder, type Moment, momentsOf } from './moments.ts';
import type { Result } from './search-index.ts';

/** Moments that show beneath an episode before the reader asks for all. */
const most = 3;

/** A page that was found, and beneath an episode the moments in which it was. */
export function resultItem(result: Result): HTMLLIElement {
  const { url, meta, excerpt, sub_results } = result;
  const words = foundWords([excerpt, ...sub_results.map((section) => section.excerpt)]);
  const facts = [meta.label ?? meta.kind, meta.shown_date].filter(Boolean).join(' · ');
  const text = words.length > 0 ? excerpt : (meta.summary ?? excerpt);
  const title = meta.title ?? url;
  return element(
    'li',
    { class: 'search-result' },
    element('p', { class: 'label' }, facts),
    element('h2', { class: 'search-title' }, element('a', { href: highlighting(url, words) }, title)),
    element('p', { class: 'search-excerpt' }, ...marked(text)),
    ...momentList(momentsOf(sub_results), words, title),
  );
}

/** An address whose page shows the words that were found. */
export function highlighting(address: string, words: string[]): string {
  const { pathname, searchParams, hash } = new URL(address, 'http://site');
  if (words.length > 0) searchParams.set('highlight', words.slice(0, 8).join(' '));
  return pathname + (searchParams.size > 0 ? `?${searchParams}` : '') + hash;
}

function momentList(moments: Moment[], words: string[], title: string): HTMLElement[] {
  if (moments.length === 0) return [];
  const itemOf = (moment: Moment) => momentItem(moment, words);
  const list = element(
    'ul',
    { class: 'search-moments', 'aria-label': `Moments in ${title}` },
    ...inOrder(moments.slice(0, most)).map(itemOf),
  );
  const rest = moments.length - most;
  if (rest <= 0) return [list];
  const more = element(
    'button',
    { class: 'search-link', type: 'button' },
    `${rest} more ${rest === 1 ? 'moment' : 'moments'}`,
  );
  more.addEventListener('click', () => {
    list.replaceChildren(...inOrder(moments).map(itemOf));
    more.remove();
    list.querySelector('a')?.focus();
  });
  return [list, more];
}

function momentItem({ url, time, title, excerpt }: Moment, words: string[]): HTMLLIElement {
  return element(
    'li',
    {},
    element(
      'a',
      { class: 'search-moment', href: highlighting(url, words) },
      element('span', { class: 'search-time' }, time),
      element(
        'span',
        { class: 'search-said' },
        title ? element('span', { class: 'search-who' }, title) : '',
        ' ',
        ...marked(excerpt),
      ),
    ),
  );
}

/** An excerpt as texts and marks; nothing of it is ever read as HTML. */
const marked = (excerpt: string): (Node | string)[] =>
  piecesOf(excerpt).map(({ text, isFound }) => (isFound ? element('mark', {}, text) : text));
