import { element } from '#components/dom.ts';
import { type Choice, hasChoice, type Query } from './query.ts';
import { type Facet, facets, kinds, lengths } from '#site/facets.ts';
import type { Counts } from './search-index.ts';

/** Of a long facet so many values show, until the reader asks for all. */
const shownAtOnce = 10;

/** What has an order of its own; everything else is in the order of its letters and numbers, years backward. */
const orders: Partial<Record<Facet, readonly string[]>> = { kind: kinds, length: lengths };

/** A value as readers see it. */
export const shownValue = ({ facet, value }: Choice): string => (facet === 'season' ? `Season ${value}` : value);

/** The values that results can be narrowed by, as buttons with counts. The buttons stay, so that the focus does. */
export class FacetChips {
  readonly #kinds: HTMLElement;
  readonly #others: HTMLElement;
  readonly #toggle: (choice: Choice) => void;
  #chips: { choice: Choice; chip: HTMLButtonElement; count: HTMLElement }[] = [];

  constructor(kinds: HTMLElement, others: HTMLElement, toggle: (choice: Choice) => void) {
    this.#kinds = kinds;
    this.#others = others;
    this.#toggle = toggle;
  }

  get isFilled(): boolean {
    return this.#chips.length > 0;
  }

  fill(values: Counts): void {
    for (const { name, title } of facets) {
      const chips = inOrder(name, Object.keys(values[name] ?? {})).map((value) => this.#chipOf({ facet: name, value }));
      if (chips.length === 0) continue;
      const list = element('div', { class: 'search-chips' }, ...chips);
      if (name === 'kind') this.#kinds.replaceChildren(labelled(this.#kinds, title), list);
      else this.#others.append(groupOf(name, title, list));
    }
  }

  /** A value that would leave nothing does not show, unless it is chosen. */
  show(query: Query, counts: Counts): void {
    for (const { choice, chip, count } of this.#chips) {
      const found = counts[choice.facet]?.[choice.value] ?? 0;
      const isChosen = hasChoice(query, choice);
      chip.ariaPressed = String(isChosen);
      chip.hidden = found === 0 && !isChosen;
      count.textContent = String(found);
    }
    for (const group of this.#others.children) {
      const chips = [...group.querySelectorAll<HTMLElement>('[aria-pressed]')].filter(({ hidden }) => !hidden);
      (group as HTMLElement).hidden = chips.length === 0;
      for (const [index, chip] of chips.entries()) chip.toggleAttribute('data-late', index >= shownAtOnce);
      group.querySelector<HTMLElement>('[data-all]')?.toggleAttribute('hidden', chips.length <= shownAtOnce);
    }
  }

  #chipOf(choice: Choice): HTMLButtonElement {
    const count = element('span', { class: 'search-count' });
    const chip = element(
      'button',
      { class: 'search-chip', type: 'button', 'aria-pressed': 'false', hidden: '' },
      `${shownValue(choice)} `,
      count,
    );
    chip.addEventListener('click', () => this.#toggle(choice));
    this.#chips.push({ choice, chip, count });
    return chip;
  }
}

function groupOf(name: Facet, title: string, list: HTMLElement): HTMLElement {
  const group = element('div', { class: 'search-facet', 'data-facet': name });
  const all = element('button', { class: 'search-link', type: 'button', 'data-all': '', hidden: '' }, 'Show all');
  all.addEventListener('click', () => {
    const isOpen = group.toggleAttribute('data-open');
    all.textContent = isOpen ? 'Show fewer' : 'Show all';
  });
  group.append(labelled(group, title), list, all);
  return group;
}

/** The label of a group, which is its name for screen readers too. */
function labelled(group: HTMLElement, title: string): HTMLElement {
  group.role = 'group';
  group.ariaLabel = title;
  return element('p', { class: 'label', 'aria-hidden': 'true' }, title);
}

function inOrder(facet: Facet, values: string[]): string[] {
  const order = orders[facet];
  if (order) return values.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
  const sorted = values.toSorted(new Intl.Collator('en', { numeric: true }).compare);
  return facet === 'year' ? sorted.toReversed() : sorted;
}
