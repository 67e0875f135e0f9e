import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Content } from '#catalog/content.ts';
import type { BodyText } from '#catalog/current-content.ts';
import { buildCatalog } from '#catalog/graph.ts';
import type { Clock } from '#catalog/publication.ts';
import type { Catalog } from '#catalog/records.ts';
import { bodyProblems } from './bodies.ts';
import { besides, readFiles } from './files.ts';
import { filmFiles } from './films.ts';
import { type Folder, readFolder } from './folder.ts';
import { authorProblems } from './catalog-problems.ts';
import { Memory } from './memory.ts';
import type { Known } from './nearest.ts';
import { parse, type Unchecked } from './parse.ts';
import { type PictureFiles, pictureFiles } from './pictures.ts';
import type { Problem } from './problem.ts';
import { receiverAdvice } from './receivers.ts';
import { type Prose, readProse } from './prose.ts';
import type { ApprovedComments } from '#site/comments.ts';
import { slugOf } from './slug.ts';
import { slugProblems } from './slugs.ts';
import type { SourceEntry } from './source.ts';

/** What an edition is made from. */
export interface EditionSource {
  /** The content folder. */
  path: string;
  /** The moment that decides what is published. With `preview` links to drafts are right, as `dev` shows drafts. */
  clock: Clock;
  /** The folder of files that are served as they are. */
  publicFolder: string;
  /** Reads the approved comments of readers; without it there are none. */
  comments?: () => Promise<ApprovedComments>;
}

/**
 * A content folder as it was at one moment: what is in it, every mistake of its authors, and the site that it makes.
 * Whoever needs any of this takes it from here, so that one build reads one folder once and has one clock.
 */
export interface Edition {
  clock: Clock;
  folder: Folder;
  /** What pages are made of: in `dev` with entries whose bodies cannot be read, to say so where they would be. */
  content: Content;
  /** The path of each picture that front matter or a body names, inside the content folder; without those not right. */
  pictures: string[];
  /** What stands under the front matter of each entry, by `collection/slug`. */
  texts: ReadonlyMap<string, BodyText>;
  problems: Problem[];
  /** What is unusual, and keeps nothing from being built. */
  advice: Problem[];
  unchecked: Unchecked;
  /** Made of what has no mistakes. */
  catalog: Catalog;
  /** Which state of the comments it has. */
  commentsVersion: number | undefined;
  /** Whether the show in the catalog is the author's; a stand-in lets the rest be checked. */
  isComplete: boolean;
}

/**
 * Reads a content folder and finds every mistake in it before anything is built. What `memory` has of an earlier edition
 * is not worked out again.
 */
