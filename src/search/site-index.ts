import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { IndexFile } from 'pagefind';
import { cacheKey, type FileState, keep, kept, use } from '#cache/build-cache.ts';
import { hasFile, keepAndLay, layFile } from '#cache/kept-files.ts';
import { type BuiltPage, builtPages, everyField, inOrder, languageOf } from './built-page.ts';
import { coded } from './coded-file.ts';
import { lightIndex } from './light-index.ts';
import { packed, type PageIndex, unpacked } from './page-index.ts';
import { pagefindFiles } from './pagefind.ts';
import { fragmentIn, packedShell, readIndex, UnknownIndex, unpackedShell } from './pagefind-files.ts';
import { words } from './words.ts';

/** The index could not be made. Its message says what is wrong, where, and how to fix it. */
export class IndexError extends Error {
  override name = 'IndexError';
}

export interface IndexOptions {
  /** The pages that can be found, where they are known; otherwise all pages of the site are looked through. */
  found?: readonly BuiltPage[];
  /** What earlier builds have read, and the version of what reads; without it, all pages are read. */
  cache?: { folder: string; version: string };
  /** Is told how many of all pages that have to be read have been. */
  progress?: (read: number, all: number) => void;
  /** Is told what makes the search heavier than it could be. */
  warn?: (message: string) => void;
  /** How many pages Pagefind reads at once: each place of a word takes memory until all of them are read. */
  atOnce?: number;
  /** How the version of the Pagefind begins whose files are made lighter. */
  known?: string;
}

/**
 * Indexes the site in `folder` and writes the index into its `pagefind/`. Resolves to the number of pages that can be
 * found, and of those that had to be read; throws an `IndexError` where there is no index to make.
 */
export async function indexSite(folder: string, options: IndexOptions = {}): Promise<{ pages: number; read: number }> {
  const pages = inOrder(options.found ?? (await builtPages(folder)));
  if (pages.length === 0)
    throw new IndexError(
      [
        'No page takes part in the search.',
        `  Where:   the pages in ${folder}`,
        '  To fix it: a page takes part by `<Indexed>` in its head (src/layouts/Base.astro) and by `data-pagefind-body` on',
        '           its text (the other layouts). One of the two is gone.',
      ].join('\n'),
    );
  const target = join(folder, 'pagefind');
  if (layLast(pages, target, options)) return { pages: pages.length, read: 0 };
  const { files, read, isLight } = await indexFiles(pages, folder, options);
  const names = files.map(({ path, content }): [path: string, name: string | undefined] => {
    const file = join(target, path);
    mkdirSync(dirname(file), { recursive: true });
    if (options.cache) return [path, keepAndLay(options.cache.folder, Buffer.from(content), file)];
    writeFileSync(file, content);
    return [path, undefined];
  });
  // Of another index each build warns.
  if (isLight) keepLast(pages, names, options);
  return { pages: pages.length, read };
}

/** An index that can be laid again: its files by name, and all that was used to make it. */
interface WholeIndex {
  files: [path: string, name: string][];
  used: [name: string, state: FileState][];
}

function keepLast(
  pages: readonly BuiltPage[],
  files: readonly (readonly [path: string, name: string | undefined])[],
  { cache, known }: IndexOptions,
): void {
  if (!cache || files.some(([, name]) => name === undefined)) return;
  const unit = { files, used: [...use(cache.folder).used] };
  keep(cache.folder, wholeKey(pages, cache, known), [Buffer.from(JSON.stringify(unit))]);
}

const wholeKey = (pages: readonly BuiltPage[], { version }: { version: string }, known: string | undefined) =>
  cacheKey(['whole', version, known], ...pages.flatMap(({ url, digest }) => [url, digest]));

/** Lays the index of an earlier build if that was of the same pages; false where there is none, or a part of it is gone. */
function layLast(pages: readonly BuiltPage[], target: string, { cache, known }: IndexOptions): boolean {
  if (!cache) return false;
  const { folder } = cache;
  const unit = kept(folder, wholeKey(pages, cache, known));
  if (!unit) return false;
  const { files, used } = JSON.parse(unit.toString()) as WholeIndex;
  if (!files.every(([, name]) => hasFile(folder, name))) return false;
  for (const [path, name] of files) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    layFile(folder, name, join(target, path));
  }
  // What the next index is made from is kept, though it was not looked at.
  for (const [name, state] of used) use(folder).used.set(name, state);
  return true;
}

