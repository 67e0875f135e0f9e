import type { Browser } from 'playwright-core';
import { ranking } from '#components/search/ranking.ts';
import { blank } from './site.ts';

/** What a search cost its reader. */
export interface Cost {
  /** Until the first results were there with all that is shown of them. */
  milliseconds: number;
  results: number;
  /** Over the wire, without headers: by the kind of file. */
  bytes: Record<string, number>;
}

/** Runs in the browser: loads what it needs the first time, and resolves to how many results there are. */
export type Search = (words: string) => Promise<number>;

/** How many results are shown first. */
const shown = 4;

export const searches = {
  pagefind: `async () => {
    const { createInstance } = await import('/pagefind/pagefind.js');
    const index = createInstance(${JSON.stringify({ noWorker: true, ranking })});
    return async (words) => {
      const { results } = await index.search(words, {});
      await Promise.all(results.slice(0, ${shown}).map((result) => result.data()));
      return results.length;
    };
  }`,
  minisearch: `async () => {
    const [{ default: MiniSearch }, response] = await Promise.all([
      import('/minisearch/minisearch.js'),
      fetch('/minisearch/index.json'),
    ]);
    const index = MiniSearch.loadJSON(await response.text(), {
      idField: 'url',
      fields: ['title', 'summary', 'people', 'topics', 'text'],
      storeFields: ['title', 'summary', 'kind', 'label', 'shown_date', 'image', 'image_alt'],
    });
    return async (words) =>
      index.search(words, { prefix: true, combineWith: 'AND', boost: { title: 5, people: 2, topics: 2 } }).length;
  }`,
};

/** Asks each query in a fresh profile (cold) and then once more (warm). */
export async function visit(browser: Browser, origin: string, search: string, queries: readonly string[]) {
  const costs: { query: string; cold: Cost; warm: Cost }[] = [];
  for (const query of queries) {
    const context = await browser.newContext({ baseURL: origin });
    const page = await context.newPage();
    const asked = new Map<string, number>();
    page.on('requestfinished', (request) => {
      const counted = request.sizes().then(({ responseBodySize }) => asked.set(request.url(), responseBodySize));
      pending.push(counted);
    });
    let pending: Promise<unknown>[] = [];
    const ask = async (code: string): Promise<Cost> => {
      asked.clear();
      pending = [];
      const { milliseconds, results } = await page.evaluate<{ milliseconds: number; results: number }>(
        `(async () => {
          const begin = performance.now();
          ${code}
          const results = await window.ask(${JSON.stringify(query)});
          return { milliseconds: performance.now() - begin, results };
        })()`,
      );
      await page.waitForLoadState('networkidle');
      await Promise.all(pending);
      const bytes: Record<string, number> = {};
      for (const [address, size] of asked) {
        const kind = kindOf(new URL(address).pathname);
        bytes[kind] = (bytes[kind] ?? 0) + size;
      }
      return { milliseconds, results, bytes };
    };
    await page.goto(blank);
    await page.waitForLoadState('networkidle');
    const cold = await ask(`window.ask = await (${search})();`);
    costs.push({ query, cold, warm: await ask('') });
    await context.close();
  }
  return costs;
}

const kindOf = (path: string) =>
  path
    .split('/')
    .at(-1)
    ?.replace(/^.*\.(?=pf_|pagefind$)/, '') ?? path;

export const sum = (bytes: Record<string, number>): number =>
  Object.values(bytes).reduce((total, each) => total + each, 0);
