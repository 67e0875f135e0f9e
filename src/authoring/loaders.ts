import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';
import type { Collection } from '#catalog/content.ts';
import { readFiles } from './files.ts';
import { contentFolder, type Folder, readFolder } from './folder.ts';

interface StoredEntry {
  id: string;
  data: Record<string, unknown>;
  /** Relative to the project's root; with a body this is what Astro renders later. */
  filePath?: string;
  body?: string;
}

/** Entries of one collection: `<collection>/<slug>/index.mdx` or `<collection>/<slug>.mdx`. */
export const entries = (collection: Collection): Loader =>
  loader(`d-files ${collection}`, (folder, root) =>
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
  loader('d-files show', ({ show, path }, root) => [
    {
      id: 'show',
      data: show.yaml.data,
      filePath: relative(root, join(path, basename(show.name))).replaceAll('\\', '/'),
    },
  ]);

/** An entry for each topic; its key is its slug. */
export const topics = (): Loader =>
  loader('d-files topics', ({ topics }) =>
    Object.entries(topics.yaml.data).map(([id, data]) => ({ id, data: data as Record<string, unknown> })),
  );

/** What the files beside entries say of themselves: one entry, `files`. */
export const files = (): Loader =>
  loader('d-files files', async (folder) => {
    const { media, chapters, transcripts } = await readFiles(folder);
    return [{ id: 'files', data: { media, chapters, transcripts } }];
  });

/**
 * A loader over the content folder. A build stops at an entry that the schema refuses (the check has told its author
 * before); `dev` leaves it out, so that the rest can be seen while it is mended.
 */
function loader(name: string, find: (folder: Folder, root: string) => StoredEntry[] | Promise<StoredEntry[]>): Loader {
  const load = async ({ store, parseData, generateDigest, config, watcher }: LoaderContext) => {
    const path = contentFolder();
    const root = fileURLToPath(config.root);
    const found = await find(await readFolder(path), root);
    const stale = new Set(store.keys());
    for (const { id, data, body, filePath } of found) {
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
      await load(context);
      const { watcher } = context;
      const path = contentFolder();
      watcher?.add(path);
      for (const event of ['add', 'change', 'unlink'] as const)
        watcher?.on(event, (file: string) => {
          if (file.startsWith(path)) void load(context);
        });
    },
  };
}
