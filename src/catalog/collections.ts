import { type CollectionEntry, getCollection, getEntry, render } from 'astro:content';
import { emptyBody } from './body.ts';
import type { Collection, Content, Entry } from './content.ts';
import { buildCatalog } from './graph.ts';
import type { Clock } from './publication.ts';
import type { Body, Catalog } from './records.ts';

let built: Promise<Catalog> | undefined;

/** The catalog of this build; `dev` builds it anew for each request, so that a saved file shows at once. */
export function catalog(): Promise<Catalog> {
  if (import.meta.env.DEV) return build();
  built ??= build();
  return built;
}

/** The rendered body of an entry: a component that takes the author's vocabulary, and its headings. */
export async function renderBody({ collection, slug }: Body) {
  const entry = await getEntry(collection, slug);
  if (!entry) throw new Error(`There is no entry ${collection}/${slug} to render`);
  return render(entry);
}

async function build(): Promise<Catalog> {
  const { clock, content } = await stored();
  const { catalog, problems } = buildCatalog(content, clock);
  const [first] = problems;
  if (first && !clock.preview) throw new Error(`${first.collection}/${first.slug}: ${first.what}`);
  return catalog;
}

/** The edition as the loaders stored it, with the pictures that Astro has read. */
async function stored(): Promise<{ clock: Clock; content: Content }> {
  const edition = (await getEntry('edition', 'edition'))?.data;
  const show = await getEntry('show', 'show');
  if (!edition || !show) throw new Error('There is no show.yaml in the content folder');
  const { now, preview, bodies, ...files } = edition;

  const entries = async <Name extends Collection>(collection: Name): Promise<Entry<Name>[]> => {
    const found = (await getCollection(collection)) as CollectionEntry<Collection>[];
    return found.map(({ id, data, filePath = '' }) => ({
      slug: id,
      folder: filePath.endsWith(`/${id}/index.mdx`) ? `${collection}/${id}` : collection,
      data: data as Entry<Name>['data'],
      body: bodies[`${collection}/${id}`] ?? emptyBody,
    }));
  };
  const [topics, episodes, posts, people, whitepapers, pages] = await Promise.all([
    getCollection('topics'),
    entries('episodes'),
    entries('posts'),
    entries('people'),
    entries('whitepapers'),
    entries('pages'),
  ]);
  return {
    clock: { now: new Date(now), preview },
    content: {
      show: show.data,
      ...files,
      topics: Object.fromEntries(topics.map(({ id, data }) => [id, data])),
      ...{ episodes, posts, people, whitepapers, pages },
    },
  };
}