async function indexFiles(
  pages: BuiltPage[],
  folder: string,
  options: IndexOptions,
): Promise<{ files: IndexFile[]; read: number; isLight: boolean }> {
  try {
    return await lightFiles(pages, options).catch(async (error: Error) => {
      if (!(error instanceof UnknownIndex)) throw error;
      return { files: await plainFiles(pages, error, options), read: pages.length, isLight: false };
    });
  } catch (error) {
    if (error instanceof IndexError) throw error;
    throw new IndexError(
      [
        `Pagefind could not index the site: ${error instanceof Error ? error.message : String(error)}`,
        `  Where:   ${pages.length} pages in ${folder}`,
        '  To fix it: `npm ci` brings the Pagefind of this computer (@pagefind/…), which an install without optional',
        '           packages leaves out. If it is there, the words above are its own.',
      ].join('\n'),
    );
  }
}

async function lightFiles(pages: readonly BuiltPage[], options: IndexOptions) {
  const { known, shell, read } = await pageIndexes(pages, options);
  const found = pages.flatMap((page) => {
    const index = known.get(page.url);
    return index ? [{ index, filters: page.filters }] : [];
  });
  const texts = found.map(({ index }) => index.text);
  const index = found.length > 0 ? lightIndex(found, shell, packing(options.cache?.folder)) : [];
  return { files: withWords(index, pages, texts), read, isLight: true };
}

/** Packs what no earlier build has packed. */
const packing = (cache: string | undefined) => (content: string | Uint8Array) => {
  if (cache === undefined) return coded(content);
  const key = cacheKey(['packed', process.versions.zlib], content);
  const found = kept(cache, key);
  if (found) return found;
  const made = coded(content);
  keep(cache, key, [made]);
  return made;
};

/** What is known of each page by its address. Pagefind reads those alone that no earlier build has read as they are. */
async function pageIndexes(pages: readonly BuiltPage[], { cache, ...options }: IndexOptions) {
  const { progress, atOnce = 500, known: version } = options;
  const look = (key: string) => cache && kept(cache.folder, key);
  const keyOf = (settings: unknown) => cacheKey([cache?.version, version, settings]);
  const language = languageOf(await readFile(pages[0]?.file ?? '', 'utf8'));
  const shellKey = keyOf(language);
  const keptShell = look(shellKey);
  let shell = keptShell && unpackedShell(keptShell);

  const known = new Map<string, PageIndex>();
  const unread: { page: BuiltPage; key: string }[] = [];
  for (const page of pages) {
    const key = keyOf([page.url, page.digest]);
    const found = shell && look(key);
    if (found) known.set(page.url, unpacked(found));
    else unread.push({ page, key });
  }
  for (let from = 0; from < unread.length || !shell; from += atOnce) {
    const batch = unread.slice(from, from + atOnce);
    const files = await pagefindFiles(
      batch.map(({ page }) => page),
      { before: everyField(language), progress: (read) => progress?.(from + read, unread.length) },
    );
    const read = readIndex(files, version);
    // Places name fields by number, and these pages have others.
    if (shell && !isDeepStrictEqual(read.shell.fields, shell.fields))
      return pageIndexes(pages, { ...options, atOnce: Infinity });
    shell = read.shell;
    if (cache) keep(cache.folder, shellKey, packedShell(shell));
    for (const { page, key } of batch) {
      const index = read.pages.get(page.url);
      if (!index) continue;
      known.set(page.url, index);
      if (cache) keep(cache.folder, key, packed(index));
    }
  }
  return { known, shell, read: unread.length };
}

/** An index as Pagefind wrote it, which is heavier to ask. */
async function plainFiles(
  pages: readonly BuiltPage[],
  { message }: UnknownIndex,
  { warn, progress }: IndexOptions,
): Promise<IndexFile[]> {
  warn?.(`The index is kept as Pagefind wrote it, and searching loads more of it: ${message}`);
  const files = await pagefindFiles(pages, { progress: (read) => progress?.(read, pages.length) });
  const texts = files.flatMap(({ path, content }) =>
    path.endsWith('.pf_fragment') ? (fragmentIn(content)?.content ?? []) : [],
  );
  return withWords(files, pages, texts);
}

function withWords(files: readonly IndexFile[], pages: readonly BuiltPage[], texts: readonly string[]): IndexFile[] {
  if (texts.length === 0)
    throw new IndexError(
      [
        `The ${pages.length} pages that take part in the search have no text in them.`,
        '  Where:   the layouts in src/layouts/',
        '  To fix it: `data-pagefind-body` belongs on the element that has the text of a page in it.',
      ].join('\n'),
    );
  return [...files, { path: 'words.json', content: Buffer.from(JSON.stringify(words(pages, texts))) }];
}
