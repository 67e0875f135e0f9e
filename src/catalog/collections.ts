import { posix } from 'node:path';
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
import { getCollection, getEntry, render } from 'astro:content';
import type { Episode } from '#model/episode.ts';
import { type Collection, collections, type Content, type Entry } from './content.ts';
import { type BodyText, type CurrentContent, currentContent } from './current-content.ts';
import { buildCatalog } from './graph.ts';
import type { Body, Catalog, Picture } from './records.ts';

let built: { from: CurrentContent; pictures: Pictures; catalog: Catalog } | undefined;

/** The catalog of what pages are made from: one a build; `dev` has another one after each save. */
export async function catalog(): Promise<Catalog> {
  const from = await currentContent();
  const pictures = await picturesOf(from);
  if (built?.from !== from || !areSame(built.pictures, pictures))
    built = { from, pictures, catalog: build(from, pictures) };
  return built.catalog;
}

/** What an author wrote under the front matter. */
export type StoredBody =
  /** With its pictures, as Astro has read them, by the path that it names. */
  | (Pick<BodyText, 'mdx' | 'file'> & { picture: (path: string) => Picture['src'] | undefined })
  /** With code in it: a module of the bundle, which takes the author's vocabulary as `components`. */
  | (Pick<BodyText, 'file'> & { Content: AstroComponentFactory });

export async function storedBody({ collection, slug }: Body): Promise<StoredBody> {
  const name = `${collection}/${slug}`;
  const from = await currentContent();
  const text = from.texts.get(name);
  if (!text) throw new Error(`There is no entry ${name} to render`);
  const { mdx, file, folder, hasCode } = text;
  const module = hasCode ? await getEntry('modules', name) : undefined;
  if (module) return { file, Content: (await render(module)).Content };
  const pictures = await picturesOf(from);
  return { mdx, file, picture: (path) => pictures.get(posix.join(folder, path)) };
}

function build({ content, clock }: CurrentContent, pictures: Pictures): Catalog {
  const { catalog, problems } = buildCatalog(withPictures(content, pictures), clock);
  const [first] = problems;
  if (first && !clock.preview) throw new Error(`${first.collection}/${first.slug}: ${first.what}`);
  return catalog;
}

/** What Astro has read of pictures, by their paths inside the content folder. */
type Pictures = ReadonlyMap<string, Picture['src']>;

let read: { from: CurrentContent; pictures: Pictures } | undefined;

/** `dev` may read a picture only after the content that names it, or anew. */
async function picturesOf(from: CurrentContent): Promise<Pictures> {
  if (read?.from === from && !import.meta.env.DEV) return read.pictures;
  const entries = from.pictures.length > 0 ? await getCollection('pictures') : [];
  read = { from, pictures: new Map(entries.map(({ id, data }) => [id, data.src as Picture['src']])) };
  return read.pictures;
}

const areSame = (one: Pictures, other: Pictures) =>
  one === other || (one.size === other.size && [...one].every(([path, picture]) => other.get(path) === picture));

/** The show's group for apps, with the pictures of its seasons. */
const podcastOf = ({ podcast }: Content['show'], read: <T extends object>(data: T, folder: string) => T) =>
  podcast?.seasons && { podcast: { ...podcast, seasons: podcast.seasons.map((season) => read(season, '')) } };

/** The chapters of an episode with what Astro has read of their pictures; those at other addresses stay as they are. */
const chaptersOf = ({ folder, data: { chapters } }: Entry<'episodes'>, pictures: Pictures) =>
  Array.isArray(chapters) && {
    chapters: chapters.map(({ img, ...chapter }) => ({
      ...chapter,
      img: img?.startsWith('./') ? pictures.get(posix.join(folder, img)) : img,
    })),
  };

/** Content with what Astro has read of each picture in place of its path. */
function withPictures(content: Content, pictures: Pictures): Content {
  const read = <T extends object>(data: T, folder: string): T => {
    const found = (['cover', 'photo', 'logo'] as const).flatMap((field) => {
      const { src, alt } = (data as Partial<Record<typeof field, { src: string; alt: string }>>)[field] ?? {};
      const picture = src === undefined ? undefined : pictures.get(posix.join(folder, src));
      return src === undefined ? [] : [[field, picture && { src: picture, alt }]];
    });
    return found.length > 0 ? { ...data, ...Object.fromEntries(found) } : data;
  };
  const episodes = content.episodes.map((entry) => ({
    ...entry,
    data: { ...entry.data, ...chaptersOf(entry, pictures) } as Episode,
  }));
  const entries = (name: Collection) =>
    (name === 'episodes' ? episodes : content[name]).map((entry: Entry) => ({
      ...entry,
      data: read(entry.data, entry.folder),
    }));
  return {
    ...content,
    show: { ...read(content.show, ''), ...podcastOf(content.show, read) },
    ...Object.fromEntries(collections.map((name) => [name, entries(name)])),
  };
}
