import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { close, createIndex, type IndexFile, type PagefindIndex } from 'pagefind';
import { type BuiltPage, builtPages, inOrder, pagefindHtml } from './built-page.ts';
import { type Fragment, readFragment, writeFragment } from './fragment.ts';
import { lightIndex, UnknownIndex } from './light-index.ts';
import { words } from './words.ts';

/** The index could not be made. Its message says what is wrong, where, and how to fix it. */
export class IndexError extends Error {
  override name = 'IndexError';
}

export interface IndexOptions {
  /** The pages that can be found, where they are known; otherwise all pages of the site are looked through. */
  found?: readonly BuiltPage[];
  /** Is told how many of all pages have been read. */
  progress?: (read: number, all: number) => void;
  /** Is told what makes the search heavier than it could be. */
  warn?: (message: string) => void;
  /** How the version of the Pagefind begins whose files are made lighter. */
  known?: string;
}

/**
 * Indexes the site in `folder` and writes the index into its `pagefind/`. Resolves to the pages that can be found;
 * throws an `IndexError` where there is no index to make.
 */
export async function indexSite(folder: string, options: IndexOptions = {}): Promise<BuiltPage[]> {
  const pages = inOrder(options.found ?? (await builtPages(folder)));
  if (pages.length === 0)
    throw new IndexError(
      [
        'No page takes part in the search.',
        `  Where:   the pages in ${folder}`,
        '  To mend: a page takes part by `<Indexed>` in its head (src/layouts/Base.astro) and by `data-pagefind-body` on',
        '           its text (the other layouts). One of the two is gone.',
      ].join('\n'),
    );
  const files = await pagefindFiles(pages, folder, options);
  for (const { path, content } of files) {
    const file = join(folder, 'pagefind', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return pages;
}

async function pagefindFiles(
  pages: BuiltPage[],
  folder: string,
  { progress = () => {}, warn = () => {}, known }: IndexOptions,
): Promise<IndexFile[]> {
  try {
    const { index } = answer(await createIndex({}));
    if (!index) throw new Error('it made no index');
    await read(pages, index, progress);
    const { files } = answer(await index.getFiles());
    try {
      return withWords(lightIndex(used(withMeta(files, pages)), known), pages);
    } catch (error) {
      if (!(error instanceof UnknownIndex)) throw error;
      warn(`The index is kept as Pagefind wrote it, and searching loads more of it: ${error.message}`);
      return withWords(withMeta(files, pages), pages);
    }
  } catch (error) {
    if (error instanceof IndexError) throw error;
    throw new IndexError(
      [
        `Pagefind could not index the site: ${error instanceof Error ? error.message : String(error)}`,
        `  Where:   ${pages.length} pages in ${folder}`,
        '  To mend: `npm ci` brings the Pagefind of this computer (@pagefind/…), which an install without optional',
        '           packages leaves out. If it is there, the words above are its own.',
      ].join('\n'),
    );
  } finally {
    await close();
  }
}

/** Pages that are handed over before the answer to the first of them is awaited. */
const atOnce = 32;

async function read(pages: BuiltPage[], index: PagefindIndex, progress: (read: number, all: number) => void) {
  for (let from = 0; from < pages.length; from += atOnce) {
    // Pagefind numbers pages in the order in which they come.
    const batch = await Promise.all(
      pages.slice(from, from + atOnce).map(async (page) => ({ page, html: await readFile(page.file, 'utf8') })),
    );
    const answers = batch.map(({ page, html }) =>
      index.addHTMLFile({ url: page.url, content: pagefindHtml(page, html) }),
    );
    for (const each of await Promise.all(answers)) answer(each);
    progress(Math.min(from + atOnce, pages.length), pages.length);
  }
}

/** The files by their paths with forward slashes, and with all that is shown of a page in its fragment. */
function withMeta(files: readonly IndexFile[], pages: readonly BuiltPage[]): IndexFile[] {
  const known = new Map(pages.map((page) => [page.url, page]));
  return files.map(({ path, content }): IndexFile => {
    const fragment = path.endsWith('.pf_fragment') ? fragmentIn(content) : undefined;
    const page = fragment && known.get(fragment.url);
    return { path: path.replaceAll('\\', '/'), content: page ? writeFragment(fragment, page.meta) : content };
  });
}

/** What the search asks for: Pagefind also writes interfaces of its own, and stemmers for languages that are not here. */
function used(files: readonly IndexFile[]): IndexFile[] {
  const entry = files.find(({ path }) => path.endsWith('pagefind-entry.json'));
  if (!entry) throw new Error('it wrote no pagefind-entry.json');
  const { languages } = JSON.parse(Buffer.from(entry.content).toString()) as {
    languages: Record<string, { wasm: string | null }>;
  };
  const kept = new Set([
    'pagefind.js',
    'pagefind-entry.json',
    ...Object.values(languages).map(({ wasm }) => `wasm.${wasm ?? 'unknown'}.pagefind`),
  ]);
  return files.filter(({ path }) => kept.has(path) || /\.pf_(meta|index|filter|fragment)$/.test(path));
}

/** A fragment; undefined where a Pagefind that is not known here writes another form. */
function fragmentIn(content: Uint8Array): Fragment | undefined {
  try {
    return readFragment(content);
  } catch {
    return undefined;
  }
}

function withWords(files: readonly IndexFile[], pages: readonly BuiltPage[]): IndexFile[] {
  const fragments = files.filter(({ path }) => path.endsWith('.pf_fragment'));
  if (fragments.length === 0)
    throw new IndexError(
      [
        `The ${pages.length} pages that take part in the search have no text in them.`,
        '  Where:   the layouts in src/layouts/',
        '  To mend: `data-pagefind-body` belongs on the element that has the text of a page in it.',
      ].join('\n'),
    );
  const texts = fragments.flatMap(({ content }) => fragmentIn(content)?.content ?? []);
  return [...files, { path: 'words.json', content: Buffer.from(JSON.stringify(words(pages, texts))) }];
}

function answer<T extends { errors: string[] }>(response: T): T {
  if (response.errors.length > 0) throw new Error(response.errors.join('; '));
  return response;
}
