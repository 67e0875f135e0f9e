import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compressFiles } from '#integrations/compressed-files.ts';
import { indexSite } from '#search/site-index.ts';
import { findBrowser, launchBrowser } from '../../e2e/browser.ts';
import { serveFixture } from '../../e2e/site.ts';
import { fixtureOutput } from '../../fixture-site.ts';
import { buildFixture } from '../fixture.ts';
import { benchOptions, chosen, countOf } from '../options.ts';
import { openReport, printOnly } from '../results.ts';
import { kilobytes, megabytes, milliseconds, seconds, spread } from './figures.ts';
import { queries } from './queries.ts';
import { miniSearch, recordPerMoment } from './rivals.ts';
import { makeSite, weigh } from './site.ts';
import { searches, sum, visit } from './visit.ts';

/**
 * What a search costs on sites of several sizes, beside other ways to have one.
 *
 *   npm run bench:search -- --help
 */
const options = benchOptions({
  name: 'bench:search',
  summary: 'measures what a search costs, beside other ways to have one',
  notes: 'A record for each moment takes long to write: above 1,000 entries it is measured only when asked for.',
  options: {
    entries: { value: 'n', multiple: true, description: 'how many entries the site has; 1000 and 5000 without' },
    only: { value: 'name', description: 'leaves the others out: site, MiniSearch or moment' },
    ...printOnly,
  },
  examples: ['npm run bench:search', 'npm run bench:search -- --entries 200 --only site'],
});
const only =
  options.only === undefined ? undefined : chosen('--only', [options.only], ['site', 'MiniSearch', 'moment'])[0];
const sizes = options.entries.map((entries) => countOf('--entries', entries, 0));
if (sizes.length === 0) sizes.push(1000, 5000);

/** Bytes over the wire before the first results are shown, at most, at 5,000 entries. */
const most = 120_000;
/** The search's own script and styles, brotli, as the pages ask for them. */
const ownScript = 9_800;

const ways = [
  { name: 'the site', folder: 'pagefind', search: searches.pagefind, make: (client: string) => indexSite(client) },
  { name: 'MiniSearch', folder: 'minisearch', search: searches.minisearch, make: miniSearch },
  { name: 'a record per moment', folder: 'pagefind', search: searches.pagefind, make: recordPerMoment },
].filter(({ name }) => !only || name === only || name.endsWith(` ${only}`));

const report = openReport('bench:search', options);
await buildFixture();
const browser = await launchBrowser(await findBrowser());
for (const size of sizes) {
  const output = `node_modules/.cache/search-bench/${size}`;
  const client = await makeSite(fixtureOutput, output, size);
  report.print(`\n${size} entries`);
  for (const { name, folder, search, make } of ways) {
    if (make === recordPerMoment && size > 1000 && !only) continue;
    // What is measured is compressing, not reading what an earlier way or run compressed.
    const cache = join(output, 'compressed');
    for (const old of [join(client, folder), cache]) await rm(old, { recursive: true, force: true });
    const begin = performance.now();
    await make(client, size);
    const indexed = performance.now() - begin;
    await compressFiles(join(client, folder), cache);
    const compressed = performance.now() - begin - indexed;
    const weight = await weigh(join(client, folder));
    const { origin, stop } = await serveFixture({ DIST_DIR: output });
    const costs = await visit(browser, origin, search, queries(size));
    await stop();

    report.print(`\n  ${name}`);
    report.print(`    index       ${seconds(indexed)}, and ${seconds(compressed)} to compress it`);
    report.print(
      `    on disk     ${weight.files} files, ${megabytes(weight.bytes)}; compressed beside them ${weight.compressedFiles} files, ${megabytes(weight.compressedBytes)}`,
    );
    const kinds = [...new Set(costs.flatMap(({ cold }) => Object.keys(cold.bytes)))];
    const totals = costs.map(({ cold }) => sum(cold.bytes));
    report.print(`    first query ${spread(totals, kilobytes)} over the wire`);
    for (const kind of kinds)
      report.print(
        `      ${kind.padEnd(22)} ${spread(
          costs.map(({ cold }) => cold.bytes[kind] ?? 0),
          kilobytes,
        )}`,
      );
    report.print(
      `    cold        ${spread(
        costs.map(({ cold }) => cold.milliseconds),
        milliseconds,
      )}`,
    );
    report.print(
      `    warm        ${spread(
        costs.map(({ warm }) => warm.milliseconds),
        milliseconds,
      )}`,
    );
    if (name !== 'the site') continue;
    const own = totals.map((total) => total + ownScript);
    report.print(`    with our own script (${kilobytes(ownScript)}): ${spread(own, kilobytes)}`);
    const met = own.filter((total) => total <= most).length;
    report.print(`    at most ${kilobytes(most)}: ${met} of ${own.length} queries`);
    for (const { query, cold } of costs)
      report.print(
        `      ${query.padEnd(28)} ${kilobytes(sum(cold.bytes) + ownScript).padStart(9)} ${String(cold.results).padStart(6)} results`,
      );
  }
}
await browser.close();
await report.save();
