import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { collections } from '#catalog/content.ts';
import { closestMatch, isMeant } from './closest-match.ts';
import type { Problem } from './problem.ts';
import type { Memory } from './memory.ts';
import { readEntry, readYaml, type SourceEntry, type Yaml } from './source.ts';
import { type NotUtf8, readUtf8 } from './text-file.ts';

/** Where authors write. `CONTENT_DIR` names another folder. */
export const contentFolder = (variables: Readonly<Record<string, string | undefined>> = process.env): string =>
  resolve(variables['CONTENT_DIR'] ?? 'content');

/** The content folder as it is on the disk, read but not judged. */
export interface Folder {
  path: string;
  show: { name: string; yaml: Yaml };
  topics: { name: string; yaml: Yaml };
  entries: SourceEntry[];
  /** Every file, as a path inside the folder with forward slashes. */
  files: ReadonlySet<string>;
  problems: Problem[];
  /** A file of it as an author would type it. */
  shown: (file: string) => string;
  /** The keys that files would have as entries if they lay where entries lie. */
  unexpectedFiles: string[];
}

/** How a file begins that is not there yet. */
const firstLines: Record<string, string> = {
  'show.yaml': 'title: The name of the series',
  'topics.yaml': 'some-topic: { title: Some topic, description: What it covers. }',
};

/** Reads a content folder. Only what cannot be read at all is a problem here; what `memory` has is not read again. */
export async function readFolder(path: string, memory: Memory): Promise<Folder> {
  const shown = (inside: string) => relative(process.cwd(), join(path, inside)) || inside;
  const listed = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  const files = new Set(
    (listed ?? [])
      .filter((each) => each.isFile())
      .map((each) => relative(path, join(each.parentPath, each.name)).replaceAll(sep, '/'))
      .toSorted(),
  );
  const yaml = async (file: string) => {
    if (files.has(file)) {
      const read = readUtf8(await readFile(join(path, file)));
      return { name: shown(file), yaml: 'text' in read ? readYaml(read.text, shown(file)) : unread(read, shown(file)) };
    }
    const other = [...files].find((each) => each.toLowerCase() === file.replace('.yaml', '.yml'));
    const missing: Problem = {
      what: listed
        ? `There is no ${file}${other ? `; ${other} is to be called that` : ''}`
        : `The content folder ${path} is not there`,
      file: shown(file),
      line: 1,
      field: 'file',
      nearest: listed ? file : 'content',
      paste: listed ? (other ? file : firstLines[file]) : 'CONTENT_DIR=content npm start',
    };
    return { name: shown(file), yaml: { ...readYaml('', shown(file)), problems: [missing] } };
  };
  const show = await yaml('show.yaml');
  const topics = listed ? await yaml('topics.yaml') : { name: show.name, yaml: { ...show.yaml, problems: [] } };
  const entries = await Promise.all(
    [...files].flatMap((file) => {
      const entry = entryOf(file);
      if (!entry) return [];
      const place = { ...entry, path: join(path, file), name: shown(file) };
      return memory.keepFile('entry', place.path, async (): Promise<SourceEntry> => {
        const read = readUtf8(await readFile(place.path));
        if ('text' in read) return { ...place, text: read.text, ...readEntry(read.text, shown(file)) };
        return { ...place, text: '', yaml: unread(read, shown(file)), body: '' };
      });
    }),
  );
  if (files.has('topics.yaml') && topics.yaml.problems.length === 0 && Object.keys(topics.yaml.data).length === 0)
    topics.yaml.problems.push(withoutTopics(topics.name));
  const unexpectedFiles = unexpectedFilesOf(files);
  return {
    path,
    shown,
    show,
    topics,
    entries,
    files,
    problems: [
      ...[show, topics, ...entries].flatMap(({ yaml }) => yaml.problems),
      ...[...unexpectedFiles].map(([file, right]) => unexpectedFile(file, shown(file), right)),
    ],
    unexpectedFiles: [...unexpectedFiles.values()].flatMap((right) => {
      const entry = entryOf(right);
      return entry ? [`${entry.collection}/${entry.slug}`] : [];
    }),
  };
}

/** A file of which nothing is read: it is told once, and nothing else is said of it. */
const unread = ({ what, line, meant }: NotUtf8, file: string): Yaml => ({
  ...readYaml('', file),
  problems: [{ what: `The file ${what}`, file, line, field: 'encoding', nearest: meant }],
});

const withoutTopics = (file: string): Problem => ({
  what: 'There is no topic: every entry is posted in one',
  file,
  line: 1,
  field: 'YAML',
  nearest: 'some-topic',
  paste: firstLines['topics.yaml'],
});

/** `episodes/<slug>/index.mdx` or `episodes/<slug>.mdx`. */
function entryOf(file: string): Pick<SourceEntry, 'collection' | 'slug' | 'folder'> | undefined {
  const match = /^([a-z]+)\/(?:([^/]+)\/index|([^/]+))\.mdx$/.exec(file);
  const collection = collections.find((name) => name === match?.[1]);
  const slug = match?.[2] ?? match?.[3];
  if (!match || !collection || !slug) return undefined;
  return { collection, slug, folder: match[2] ? `${collection}/${slug}` : collection };
}

/** The files that look like entries, but are in places where none is read; each with the path that it was to have. */
function unexpectedFilesOf(files: ReadonlySet<string>): Map<string, string> {
  const unexpectedFiles = new Map<string, string>();
  for (const file of files) {
    const [, path = '', ending] = /^(.*)\.(mdx?)$/i.exec(file) ?? [];
    const [top = '', middle = '', ...rest] = path.split('/');
    const inCollection = collections.some((name) => name === top);
    const owned = files.has(`${top}/${middle}/index.mdx`) || files.has(`${top}/${middle}.mdx`);
    if (!ending || entryOf(file) || /readme$/i.test(path)) continue;
    if (inCollection && entryOf(`${path}.mdx`)) unexpectedFiles.set(file, `${path}.mdx`);
    else if (ending === 'mdx' && inCollection && !owned)
      unexpectedFiles.set(
        file,
        `${top}/${rest.filter((name) => name.toLowerCase() !== 'index').at(-1) ?? middle}/index.mdx`,
      );
    else if (ending === 'mdx' && !inCollection)
      unexpectedFiles.set(
        file,
        middle ? `${closestMatch(top, collections)}/${[middle, ...rest].join('/')}.mdx` : `pages/${top}.mdx`,
      );
  }
  return unexpectedFiles;
}

function unexpectedFile(path: string, file: string, right: string): Problem {
  const [top = ''] = path.split('/');
  const [collection = ''] = right.split('/');
  const isCertain = top === collection || isMeant(top, collection, collections, 4);
  return {
    what: `No entry is read from this file: it is to be ${right}`,
    file,
    line: 1,
    field: 'path',
    nearest: right,
    paste: isCertain ? right : undefined,
  };
}
