import { formerSlugs } from './aliases.ts';
import type { CatalogProblem, Content, Entry } from './content.ts';

type Piece = 'episodes' | 'posts';

/**
 * The identity of an entry in every feed, which never changes: the one that its author wrote, else the show's prefix with
 * the slug under which it was first published. That is the one of its first alias that was a page of its kind.
 */
export function guidOf<Name extends Piece>(
  collection: Name,
  { slug, data }: Pick<Entry<Name>, 'slug' | 'data'>,
  { guidPrefix }: Pick<Content['show'], 'guidPrefix'>,
): string {
  const [first = slug] = formerSlugs(data.aliases ?? [], `/${collection}/`);
  return data.guid ?? `${guidPrefix}:${collection}/${first}`;
}

/** A problem for each entry whose guid another one has: to every app the two would be one. */
export function sharedGuids(content: Content): CatalogProblem[] {
  const all = (['episodes', 'posts'] as const).flatMap((collection) =>
    content[collection].map((entry) => ({ collection, entry, guid: guidOf(collection, entry, content.show) })),
  );
  return [...Map.groupBy(all, ({ guid }) => guid)].flatMap(([guid, sharing]) => {
    // Who wrote it has the field that is wrong.
    const [owner, ...others] = sharing.toSorted((a, b) => Number(has(a.entry)) - Number(has(b.entry)));
    return others.map(({ collection, entry }): CatalogProblem => {
      const { slug } = entry;
      const field = has(entry) ? 'guid' : 'aliases';
      const what = `The guid "${guid}" is that of ${fileOf(owner)} already: to every app the two would be one entry`;
      return { collection, slug, field: [field], what, fix: 'by hand' };
    });
  });
}

const has = ({ data }: Entry<Piece>) => data.guid !== undefined;

/** The path of an entry inside the content folder. */
const fileOf = (of: { collection: Piece; entry: Entry<Piece> } | undefined) =>
  of?.entry.folder === of?.collection ? `${of?.collection}/${of?.entry.slug}.mdx` : `${of?.entry.folder}/index.mdx`;
