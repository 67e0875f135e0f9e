import { parseArgs } from 'node:util';
import { buildMoment } from '#authoring/clock.ts';
import { contentFolder } from '#authoring/folder.ts';
import { problemReport } from '#authoring/problem.ts';
import { publishingState } from '#publishing/state.ts';
import { hubOf, ping } from '#publishing/websub.ts';

/**
 * `npm run websub -- ping [--dry-run]`, after a deploy and before `npm run publish-ledger`: tells the show's WebSub hub
 * of the feeds that the deploy has changed. SITE_URL is the address of the site, as for the build.
 */
const usage = 'SITE_URL=https://example.com npm run websub -- ping [--dry-run]';

const { values, positionals } = parseArgs({ options: { 'dry-run': { type: 'boolean' } }, allowPositionals: true });
const { SITE_URL: address = '' } = process.env;
if (positionals.join(' ') !== 'ping') process.exitCode = failed(`What is to be done? ${usage}`);
else if (!URL.canParse(address)) process.exitCode = failed(`SITE_URL is to be the address of the site: ${usage}`);
else process.exitCode = await pingHub(new URL(address), values['dry-run'] === true);

async function pingHub(site: URL, dryRun: boolean): Promise<number> {
  const state = await publishingState(contentFolder(), buildMoment());
  if ('problems' in state) return failed(problemReport(state.problems, 'No hub was told anything.'));
  const hub = hubOf(state.catalog.show);
  if (!hub) {
    console.log('The show names no hub (podcast.hub in show.yaml): there is none to tell.');
    return 0;
  }
  const feeds = state.changedFeeds.map(({ url }) => new URL(url, site).href);
  console.log(`${feeds.length} ${feeds.length === 1 ? 'feed has' : 'feeds have'} changed. The hub is ${hub}.`);
  if (dryRun) {
    for (const feed of feeds) console.log(`  would tell of ${feed}`);
    return 0;
  }
  const pings = await ping(hub, feeds, { fetch, timeout: 20_000 });
  for (const { feed, accepted, answer } of pings) console.log(`  ${accepted ? '✓' : '✗'} ${feed}  ${answer}`);
  return pings.every(({ accepted }) => accepted) ? 0 : 1;
}

function failed(message: string): number {
  console.error(message);
  return 1;
}
