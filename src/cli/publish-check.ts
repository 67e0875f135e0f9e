import { slugOf } from '#authoring/slug.ts';
import { problemReport } from '#authoring/problem.ts';
import { comparisonJson, comparisonReport } from '#publishing/report.ts';
import { publishingState } from '#publishing/state.ts';
import { command, main } from './command.ts';
import { editionAt } from './edition.ts';
import { complain, say } from './terminal.ts';

export const publishCheck = command({
  name: 'publish-check',
  summary: 'shows what the next deploy adds, changes and removes',
  notes: 'It changes nothing. Exit code 1 also where something that was published would be lost.',
  options: { json: { description: 'for programs' } },
  examples: ['npm run publish-check', 'npm run --silent publish-check -- --json | jq .lost'],
  run: async ({ json }, _arguments, context) => {
    const { terminal } = context;
    const edition = await editionAt(context);
    const { now } = edition.clock;
    const state = await publishingState(edition);
    if ('problems' in state) {
      complain(terminal, problemReport(state.problems, 'Nothing was compared.'));
      return 1;
    }
    const { catalog, comparison, losses, ledgerFile, written } = state;
    const code = losses.length > 0 ? 1 : 0;
    if (json) {
      say(terminal, JSON.stringify({ moment: now, ledger: ledgerFile, ...comparisonJson(comparison) }, null, 2));
      return code;
    }
    const against = written
      ? `compared with ${ledgerFile}`
      : `for the first time: there is no ${ledgerFile} yet. After the deploy, "npm run publish-ledger" writes it`;
    say(terminal, `The deploy of ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${against}.\n`);
    say(terminal, comparisonReport(comparison, catalog.show.timezone));
    if (!written && edition.folder.show.yaml.data['guidPrefix'] === undefined)
      say(
        terminal,
        `\nThe guids begin with "${catalog.show.guidPrefix}:", since show.yaml has no guidPrefix. If nothing of this series was ever published, give it one of its own now, for good:\n\n  guidPrefix: ${slugOf(catalog.show.title)}`,
      );
    say(
      terminal,
      losses.length > 0 ? `\n${problemReport(losses, 'Nothing is to be deployed.')}` : '\nNothing published is lost.',
    );
    return code;
  },
});

if (import.meta.main) await main(publishCheck);
