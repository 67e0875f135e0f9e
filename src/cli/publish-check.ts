import { parseArgs } from 'node:util';
import { buildMoment } from '#authoring/clock.ts';
import { contentFolder } from '#authoring/folder.ts';
import { problemReport } from '#authoring/problem.ts';
import { comparisonJson, comparisonReport } from '#publishing/report.ts';
import { publishingState } from '#publishing/state.ts';

/** `npm run publish-check [-- --json]`: what the next deploy adds, changes and loses; exit code 1 for a loss. */
const { json } = parseArgs({ options: { json: { type: 'boolean', default: false } } }).values;
const now = buildMoment();
const state = await publishingState(contentFolder(), now);

if ('problems' in state) {
  console.error(problemReport(state.problems, 'Nothing was compared.'));
  process.exitCode = 1;
} else {
  const { catalog, comparison, losses, ledgerFile, written } = state;
  if (losses.length > 0) process.exitCode = 1;
  if (json) console.log(JSON.stringify({ moment: now, ledger: ledgerFile, ...comparisonJson(comparison) }, null, 2));
  else {
    const against = written
      ? `compared with ${ledgerFile}`
      : `for the first time: there is no ${ledgerFile} yet. After the deploy, "npm run publish-ledger" writes it`;
    console.log(`The deploy of ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${against}.\n`);
    console.log(comparisonReport(comparison, catalog.show.timezone));
    console.log(
      losses.length > 0 ? `\n${problemReport(losses, 'Nothing is to be deployed.')}` : '\nNothing published is lost.',
    );
  }
}
