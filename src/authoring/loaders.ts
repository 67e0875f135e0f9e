import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';
import { currentEdition, onRenewal } from './current-edition.ts';
import type { Edition } from './edition.ts';

/**
 * What authors write: the edition parses it, once, by the schema of its collection, and pages take it from there. Astro
 * stores nothing of it, so that thousands of entries are neither parsed twice nor modules of the bundle; of the schemas
 * it makes the types, and the JSON schemas by which editors complete fields.
 */
export const inEdition = (): Loader => ({ name: 'd-files edition', load: async ({ store }) => store.clear() });

/** The pictures of front matter and bodies, by their paths inside the content folder. */
export const pictures = (): Loader =>
  loader('d-files pictures', ({ pictures, folder }, root) =>
    pictures.map((path) => ({
      id: path,
      data: { src: `./${path}` },
      // A path starts from the folder of this file.
      filePath: relativeTo(root, join(folder.path, 'show.yaml')),
    })),
  );

/** The files of entries that have code in their bodies, by `collection/slug`: only as modules can they be run. */
export const modules = (): Loader =>
  loader('d-files modules', ({ folder, texts }, root) =>
    folder.entries.flatMap((entry) => {
      const id = `${entry.collection}/${entry.slug}`;
      const filePath = relativeTo(root, entry.path);
      return texts.get(id)?.hasCode ? [{ id, data: {}, filePath, deferredRender: true }] : [];
    }),
  );

const relativeTo = (root: string, path: string) => relative(root, path).replaceAll('\\', '/');

type Stored = Parameters<LoaderContext['store']['set']>[0] & { filePath: string };

/** A loader over the edition. What is stored already stays as it is. */
function loader(name: string, find: (edition: Edition, root: string) => Stored[]): Loader {
  const store = async ({ store, parseData, config }: LoaderContext, edition: Edition) => {
    const root = fileURLToPath(config.root);
    const stale = new Set(store.keys());
    for (const entry of find(edition, root)) {
      const { id, data, filePath } = entry;
      stale.delete(id);
      if (store.get(id)?.filePath === filePath) continue;
      store.set({ ...entry, data: await parseData({ id, data, filePath: join(root, filePath) }) });
    }
    for (const id of stale) store.delete(id);
  };
  return {
    name,
    async load(context) {
      // Astro lists the pictures and modules of all content folders in these files, and writes them only when an entry
      // changes: without this, a build gets the lists of the folder that was built last.
      for (const list of ['content-assets.mjs', 'content-modules.mjs'])
        await rm(new URL(`.astro/${list}`, context.config.root), { force: true });
      await store(context, await currentEdition());
      if (context.watcher) onRenewal(name, (edition) => void store(context, edition));
    },
  };
}
