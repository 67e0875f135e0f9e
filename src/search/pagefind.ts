import { readFile } from 'node:fs/promises';
import { close, createIndex, type IndexFile, type PagefindIndex } from 'pagefind';
import { type BuiltPage, pagefindHtml } from './built-page.ts';
import { writeFragment } from './fragment.ts';
import { fragmentIn } from './pagefind-files.ts';

export interface PagefindOptions {
  /** A page that is read before the others, at no address. */
  before?: string;
  /** Is told how many of the pages have been read. */
  progress?: (read: number) => void;
}

/** The files that Pagefind makes of these pages, with all that is shown of a page in its fragment. */
export async function pagefindFiles(
  pages: readonly BuiltPage[],
  { before, progress = () => {} }: PagefindOptions = {},
): Promise<IndexFile[]> {
  try {
    const { index } = answer(await createIndex({ excludeSelectors: ['[aria-hidden="true"]'] }));
    if (!index) throw new Error('it made no index');
    if (before !== undefined) answer(await index.addHTMLFile({ url: '-', content: before }));
    await read(pages, index, progress);
    return withMeta(answer(await index.getFiles()).files, pages);
  } finally {
    await close();
  }
}

/** Pages that are handed over before the answer to the first of them is awaited. */
const atOnce = 32;

async function read(pages: readonly BuiltPage[], index: PagefindIndex, progress: (read: number) => void) {
  for (let from = 0; from < pages.length; from += atOnce) {
    // Pagefind numbers pages in the order in which they come.
    const batch = await Promise.all(
      pages.slice(from, from + atOnce).map(async (page) => ({ page, html: await readFile(page.file, 'utf8') })),
    );
    const answers = batch.map(({ page, html }) =>
      index.addHTMLFile({ url: page.url, content: pagefindHtml(page, html) }),
    );
    for (const each of await Promise.all(answers)) answer(each);
    progress(Math.min(from + atOnce, pages.length));
  }
}

function withMeta(files: readonly IndexFile[], pages: readonly BuiltPage[]): IndexFile[] {
  const known = new Map(pages.map((page) => [page.url, page]));
  return files.map(({ path, content }): IndexFile => {
    const fragment = path.endsWith('.pf_fragment') ? fragmentIn(content) : undefined;
    const page = fragment && known.get(fragment.url);
    return { path: path.replaceAll('\\', '/'), content: page ? writeFragment(fragment, page.meta) : content };
  });
}

function answer<T extends { errors: string[] }>(response: T): T {
  if (response.errors.length > 0) throw new Error(response.errors.join('; '));
  return response;
}
