import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { collections } from '#catalog/content.ts';
import type { Problem } from './problem.ts';
import { readEntry, readYaml, type SourceEntry, type Yaml } from './source.ts';

/** Where authors write. `CONTENT_DIR` names another folder. */
export const contentFolder = (): string => resolve(process.env['CONTENT_DIR'] ?? 'content');

/** The content folder as it lies on the disk, read but not judged. */
export interface Folder {
  path: string;
  show: { name: string; yaml: Yaml };
  topics: { name: string; yaml: Yaml };
  entries: SourceEntry[];
  /** Every file, as a path inside the folder with forward slashes. */
  files: ReadonlySet<string>;
  problems: Problem[];
}

/** Reads a content folder. Only what cannot be read at all is a problem here. */
export async function readFolder(path: string): Promise<Folder> {
  const shown = (inside: string) => relative(process.cwd(), join(path, inside)) || inside;
  const listed = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  const files = new Set(
    (listed ?? [])
      .filter((each) => each.isFile())
      .map((each) => relative(path, join(each.parentPath, each.name)).replaceAll('\\', '/'))
      .toSorted(),
  );
  const yaml = async (file: string) => {
    if (files.has(file))
      return { name: shown(file), yaml: readYaml(await readFile(join(path, file), 'utf8'), shown(file)) };
    const missing: Problem = {
      what: listed ? `There is no ${file}` : `The content folder ${path} is not there`,
      file: shown(file),
      line: 1,
      field: file,
      nearest: listed ? file : 'content',
      paste: listed
        ? file === 'show.yaml'
          ? 'title: The name of the series'
          : 'some-topic: { title: Some topic, description: What it covers. }'
        : 'CONTENT_DIR=content npm start',
    };
    return { name: shown(file), yaml: { data: {}, line: () => 1, problems: [missing] } };
  };
  const show = await yaml('show.yaml');
  const topics = listed ? await yaml('topics.yaml') : { name: show.name, yaml: { ...show.yaml, problems: [] } };
  const entries = await Promise.all(
    [...files].flatMap((file) => {
      const entry = entryOf(file);
      if (!entry) return [];
      return readFile(join(path, file), 'utf8').then((text) => ({
        ...entry,
        path: join(path, file),
        name: shown(file),
        text,
        ...readEntry(text, shown(file)),
      }));
    }),
  );
  return {
    path,
    show,
    topics,
    entries,
    files,
    problems: [show, topics, ...entries].flatMap(({ yaml }) => yaml.problems),
  };
}

/** `episodes/<slug>/index.mdx` or `episodes/<slug>.mdx`. */
function entryOf(file: string): Pick<SourceEntry, 'collection' | 'slug' | 'folder'> | undefined {
  const match = /^([a-z]+)\/(?:([^/]+)\/index|([^/]+))\.mdx$/.exec(file);
  const collection = collections.find((name) => name === match?.[1]);
  const slug = match?.[2] ?? match?.[3];
  if (!match || !collection || !slug) return undefined;
  return { collection, slug, folder: match[2] ? `${collection}/${slug}` : collection };
}
