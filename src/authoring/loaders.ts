import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';
import type { Collection } from '#catalog/content.ts';
import { currentEdition, onRenewal } from './current-edition.ts';
import type { Edition } from './edition.ts';

interface StoredEntry {
  id: string;
  data: Record<string, unknown>;
  /** Relative to the project's root; with a body this is what Astro renders later. */
  filePath?: string;
  body?: string;
}

/** Entries of one collection: `<collection>/<slug>/index.mdx` or `<collection>/<slug>.mdx`. */
export const entries = (collection: Collection): Loader =>
  loader(`d-files ${collection}`, ({ folder }, root) =>
    folder.entries
      .filter((entry) => entry.collection === collection)
      .map(({ slug, path, yaml, body }) => ({
        id: slug,
        data: yaml.data,
        body,
        filePath: relative(root, path).replaceAll('\\', '/'),
      })),
  );

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
  loader('d-files edition', ({ clock, files, bodies }) => [
    { id: 'edition', data: { now: clock.now.toISOString(), preview: clock.preview, ...files, bodies } },
  ]);

/**
 * A loader over the edition. A build stops at an entry that the schema refuses (the check has told its author before);
 * `dev` leaves it out, so that the rest can be seen while it is fixed.
 */
function loader(name: string, find: (edition: Edition, root: string) => StoredEntry[]): Loader {
  const store = async ({ store, parseData, generateDigest, config, watcher }: LoaderContext, edition: Edition) => {
    const root = fileURLToPath(config.root);
    const stale = new Set(store.keys());
    for (const { id, data, body, filePath } of find(edition, root)) {
      try {
        const parsed = await parseData({ id, data, ...(filePath && { filePath: join(root, filePath) }) });
        store.set({
          id,
          data: parsed,
          digest: generateDigest(JSON.stringify([data, body])),
          ...(filePath && { filePath }),
          ...(body !== undefined && { body, deferredRender: true }),
        });
        stale.delete(id);
      } catch (error) {
        if (!watcher) throw error;
      }
    }
    for (const id of stale) store.delete(id);
  };
  return {
    name,
    async load(context) {
      // Astro lists the pictures and bodies of all content folders in one file, and writes it only when an entry
      // changes: without this, a build gets the list of the folder that was built last.
      context.store.clear();
      await store(context, await currentEdition());
      if (context.watcher) onRenewal(name, (edition) => void store(context, edition));
    },
  };
}
