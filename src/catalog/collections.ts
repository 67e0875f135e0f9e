import { type CollectionEntry, getCollection, getEntry, render } from 'astro:content';
import { buildMoment } from '#authoring/clock.ts';
import { bodyFacts, proseNodes } from './body.ts';
import type { Collection, Content, Entry } from './content.ts';
import { buildCatalog } from './graph.ts';
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
  const { catalog, issues } = buildCatalog(await content(), { now: buildMoment(), preview: import.meta.env.DEV });
  const [first] = issues;
  if (first && !import.meta.env.DEV) throw new Error(`${first.collection}/${first.slug}: ${first.what}`);
  return catalog;
}

async function content(): Promise<Content> {
  const [show, files, topics, episodes, posts, people, whitepapers, pages] = await Promise.all([
    getEntry('show', 'show'),
    getEntry('files', 'files'),
    getCollection('topics'),
    entries('episodes'),
    entries('posts'),
    entries('people'),
    entries('whitepapers'),
    entries('pages'),
  ]);
  if (!show || !files) throw new Error('There is no show.yaml in the content folder');
  return {
    show: show.data,
    ...files.data,
    topics: Object.fromEntries(topics.map(({ id, data }) => [id, data])),
    episodes,
    posts,
    people,
    whitepapers,
    pages,
  };
}

async function entries<Name extends Collection>(collection: Name): Promise<Entry<Name>[]> {
  const stored = (await getCollection(collection)) as CollectionEntry<Collection>[];
  return stored.map(({ id, data, body = '', filePath = '' }) => ({
    slug: id,
    folder: filePath.endsWith(`/${id}/index.mdx`) ? `${collection}/${id}` : collection,
    data: data as Entry<Name>['data'],
    body: bodyFacts(proseNodes(body)),
  }));
}
