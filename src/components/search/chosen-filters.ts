import { element } from '#components/dom.ts';
import { shownValue } from './facet-chips.ts';
import { type Choice, type Query, without } from './query.ts';

/** What the results are narrowed by, as buttons that take it back. */
export class ChosenFilters {
  readonly #list: HTMLElement;
  readonly #field: HTMLElement;
  readonly #query: () => Query;
  readonly #choose: (query: Query) => void;

  constructor(list: HTMLElement, field: HTMLElement, query: () => Query, choose: (query: Query) => void) {
    this.#list = list;
    this.#field = field;
    this.#query = query;
    this.#choose = choose;
  }

  show({ choices }: Query): void {
    const before = this.#list.contains(document.activeElement) ? this.#position() : undefined;
    // Kinds are in sight as they are, and can be clicked again.
    const removable = choices.filter(({ facet }) => facet !== 'kind');
    this.#list.replaceChildren(...removable.map((choice) => this.#buttonOf(choice)));
    const isShown = removable.length > 0 || choices.length > 1;
    if (isShown) {
      const clear = element('button', { class: 'search-link', type: 'button' }, 'Clear filters');
      clear.addEventListener('click', () => this.#choose({ ...this.#query(), choices: [] }));
      this.#list.append(clear);
    }
    this.#list.hidden = !isShown;
    if (before === undefined) return;
    const next = removable.length > 0 ? this.#list.children[Math.min(before, removable.length - 1)] : this.#field;
    if (next instanceof HTMLElement) next.focus();
  }

  #position(): number {
    return [...this.#list.children].findIndex((child) => child === document.activeElement);
  }

  #buttonOf(choice: Choice): HTMLButtonElement {
    const button = element(
      'button',
      { class: 'search-chip', type: 'button', 'aria-label': `Remove ${shownValue(choice)}` },
      shownValue(choice),
      element('span', { 'aria-hidden': 'true' }, ' ×'),
    );
    button.addEventListener('click', () => this.#choose(without(this.#query(), choice)));
    return button;
  }
}
