import type { Cards } from './cards.ts';
import type { Collection, Content, Entry } from './content.ts';
import { films } from './recording.ts';
import type { Body } from './records.ts';

/** The entries that records are made from, by slug. */
export class Sources {
  readonly #content: Content;
  readonly #bySlug = new Map<Collection, Map<string, Entry>>();

  constructor(content: Content) {
    this.#content = content;
  }

  entry<Name extends Collection>(collection: Name, slug: string): Entry<Name> {
    let entries = this.#bySlug.get(collection);
    if (!entries) {
      entries = new Map(this.#content[collection].map((entry) => [entry.slug, entry]));
      this.#bySlug.set(collection, entries);
    }
    return entries.get(slug) as Entry<Name>;
  }

  /** The body of an entry, with the cards that it names. */
  body(collection: Collection, slug: string, cards: Cards): Body {
    const entry = this.entry(collection, slug);
    const { digest, mentions, contents } = entry.body;
    const pick = <T, Shown>(slugs: readonly string[], from: ReadonlyMap<string, T>, shown: (record: T) => Shown) =>
      Object.fromEntries(slugs.flatMap((each) => (from.has(each) ? [[each, shown(from.get(each) as T)]] : [])));
    return {
      collection,
      slug,
      digest,
      contents,
      retention: this.#content.show.retention,
      films: Object.fromEntries(films(collection, entry, slug).map(({ url }, i) => [entry.body.films[i], url])),
      mentions: {
        people: pick(mentions.people, cards.people, (person) => person),
        episodes: pick(mentions.episodes, cards.episodes, ({ card }) => card),
        whitepapers: pick(mentions.whitepapers, cards.whitepapers, ({ card }) => card),
      },
    };
  }
}
