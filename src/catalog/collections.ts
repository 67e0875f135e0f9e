import { type CollectionEntry, getCollection, getEntry, render } from 'astro:content';
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
import { emptyBody } from './body.ts';
import type { Collection, Content, Entry } from './content.ts';
import { buildCatalog } from './graph.ts';
import type { Clock } from './publication.ts';
import type { Body, Catalog, Picture } from './records.ts';

let built: Promise<Catalog> | undefined;

/** The catalog of this build; `dev` builds it anew for each request, so that a saved file shows at once. */
export function catalog(): Promise<Catalog> {
  if (import.meta.env.DEV) return build();
  built ??= build();
  return built;
}

/** What an author wrote under the front matter. */
export type StoredBody =
  | {
      mdx: string;
      /** The file that it is in, and on the same lines, as authors know it. */
      file: string;
      /** Its pictures, as Astro has read them, by the path that it names. */
      pictures: Readonly<Record<string, Picture['src']>>;
    }
  /** With code in it: a module of the bundle, which takes the author's vocabulary as `components`. */
  | { Content: AstroComponentFactory };

export async function storedBody({ collection, slug }: Body): Promise<StoredBody> {
  const entry = await getEntry('bodies', `${collection}/${slug}`);
  if (!entry) throw new Error(`There is no entry ${collection}/${slug} to render`);
  const { body = '', filePath = '', data } = entry;
  if (data.hasCode) return { Content: (await render(entry)).Content };
  return { mdx: body, file: filePath, pictures: data.pictures as Record<string, Picture['src']> };
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
  const { now, preview, ...files } = edition;
  const bodies = new Map((await getCollection('bodies')).map(({ id, data }) => [id, data]));

  const entries = async <Name extends Collection>(collection: Name): Promise<Entry<Name>[]> => {
    const found = (await getCollection(collection)) as CollectionEntry<Collection>[];
    return found.map(({ id, data, filePath = '' }) => ({
      slug: id,
      folder: filePath.endsWith(`/${id}/index.mdx`) ? `${collection}/${id}` : collection,
      data: data as Entry<Name>['data'],
      body: bodies.get(`${collection}/${id}`) ?? emptyBody,
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
