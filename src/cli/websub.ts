import { problemReport } from '#authoring/problem.ts';
import { publishingState } from '#publishing/state.ts';
import { hubOf, ping } from '#publishing/websub.ts';
import { counted } from '#site/count.ts';
import { siteAddressProblem } from '#site/site-address.ts';
import { UsageError } from './command-line.ts';
import { command, main, type Program } from './command.ts';
import { editionAt } from './edition.ts';
import { complain, say } from './terminal.ts';

const example = 'SITE_URL=https://your.site npm run websub -- ping';

const pingHub = command({
  name: 'websub ping',
  summary: 'tells the hub that the show names which feeds the deploy has changed',
  notes:
    'After a deploy, and before "npm run publish-ledger", which makes what was deployed the state to compare with. SITE_URL is the address of the site, as for the build.',
  options: { 'dry-run': { description: 'only shows the feeds' } },
  examples: [example, `${example} --dry-run`],
  run: async ({ 'dry-run': dryRun }, _arguments, context) => {
    const { terminal, variables } = context;
    const { SITE_URL: address } = variables;
    if (!address) throw new UsageError(`SITE_URL has to be the address of the site:\n\n  ${example}`);
    const misnamed = siteAddressProblem(address);
    if (misnamed) throw new UsageError(`SITE_URL ${misnamed.what}:\n\n  ${misnamed.fix} npm run websub -- ping`);
    const state = await publishingState(await editionAt(context));
    if ('problems' in state) {
      complain(terminal, problemReport(state.problems, 'No hub was told anything.'));
      return 1;
    }
    const hub = hubOf(state.catalog.show);
    if (!hub) {
      say(terminal, 'The show names no hub (podcast.hub in show.yaml): there is none to tell.');
      return 0;
    }
    const feeds = state.changedFeeds.map(({ url }) => new URL(url, address).href);
    say(terminal, `${counted(feeds.length, 'feed has', 'feeds have')} changed. The hub is ${hub}.`);
    if (dryRun) {
      for (const feed of feeds) say(terminal, `  would report ${feed}`);
      return 0;
    }
    const pings = await ping(hub, feeds, { fetch, timeout: 20_000 });
    for (const { feed, accepted, answer } of pings) say(terminal, `  ${accepted ? '✓' : '✗'} ${feed}  ${answer}`);
    return pings.every(({ accepted }) => accepted) ? 0 : 1;
  },
});

export const websub: Program = {
  name: 'websub',
  summary: 'tells those who subscribed to the feeds by a hub (WebSub) that there is something new',
  commands: [pingHub],
};

if (import.meta.main) await main(websub);
