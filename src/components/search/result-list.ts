import { resultItem } from './result-item.ts';
import type { Hit, Result } from './search-index.ts';

/** So many results come first, and so many with each further step. */
const first = 4;
const step = 10;

/** Scrolling brings results up to this many; then the foot of the page is to be reached. */
const byScrolling = 35;

/** The first results. Rejects if the index cannot be loaded. */
export const firstOf = (hits: Hit[]): Promise<Result[]> => loaded(hits.slice(0, first));

/** The results that are loaded, and the button that brings more. */
export class ResultList {
  readonly #list: HTMLOListElement;
  readonly #more: HTMLButtonElement;
  #hits: Hit[] = [];
  #isLoading = false;
  #isClicked = false;

  constructor(list: HTMLOListElement, more: HTMLButtonElement) {
    this.#list = list;
    this.#more = more;
    more.addEventListener('click', () => void this.#extend(true));
    document.addEventListener('scroll', ({ target }) => this.#reach(target), { capture: true, passive: true });
  }

  /** Shows results that are loaded, of all that there are. */
  show(loaded: Result[], hits: Hit[]): void {
    this.#hits = hits;
    this.#list.replaceChildren(...this.#itemsOf(loaded));
    this.#renderMore();
  }

  /** Brings more to those who scroll on. */
  #reach(target: EventTarget | null): void {
    const box = target instanceof Element ? target : document.documentElement;
    if (this.#more.hidden || box.scrollTop === 0 || !box.contains(this.#more)) return;
    const isInSight = this.#more.getBoundingClientRect().top < innerHeight;
    if (isInSight && this.#list.children.length < byScrolling) void this.#extend(false);
  }

  async #extend(isClicked: boolean): Promise<void> {
    this.#isClicked ||= isClicked;
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#more.textContent = 'Loading …';
    const hits = this.#hits;
    const shown = this.#list.children.length;
    try {
      const items = this.#itemsOf(await loaded(hits.slice(shown, shown + step)));
      if (hits !== this.#hits || shown !== this.#list.children.length) return;
      this.#list.append(...items);
      if (this.#isClicked) items[0]?.querySelector('a')?.focus({ preventScroll: true });
      this.#renderMore();
    } catch {
      this.#more.textContent = 'These did not load. Try again';
    } finally {
      this.#isLoading = this.#isClicked = false;
    }
  }

  #itemsOf(results: Result[]): HTMLLIElement[] {
    return results.map((result) => resultItem(result));
  }

  #renderMore(): void {
    const rest = this.#hits.length - this.#list.children.length;
    this.#more.hidden = rest <= 0;
    this.#more.textContent = `More results (${rest})`;
  }
}

const loaded = (hits: Hit[]) => Promise.all(hits.map((hit) => hit.data()));
