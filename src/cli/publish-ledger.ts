import type { Edition } from '#authoring/edition.ts';
import { contentFolder } from '#authoring/folder.ts';
import { closestMatch } from '#authoring/closest-match.ts';
import { problemReport } from '#authoring/problem.ts';
import { readLedger, writeLedger } from '#publishing/ledger-file.ts';
import { forgotten, nextLedger } from '#publishing/next-ledger.ts';
import { comparisonReport } from '#publishing/report.ts';
import { publishingState } from '#publishing/state.ts';
import { counted } from '#site/count.ts';
import { command, main } from './command.ts';
import { editionAt } from './edition.ts';
import { complain, say, type Terminal } from './terminal.ts';

export const publishLedger = command({
  name: 'publish-ledger',
  summary: 'after a deploy: notes what is published, so that no later build loses it',
  notes:
    'With --forget, before a deploy, it only takes out what was deleted or changed on purpose, so that what is not deployed yet stays new. Commit the file that it writes.',
  options: {
    forget: { value: 'guid', multiple: true, description: 'takes this entry out; may be given several times' },
  },
  examples: ['npm run publish-ledger', 'npm run publish-ledger -- --forget d-files:posts/the-last-bucket'],
  run: async ({ forget }, _arguments, context) => {
    if (forget.length > 0) return forgetAll(contentFolder(context.variables), forget, context.terminal);
    return writeAll(await editionAt(context), context.terminal);
  },
});

async function forgetAll(folder: string, guids: readonly string[], terminal: Terminal): Promise<number> {
  const file = await readLedger(folder);
  if (!file || file.problem) {
    complain(
      terminal,
      file?.problem ? problemReport([file.problem], 'Nothing was written.') : 'There is no ledger yet.',
    );
    return 1;
  }
  const unknown = guids.filter((guid) => !file.ledger.has(guid));
  for (const guid of unknown)
    complain(
      terminal,
      `${file.name} has no ${guid}. Nearest: --forget ${closestMatch(guid, file.ledger.keys()) ?? 'none'}`,
    );
  if (unknown.length > 0) return 1;
  await writeLedger(folder, forgotten(file.ledger, [...guids]));
  say(terminal, `${file.name} has forgotten ${guids.join(', ')}. Commit it.`);
  return 0;
}

async function writeAll(edition: Edition, terminal: Terminal): Promise<number> {
  const state = await publishingState(edition);
  if ('problems' in state) {
    complain(terminal, problemReport(state.problems, 'Nothing was written.'));
    return 1;
  }
  const { before, now, catalog, comparison, losses, ledgerFile } = state;
  const next = nextLedger(before, now, catalog.redirects);
  await writeLedger(edition.folder.path, next);
  say(terminal, comparisonReport(comparison, catalog.show.timezone));
  say(terminal, `\n${ledgerFile} holds ${counted(next.size, 'published entry', 'published entries')}. Commit it.`);
  if (losses.length > 0) complain(terminal, `\n${problemReport(losses, 'The ledger keeps what is lost.')}`);
  return losses.length > 0 ? 1 : 0;
}

if (import.meta.main) await main(publishLedger);
