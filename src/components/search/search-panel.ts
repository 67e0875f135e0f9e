import { element, isPlainClick, part, setText } from '#components/dom.ts';
import { ChosenFilters } from './chosen-filters.ts';
import { FacetChips } from './facet-chips.ts';
import { indexNotice } from './index-notice.ts';
import { noResults, otherSpellings } from './no-results.ts';
import { panelMarkup } from './panel-markup.ts';
import { emptyQuery, isAsking, type Query, queryOf, toggled } from './query.ts';
import { followArrows } from './arrow-keys.ts';
import { keepSearch } from './recent-searches.ts';
import { firstOf, ResultList } from './result-list.ts';
import { type Answer, countsOf, everyValue, find, prepare } from './search-index.ts';
import { recentList, topicList } from './start.ts';

/** How a query came to be: what is typed replaces the one before it, what is chosen is a step of its own. */
export type Step = 'typed' | 'chosen' | 'given';

/** Time for the next letter, in milliseconds. */
const pause = 150;

/** After so many milliseconds it is said that an answer is still on its way. */
const patience = 600;

/**
 * Words and filters in, results out: in the dialog and on the search page alike. It dispatches `ask`
 * on each new query and `answer` once its answer shows.
 */
export class SearchPanel extends HTMLElement {
  query = emptyQuery;
  step: Step = 'given';
  /** How many results the query has, once that is known. */
  count: number | undefined;
  #turn = 0;
  #timer = 0;
  #waiting = 0;
  #parts: ReturnType<typeof partsOf> | undefined;

