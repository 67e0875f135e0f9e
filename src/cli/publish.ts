import { parseArgs } from 'node:util';
import { buildMoment } from '#authoring/clock.ts';
import { contentFolder } from '#authoring/folder.ts';
import { nearest, problemReport } from '#authoring/problem.ts';
import { readLedger, writeLedger } from '#publishing/ledger-file.ts';
import { forgotten, nextLedger } from '#publishing/next-ledger.ts';
import { comparisonReport } from '#publishing/report.ts';
import { publishingState } from '#publishing/state.ts';

/**
 * `npm run publish-ledger`, after a deploy: writes down what is published now.
 * `npm run publish-ledger -- --forget <guid>`, before one: takes out what was deleted or changed on purpose, and
 * nothing else, so that what is not deployed yet stays new.
 */
const { forget = [] } = parseArgs({ options: { forget: { type: 'string', multiple: true } } }).values;
const folder = contentFolder();
process.exitCode = forget.length > 0 ? await forgetAll(forget) : await writeAll();

async function forgetAll(guids: string[]): Promise<number> {
  const file = await readLedger(folder);
  if (!file || file.problem) {
    console.error(file?.problem ? problemReport([file.problem], 'Nothing was written.') : 'There is no ledger yet.');
    return 1;
  }
  const unknown = guids.filter((guid) => !file.ledger.has(guid));
  for (const guid of unknown)
    console.error(`${file.name} has no ${guid}. Nearest: --forget ${nearest(guid, file.ledger.keys()) ?? 'none'}`);
  if (unknown.length > 0) return 1;
  await writeLedger(folder, forgotten(file.ledger, guids));
  console.log(`${file.name} has forgotten ${guids.join(', ')}. Commit it.`);
  return 0;
}

async function writeAll(): Promise<number> {
  const state = await publishingState(folder, buildMoment());
  if ('problems' in state) {
    console.error(problemReport(state.problems, 'Nothing was written.'));
    return 1;
  }
  const { before, now, catalog, comparison, losses, ledgerFile } = state;
  const next = nextLedger(before, now, catalog.redirects);
  await writeLedger(folder, next);
  console.log(comparisonReport(comparison, catalog.show.timezone));
  console.log(`\n${ledgerFile} holds ${next.size} published ${next.size === 1 ? 'entry' : 'entries'}. Commit it.`);
  if (losses.length > 0) console.error(`\n${problemReport(losses, 'The ledger keeps what is lost.')}`);
  return losses.length > 0 ? 1 : 0;
}
