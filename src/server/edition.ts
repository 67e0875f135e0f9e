import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSite } from '#capture/compose.ts';
import type { Site as BuiltSite } from '#site/contract.ts';
import { pastFolder } from '#site/hashed-file.ts';
import { redirectFinder } from '#site/redirects.ts';
import type { Site } from './answer.ts';
import { Contents } from './contents.ts';
import { recordingsOf } from './heard.ts';
import type { PageHandler } from './page-handler.ts';
import { readSiteFiles } from './site-files.ts';

/** The site as one build made it. */
export interface Edition extends Pick<
  Site,
  'files' | 'redirects' | 'partners' | 'contents' | 'pages' | 'recordings' | 'entries'
> {
  built: BuiltSite;
}

/** The edition that is served, and the way to the next one. */
export interface Editions {
  readonly current: Edition;
  /** Why what is in the folder now is not served, in words; undefined where it is. */
  readonly failure: string | undefined;
  /** Takes up what is in the folder, if it is another build's. The last edition stays where it cannot be read. Never rejects. */
  renew(): Promise<Edition>;
  /** The same where a file is not what it was, so that the folder is read whatever build it is of. */
  readAgain(): Promise<Edition>;
}

export interface EditionOptions {
  /** The folder that builds are put into. */
  folder: string;
  /** Is called before an edition is served, and may refuse it by throwing an error that says why. */
  prepare(edition: Edition): Promise<void>;
  log(line: string): void;
  /** Waits for what may come right by itself: a build that is put in its place is whole after two renamings. */
  pause(): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** How often a folder is looked at until it can be read: a copy over a network may take longer than two renamings. */
const attempts = 5;
/** A folder whose files were changed by hand is not read for every request to them. */
const readAgainAfter = 1000;

/** Opens the site that is in a folder; throws where there is none. */
export async function openEditions({ folder, prepare, log, pause, now }: EditionOptions): Promise<Editions> {
  let mark = await markOf(folder);
  let current = await readEdition(folder);
  let readAt = now();
  let failure: { mark: string | undefined; why: string } | undefined;
  let underWay: Promise<Edition> | undefined;

  async function renew(anyway: boolean): Promise<Edition> {
    if (anyway && now() - readAt < readAgainAfter) anyway = false;
    let problem = { mark: failure?.mark, why: 'it changes while it is read' };
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (attempt > 0) await pause();
      let found: string | undefined;
      try {
        found = await markOf(folder);
        if (found === mark && !anyway) failure = undefined;
        // What could not be read is read again when it is another.
        if ((found === mark || found === failure?.mark) && !anyway) return current;
        const edition = await readEdition(folder);
        if ((await markOf(folder)) !== found) continue;
        await prepare(edition);
        if (found !== mark) log('The site was built anew; the new build is served');
        const { contents } = current;
        [mark, current, readAt, failure] = [found, edition, now(), undefined];
        contents.close();
        return current;
      } catch (error) {
        problem = { mark: found, why: error instanceof Error ? error.message : String(error) };
      }
    }
    if (failure?.why !== problem.why) log(`The new build cannot be served, so the last one is: ${problem.why}`);
    failure = problem;
    return current;
  }

  const once = (anyway: boolean) => (underWay ??= renew(anyway).finally(() => (underWay = undefined)));

  return {
    get current() {
      return current;
    },
    get failure() {
      return failure && `The new build cannot be served: ${failure.why}`;
    },
    renew: () => once(false),
    readAgain: () => once(true),
  };
}

async function readEdition(folder: string): Promise<Edition> {
  const past = pastFolder(folder);
  const days = (await readdir(past).catch(() => [])).toSorted();
  const [built, files, pages] = await Promise.all([
    readSite(folder),
    readSiteFiles(
      join(folder, 'client'),
      days.map((day) => join(past, day)),
    ),
    readPages(join(folder, 'server')),
  ]);
  const partners = new Set(built.partners?.map(({ slug }) => slug));
  return {
    ...{ built, files, partners, pages, contents: new Contents() },
    redirects: redirectFinder(built.redirects),
    recordings: recordingsOf(built, files),
    entries: new Map(built.entries.map((entry) => [entry.url, entry.id])),
  };
}

/** The pages that are answered when they are asked for. */
async function readPages(folder: string): Promise<PageHandler> {
  process.env['ASTRO_NODE_AUTOSTART'] = 'disabled';
  const entry = join(folder, 'entry.mjs');
  // Node keeps a module by its address. The others are named by what is in them.
  const address = `${pathToFileURL(entry).href}?${factsOf(await stat(entry, { bigint: true }))}`;
  const { handler } = (await import(address)) as { handler: PageHandler };
  // The adapter's listener prints the address of a request, which may hold a token, and lets the process go on.
  process.removeAllListeners('unhandledRejection');
  // Pages are imported when they are first asked for; by then another build may be in the place of this one.
  const chunks = await readdir(join(folder, 'chunks')).catch(() => []);
  await Promise.all(
    chunks
      .filter((name) => name.endsWith('.mjs'))
      .map((name) => import(pathToFileURL(join(folder, 'chunks', name)).href)),
  );
  return handler;
}

/** Tells what one build has put into a folder from what another has. */
async function markOf(folder: string): Promise<string> {
  const files = ['', 'gated/site.json', 'server/entry.mjs'].map((name) => stat(join(folder, name), { bigint: true }));
  return (await Promise.all(files)).map(factsOf).join();
}

const factsOf = ({ ino, mtimeNs }: { ino: bigint; mtimeNs: bigint }) => `${ino}-${mtimeNs}`;