export async function readEdition(
  { path, clock, publicFolder, comments: readComments = none }: EditionSource,
  memory: Memory = new Memory(),
): Promise<Edition> {
  const [folder, publicFiles, { comments, version: commentsVersion }] = await Promise.all([
    readFolder(path, memory),
    filesOf(publicFolder),
    readComments(),
  ]);
  const { problems: fileProblems, advice, pictures: named, ...facts } = await readFiles(folder, memory);
  const files = { ...facts, comments };
  const known = knownTo(folder);
  const names = [...publicFiles].join('\n');
  const prose = new Map(
    folder.entries.map((entry) => {
      const read = () => readProse(entry, known(entry.folder), publicFiles);
      return [entry, proseOf(entry, [besides(folder, entry.folder).join('\n'), names], read, memory)];
    }),
  );
  const pictures = new Map<SourceEntry, PictureFiles>();
  for (const [entry, { pictures: shown }] of prose)
    if (shown.length > 0) pictures.set(entry, await pictureFiles(shown, entry, folder, memory));
  const films = await Promise.all([...prose].map(([entry, { films }]) => filmFiles(films, entry, folder, memory)));
  const slugs = slugProblems(folder.entries);
  const bodies = new Map(
    [...prose].flatMap(([entry, { readable, facts }]) =>
      readable ? [[entry, { ...facts, digest: digestOf(entry, facts, pictures.get(entry), memory) }] as const] : [],
    ),
  );
  const parsed = parse(folder, known, bodies, slugs.rejected, memory);
  const { unchecked } = parsed;
  const { catalog, problems } = buildCatalog({ ...parsed.content, ...files }, clock, publicFiles);
  return {
    clock,
    folder,
    content: { ...parsed.content, ...parsed.withUnreadable, ...files },
    pictures: [
      ...new Set([
        ...named,
        ...[...pictures].flatMap(([entry, { digests }]) =>
          Object.keys(digests).map((path) => posix.join(entry.folder, path)),
        ),
      ]),
    ].toSorted(),
    texts: new Map(
      folder.entries.map((entry) => [
        `${entry.collection}/${entry.slug}`,
        {
          mdx: entry.body,
          file: entry.name,
          folder: entry.folder,
          hasCode: bodies.get(entry)?.hasCode ?? false,
        },
      ]),
    ),
    problems: [
      ...folder.problems,
      ...fileProblems,
      ...slugs.problems,
      ...parsed.problems,
      ...[...prose.values()].flatMap((each) => each.problems),
      ...[...pictures.values()].flatMap((each) => each.problems),
      ...films.flatMap((each) => each.problems),
      ...authorProblems(problems, folder, unchecked),
      ...bodyProblems(catalog, folder, prose, publicFiles, unchecked),
    ],
    advice: [
      ...[folder.show, folder.topics, ...folder.entries].flatMap(({ yaml }) => yaml.advice),
      ...advice,
      ...(await receiverAdvice(folder, { ...parsed.content, ...files }, catalog, memory)),
      ...[...pictures.values()].flatMap((each) => each.advice),
      ...films.flatMap((each) => each.advice),
    ],
    unchecked,
    catalog,
    commentsVersion,
    isComplete: parsed.complete,
  };
}

const none = async (): Promise<ApprovedComments> => ({ comments: {} });

/** What is wrong is looked at each time: the right values are those of other entries, and code names other files. */
function proseOf(entry: SourceEntry, files: readonly string[], read: () => Prose, memory: Memory): Prose {
  const prose = memory.keep(`prose of ${entry.path}`, [entry, ...files], read);
  return prose.problems.length > 0 || prose.facts.hasCode ? read() : prose;
}

function digestOf(
  entry: SourceEntry,
  { hasCode }: Prose['facts'],
  pictures: PictureFiles | undefined,
  memory: Memory,
): string {
  // What code reads is not known.
  if (hasCode) return '';
  const shown = JSON.stringify(pictures?.digests ?? {});
  return memory.keep(`digest of ${entry.path}`, [entry, shown], () =>
    createHash('sha256').update(`${shown}\n${entry.body}`).digest('hex').slice(0, 32),
  );
}

/** What the authors of a folder may name, seen from an entry's folder. */
function knownTo(folder: Folder): (entryFolder: string) => Known {
  const { timezone } = folder.show.yaml.data;
  const zones = Intl.supportedValuesOf('timeZone');
  const keys = [
    ...folder.entries.map(({ collection, slug }) => [collection, slug] as const),
    ...Object.keys(folder.topics.yaml.data).map((slug) => ['topics', slug] as const),
    ...folder.unexpectedFiles.map((key) => key.split('/') as [string, string]),
  ];
  const slugs = (to: string) => keys.filter(([collection]) => collection === to).map(([, slug]) => slugOf(slug));
  return (entryFolder) => ({
    slugs,
    files: entryFolder
      ? besides(folder, entryFolder)
      : besides(folder, '').filter((file) => !file.slice(2).includes('/')),
    timezone: zones.find((zone) => zone === timezone) ?? 'UTC',
  });
}

async function filesOf(folder: string): Promise<Set<string>> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return new Set(
    files
      .filter((each) => each.isFile())
      .map((each) => `${each.parentPath.slice(folder.length)}/${each.name}`.replaceAll('\\', '/')),
  );
}
