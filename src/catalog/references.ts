import type { Collection, Content, CatalogProblem } from './content.ts';

type Target = Collection | 'topics';

const nouns: Record<Target, string> = {
  people: 'person',
  topics: 'topic',
  episodes: 'episode',
  posts: 'post',
  whitepapers: 'whitepaper',
  partners: 'partner',
  pages: 'page',
};

/** Where a reference stands: the entry, and the field of its front matter. */
export interface Place {
  collection: CatalogProblem['collection'];
  slug: string;
  field: (string | number)[];
}

/**
 * Resolves the references of entries to records, and notes a problem for each that leads nowhere. `content` tells what
 * exists, so that a reference to a draft is named as such; `records` holds what is in this build.
 */
export class References {
  readonly problems: CatalogProblem[] = [];
  readonly #content: Content;

  constructor(content: Content) {
    this.#content = content;
  }

  /** `slug` is a key of `records`: a slug, or `collection/slug` where records of several collections stand together. */
  one<T>(place: Place, to: Target, slug: string, records: ReadonlyMap<string, T>): T | undefined {
    const record = records.get(slug);
    if (!record) this.#note(place, to, slug, [...records.keys()]);
    return record;
  }

  /** Each record once, in the order in which `slugs` first names it. */
  all<T>(place: Place, to: Target, slugs: readonly string[] | undefined, records: ReadonlyMap<string, T>): T[] {
    const found = (slugs ?? []).flatMap(
      (slug, i) => this.one({ ...place, field: [...place.field, i] }, to, slug, records) ?? [],
    );
    return [...new Set(found)];
  }

  #note(place: Place, to: Target, value: string, candidates: string[]) {
    const unpublished = to !== 'topics' && this.#content[to].some(({ slug }) => slug === value.split('/').at(-1));
    const what = unpublished
      ? `The ${nouns[to]} "${value}" is not published yet (a draft, or dated in the future)`
      : `Unknown ${nouns[to]} "${value}"`;
    this.problems.push({ ...place, what, to, value, candidates });
  }
}