  connectedCallback() {
    if (this.#parts) return;
    if (!this.querySelector('form')) this.innerHTML = panelMarkup;
    if (import.meta.env.DEV)
      this.append(element('p', { class: 'search-note' }, 'The index is that of the last build.'));
    const parts = (this.#parts = partsOf(this, (query) => this.ask(query, 'chosen')));
    const { words, form, sort, moreFilters } = parts;
    words.addEventListener('input', () => this.ask({ ...this.query, words: words.value }, 'typed'));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#commit();
    });
    sort.addEventListener('change', () =>
      this.ask({ ...this.query, sort: sort.value === 'newest' ? 'newest' : 'best' }, 'chosen'),
    );
    moreFilters.addEventListener('click', () => {
      const isOpen = this.toggleAttribute('data-filtering');
      moreFilters.ariaExpanded = String(isOpen);
    });
    this.addEventListener('click', (event) => this.#follow(event));
    this.addEventListener('auxclick', (event) => this.#note(event));
    followArrows(this, words);
    // What was typed while this was on its way.
    this.ask({ ...this.query, words: words.value || this.query.words }, 'given');
  }

  /** Asks something, and shows the answer unless something else is asked in the meantime. */
  ask(query: Query, step: Step): void {
    this.query = query;
    this.step = step;
    this.#turn += 1;
    const { words, sort, chosen, status } = this.#shown;
    if (step !== 'typed' && words.value !== query.words) words.value = query.words;
    sort.value = query.sort;
    chosen.show(query);
    this.dispatchEvent(new Event('ask'));
    clearTimeout(this.#timer);
    // What shows answers something else from here on.
    if (isAsking(query)) {
      this.ariaBusy = 'true';
      this.#waiting ||= window.setTimeout(() => setText(status, 'Searching …'), patience);
    }
    if (step !== 'typed' || !isAsking(query)) return void this.#answer();
    prepare(query.words);
    this.#timer = window.setTimeout(() => void this.#answer(), pause);
  }

  get #shown() {
    if (!this.#parts) throw new Error('The search panel is not on the page yet');
    return this.#parts;
  }

  async #answer(): Promise<void> {
    const [turn, { query }] = [this.#turn, this];
    const isStale = () => turn !== this.#turn;
    const { results, status } = this.#shown;
    this.toggleAttribute('data-asking', isAsking(query));
    if (!isAsking(query)) return this.#start(isStale);
    try {
      const answer = await find(query);
      const found = answer.hits.length;
      const first = await firstOf(answer.hits);
      const instead = found === 0 ? await noResults(query) : await otherSpellings(query, first);
      if (isStale()) return;
      this.#notice(instead);
      results.show(first, answer.hits);
      part(this, 'scroller', HTMLElement).scrollTop = 0;
      this.count = found;
      setText(status, found === 1 ? '1 result' : `${found === 0 ? 'No' : found} results`);
      this.#end();
      // Without counts, results are results all the same.
      void this.#showCounts(query, answer, isStale).catch(() => {});
    } catch (error) {
      if (!isStale()) this.#fail(error);
    }
  }

  async #showCounts(query: Query, answer: Answer, isStale: () => boolean): Promise<void> {
    const { chips } = this.#shown;
    let counted = answer;
    if (!chips.isFilled) {
      chips.fill(await everyValue());
      counted = await find(query);
    }
    const counts = await countsOf(query, counted);
    if (!isStale()) chips.show(query, counts);
  }

  async #start(isStale: () => boolean): Promise<void> {
    const { results, status, recent } = this.#shown;
    results.show([], []);
    setText(status, '');
    this.#notice(undefined);
    this.count = undefined;
    this.#end();
    const show = () => {
      const offered = [...recentList(show), ...topics];
      recent.replaceChildren(...offered);
      recent.hidden = offered.length === 0;
    };
    let topics: HTMLElement[] = [];
    show();
    // The page lists them already.
    if (!this.hasAttribute('data-page')) topics = await topicList();
    if (!isStale()) show();
  }

  #end(): void {
    clearTimeout(this.#waiting);
    this.#waiting = 0;
    this.ariaBusy = null;
    this.#shown.recent.hidden ||= isAsking(this.query);
    this.dispatchEvent(new Event('answer'));
  }

  #fail(error: unknown): void {
    if (import.meta.env.DEV) console.warn(error);
    const { results, status } = this.#shown;
    results.show([], []);
    setText(status, '');
    this.count = undefined;
    this.#notice(
      indexNotice(() => {
        this.#focusField();
        this.ask(this.query, 'given');
      }),
    );
    this.#end();
  }

  #notice(content: Node | undefined): void {
    const { notice } = this.#shown;
    notice.replaceChildren(...(content ? [content] : []));
    notice.hidden = !content;
  }

  /** Enter in the field: the words are meant. The focus goes on to the first result, on phones the keyboard away. */
  async #commit(): Promise<void> {
    const { words } = this.#shown;
    const turn = this.#turn;
    keepSearch(this.query.words);
    clearTimeout(this.#timer);
    await this.#answer();
    // Who has gone on to type stays there.
    if (turn !== this.#turn || document.activeElement !== words) return;
    const first = this.querySelector<HTMLElement>('[data-part="results"] a');
    if (first && matchMedia('(pointer: fine)').matches) first.focus();
    else words.blur();
  }

  /** On a touch screen the focus would bring up a keyboard over the results. */
  #focusField(): void {
    if (matchMedia('(pointer: fine)').matches) this.#shown.words.focus();
  }

  #follow(event: MouseEvent): void {
    const link = this.#note(event);
    if (!link || !('ask' in link.dataset) || !isPlainClick(event)) return;
    event.preventDefault();
    this.#focusField();
    this.ask(queryOf(link.search), 'chosen');
  }

  /** Words that led somewhere are kept. */
  #note({ target, button }: MouseEvent): HTMLAnchorElement | null {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null;
    if (link?.closest('[data-part="results"]') && button < 2) keepSearch(this.query.words);
    return link;
  }
}

function partsOf(panel: SearchPanel, choose: (query: Query) => void) {
  const toggle = (choice: Parameters<typeof toggled>[1]) => choose(toggled(panel.query, choice));
  const words = part(panel, 'words', HTMLInputElement);
  return {
    words,
    form: part(panel, 'form', HTMLFormElement),
    sort: part(panel, 'sort', HTMLSelectElement),
    moreFilters: part(panel, 'more-filters', HTMLButtonElement),
    status: part(panel, 'status', HTMLElement),
    notice: part(panel, 'notice', HTMLElement),
    recent: part(panel, 'recent', HTMLElement),
    chips: new FacetChips(part(panel, 'kinds', HTMLElement), part(panel, 'facets', HTMLElement), toggle),
    chosen: new ChosenFilters(part(panel, 'chosen', HTMLElement), words, () => panel.query, choose),
    results: new ResultList(part(panel, 'results', HTMLOListElement), part(panel, 'more', HTMLButtonElement)),
  };
}
