import { createHash, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { buildCatalog } from '#catalog/graph.ts';
import type { Clock } from '#catalog/publication.ts';
import type { Catalog } from '#catalog/records.ts';
import type { BodyFacts } from '#model/edition.ts';
import { bodyProblems } from './bodies.ts';
import { besides, type Files, readFiles } from './files.ts';
import { type Folder, readFolder } from './folder.ts';
import { authorProblem } from './catalog-problems.ts';
import type { Known } from './nearest.ts';
import { parse, type Unchecked } from './parse.ts';
import { type PictureFiles, pictureFiles } from './pictures.ts';
import type { Problem } from './problem.ts';
import { type Prose, readProse } from './prose.ts';
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
}

/**
 * A content folder as it was at one moment: what is in it, every mistake of its authors, and the site that it makes.
 * Whoever needs any of this takes it from here, so that one build reads one folder once and has one clock.
 */
export interface Edition {
  clock: Clock;
  folder: Folder;
  /** What the files beside entries say of themselves. */
  files: Omit<Files, 'problems'>;
  /** What there is to know of each body that can be read, and the pictures that it names, as paths from its file. */
  bodies: ReadonlyMap<SourceEntry, BodyFacts & { pictures: string[] }>;
  problems: Problem[];
  unchecked: Unchecked;
  /** Made of what has no mistakes. */
  catalog: Catalog;
  /** Whether the show in the catalog is the author's; a stand-in lets the rest be checked. */
  isComplete: boolean;
}

/** Reads a content folder and finds every mistake in it before anything is built. */
export async function readEdition({ path, clock, publicFolder }: EditionSource): Promise<Edition> {
  const [folder, publicFiles] = await Promise.all([readFolder(path), filesOf(publicFolder)]);
  const { problems: fileProblems, ...files } = await readFiles(folder);
  const known = knownTo(folder);
  const prose = new Map(folder.entries.map((entry) => [entry, readProse(entry, known(entry.folder), publicFiles)]));
  const pictures = new Map<SourceEntry, PictureFiles>();
  for (const [entry, { pictures: named }] of prose) pictures.set(entry, await pictureFiles(named, entry, folder));
  const slugs = slugProblems(folder.entries);
  const bodies = new Map(
    [...prose].flatMap(([entry, { readable, facts }]) =>
      readable ? [[entry, bodyOf(entry, facts, pictures.get(entry)?.digests ?? {})] as const] : [],
    ),
  );
  const parsed = parse(folder, known, bodies, slugs.rejected);
  const { unchecked } = parsed;
  const { catalog, problems } = buildCatalog({ ...parsed.content, ...files }, clock);
  return {
    clock,
    folder,
    files,
    bodies,
    problems: [
      ...folder.problems,
      ...fileProblems,
      ...slugs.problems,
      ...parsed.problems,
      ...[...prose.values()].flatMap((each) => each.problems),
      ...[...pictures.values()].flatMap((each) => each.problems),
      ...problems.flatMap((problem) => authorProblem(problem, folder, unchecked) ?? []),
      ...bodyProblems(catalog, folder, prose, publicFiles, unchecked),
    ],
    unchecked,
    catalog,
    isComplete: parsed.complete,
  };
}

function bodyOf({ body }: SourceEntry, facts: Prose['facts'], pictures: PictureFiles['digests']) {
  // What code reads is not known: a body with code in it is never as it was.
  const once = facts.hasCode ? randomUUID() : '';
  const digest = createHash('sha256')
    .update(JSON.stringify([body, pictures, once]))
    .digest('hex')
    .slice(0, 32);
  return { ...facts, digest, pictures: Object.keys(pictures) };
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
