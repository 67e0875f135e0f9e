import { groups } from './groups.ts';

/** The entries that have all of a set of traits, in a given order; those that have one more are found when asked for. */
export class Holders<E> {
  readonly entries: readonly E[];
  readonly #traits: (entry: E) => readonly number[];
  readonly #last: number;
  #groups: Map<number, E[]> | undefined;
  readonly #narrower = new Map<number, Holders<E>>();

  /** `last` is the greatest trait of the set; an entry has its traits in ascending order. */
  constructor(entries: readonly E[], traits: (entry: E) => readonly number[], last = -1) {
    this.entries = entries;
    this.#traits = traits;
    this.#last = last;
  }

  /** Those of them that have one more trait, greater than those of the set. */
  having(trait: number): Holders<E> | undefined {
    this.#groups ??= groups(this.entries, (entry) => this.#traits(entry).filter((each) => each > this.#last));
    const entries = this.#groups.get(trait);
    if (!entries) return undefined;
    let narrower = this.#narrower.get(trait);
    if (!narrower) {
      narrower = new Holders(entries, this.#traits, trait);
      this.#narrower.set(trait, narrower);
    }
    return narrower;
  }
}
