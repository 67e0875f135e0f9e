import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseYaml } from '#authoring/yaml.ts';
import { readEntry } from '#authoring/source.ts';
import type { Collection } from '#catalog/content.ts';

/** An entry that is in the content folder before an import. */
export interface Existing {
  collection: Collection;
  slug: string;
  /** Inside the content folder. */
  file: string;
  data: Record<string, unknown>;
}

const imported = ['people', 'episodes', 'posts', 'pages'] as const satisfies Collection[];

/** What is in a content folder already; nothing where it is not there. */
export async function existingEntries(content: string): Promise<Existing[]> {
  const found = await Promise.all(
    imported.map(async (collection) => {
      const names = await readdir(join(content, collection)).catch((): string[] => []);
      return Promise.all(
        names.map(async (name): Promise<Existing[]> => {
          const slug = name.replace(/\.mdx$/, '');
          const file = slug === name ? `${collection}/${name}/index.mdx` : `${collection}/${name}`;
          const text = await readFile(join(content, file), 'utf8').catch(() => undefined);
          // A folder without an entry in it keeps its name all the same.
          return [{ collection, slug, file, data: text === undefined ? {} : readEntry(text, file).yaml.data }];
        }),
      );
    }),
  );
  return found.flat(2);
}

/** The fields of a YAML file of the content folder; undefined where there is none. */
export async function yamlFile(content: string, name: string): Promise<Record<string, unknown> | undefined> {
  const text = await readFile(join(content, name), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const data: unknown = parseYaml(text).document.toJS();
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
}
