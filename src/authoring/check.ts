import { readdir } from 'node:fs/promises';
import { buildCatalog } from '#catalog/graph.ts';
import type { Clock } from '#catalog/publication.ts';
import type { Catalog } from '#catalog/records.ts';
import { ledgerProblems } from '#publishing/ledger-problems.ts';
import { bodyProblems } from './bodies.ts';
import { besides, readFiles } from './files.ts';
import { type Folder, readFolder } from './folder.ts';
import { issueProblem } from './issues.ts';
import type { Known } from './nearest.ts';
import { parse } from './parse.ts';
import { brokenPictures } from './pictures.ts';
import type { Problem } from './problem.ts';
import { readProse } from './prose.ts';
import { slugOf, slugProblems } from './slugs.ts';

/** A content folder judged as a whole: every mistake in it, and the catalog of what is right. */
export interface Judgement {
  problems: Problem[];
  /** Those of the problems that are of the ledger: what was published and would be lost. */
  losses: Problem[];
  catalog: Catalog | undefined;
}

/**
 * Finds every author's mistake before anything is built. `publicFolder` holds the files that are served as they are.
 * With `clock.preview` links to drafts are right, as `dev` shows drafts.
 */
export async function checkContent(path: string, clock: Clock, publicFolder: string): Promise<Judgement> {
  const [folder, publicFiles] = await Promise.all([readFolder(path), filesOf(publicFolder)]);
  const files = await readFiles(folder);
  const known = knownTo(folder);
  const prose = new Map(folder.entries.map((entry) => [entry, readProse(entry, known(entry.folder), publicFiles)]));
  const pictures = await Promise.all(
    [...prose].map(([entry, { pictures }]) => brokenPictures(pictures, entry, folder)),
  );
  const slugs = slugProblems(folder.entries);
  const parsed = parse(folder, known, prose, slugs.rejected);

  const { catalog, issues } = buildCatalog({ ...parsed.content, ...files }, clock);
  const losses = await ledgerProblems(folder, catalog, parsed.unjudged);
  const problems = [
    ...folder.problems,
    ...files.problems,
    ...slugs.problems,
    ...parsed.problems,
    ...[...prose.values()].flatMap((each) => each.problems),
    ...pictures.flat(),
    ...issues.flatMap((issue) => issueProblem(issue, folder, parsed.unjudged) ?? []),
    ...bodyProblems(catalog, folder, prose, publicFiles, parsed.unjudged),
    ...losses,
  ];
  return { problems, losses, catalog: parsed.complete ? catalog : undefined };
}

/** What the authors of a folder may name, seen from an entry's folder. */
function knownTo(folder: Folder): (entryFolder: string) => Known {
  const { timezone } = folder.show.yaml.data;
  const zones = Intl.supportedValuesOf('timeZone');
  const keys = [
    ...folder.entries.map(({ collection, slug }) => [collection, slug] as const),
    ...Object.keys(folder.topics.yaml.data).map((slug) => ['topics', slug] as const),
    ...folder.strays.map((key) => key.split('/') as [string, string]),
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
