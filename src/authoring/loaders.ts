import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';
import { emptyBody } from '#catalog/body.ts';
import type { Collection } from '#catalog/content.ts';
import { currentEdition, onRenewal } from './current-edition.ts';
import type { Edition } from './edition.ts';
import type { SourceEntry } from './source.ts';

interface StoredEntry {
  id: string;
  data: Record<string, unknown>;
  /** Relative to the project's root; what pictures are found from. */
  filePath?: string;
  body?: string;
  /** Whether Astro is to make a module of the file. */
  isModule?: boolean;
}

/** Entries of one collection: `<collection>/<slug>/index.mdx` or `<collection>/<slug>.mdx`. */
export const entries = (collection: Collection): Loader =>
  loader(`d-files ${collection}`, ({ folder }, root) =>
    folder.entries
      .filter((entry) => entry.collection === collection)
      .map((entry) => ({ id: entry.slug, data: entry.yaml.data, filePath: fileOf(entry, root) })),
  );

/**
 * What stands under the front matter of each entry, by `collection/slug`. It is rendered from its text, so that
 * thousands of entries do not make thousands of modules; only where there is code in it, it has to be one.
 */
export const bodies = (): Loader =>
  loader('d-files bodies', ({ folder, bodies }, root) =>
    folder.entries.map((entry) => {
      const { pictures, ...facts } = bodies.get(entry) ?? { ...emptyBody, pictures: [] };
      return {
        id: `${entry.collection}/${entry.slug}`,
        data: { ...facts, pictures: Object.fromEntries(pictures.map((path) => [path, path])) },
        body: entry.body,
        filePath: fileOf(entry, root),
        isModule: facts.hasCode,
      };
    }),
  );

const fileOf = ({ path }: SourceEntry, root: string) => relative(root, path).replaceAll('\\', '/');

/** The series: one entry, `show`. */
export const show = (): Loader =>
  loader('d-files show', ({ folder: { show, path } }, root) => [
    {
      id: 'show',
      data: show.yaml.data,
      filePath: relative(root, join(path, basename(show.name))).replaceAll('\\', '/'),
    },
  ]);

/** An entry for each topic; its key is its slug. */
export const topics = (): Loader =>
  loader('d-files topics', ({ folder: { topics } }) =>
    Object.entries(topics.yaml.data).map(([id, data]) => ({ id, data: data as Record<string, unknown> })),
  );

/** What the edition knows beside what authors wrote: one entry, `edition`. */
export const edition = (): Loader =>
  loader('d-files edition', ({ clock, files }) => [
    { id: 'edition', data: { now: clock.now.toISOString(), preview: clock.preview, ...files } },
  ]);

/**
 * A loader over the edition. A build stops at an entry that the schema refuses (the check has told its author before);
 * `dev` leaves it out, so that the rest can be seen while it is fixed. An entry that is as an earlier build stored it is
 * not parsed again.
 */
function loader(name: string, find: (edition: Edition, root: string) => StoredEntry[]): Loader {
  const store = async (context: LoaderContext, edition: Edition, schemas: string) => {
    const { store, parseData, generateDigest, config, watcher } = context;
    const root = fileURLToPath(config.root);
    const ids: string[] = [];
    for (const { id, data, body, filePath, isModule } of find(edition, root)) {
      const digest = generateDigest(JSON.stringify([schemas, filePath, data, body]));
      if (store.get(id)?.digest !== digest) {
        try {
          const parsed = await parseData({ id, data, ...(filePath && { filePath: join(root, filePath) }) });
          store.set({
            id,
            data: parsed,
            digest,
            ...(filePath && { filePath }),
            ...(body !== undefined && { body }),
            ...(isModule && { deferredRender: true }),
          });
        } catch (error) {
          if (!watcher) throw error;
          continue;
        }
      }
      ids.push(id);
    }
    const keys = store.keys();
    if (keys.length === ids.length && ids.every((id, i) => keys[i] === id)) return;
    // Nothing else, and in the order of the folder, whatever the store had before.
    const ordered = ids.flatMap((id) => store.get(id) ?? []);
    store.clear();
    for (const entry of ordered) store.set(entry);
  };
  return {
    name,
    async load(context) {
      const root = fileURLToPath(context.config.root);
      // Astro lists the pictures and modules of all content folders in these files, and writes them only when an entry
      // changes: without this, a build gets the lists of the folder that was built last.
      for (const list of ['content-assets.mjs', 'content-modules.mjs'])
        await rm(join(root, '.astro', list), { force: true });
      const schemas = await schemasDigest(root);
      await store(context, await currentEdition(), schemas);
      if (context.watcher) onRenewal(name, (edition) => void store(context, edition, schemas));
    },
  };
}

/** Another one for any other schemas: Astro itself looks only at the file that lists the collections. */
async function schemasDigest(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const room of ['model', 'site']) {
    const folder = join(root, 'src', room);
    for (const file of (await readdir(folder)).toSorted()) hash.update(await readFile(join(folder, file)));
  }
  return hash.update(await readFile(join(root, 'package-lock.json')).catch(() => '')).digest('hex');
}
