import { problemReport } from '#authoring/problem.ts';
import { checkEdition } from '#publishing/check.ts';
import { command, main } from './command.ts';
import { editionAt } from './edition.ts';
import { complain, say } from './terminal.ts';

export const checkContent = command({
  name: 'check-content',
  summary: 'finds every mistake in the content, as a build would, and says how to mend it',
  notes: 'CONTENT_DIR is the folder to look into, and NOW the day as of which. It changes nothing.',
  options: {},
  examples: ['npm run check-content', 'CONTENT_DIR=drafts npm run check-content'],
  run: async (_options, _arguments, context) => {
    const edition = await editionAt(context);
    const { problems } = await checkEdition(edition);
    if (problems.length > 0) complain(context.terminal, problemReport(problems, 'It cannot be built like this.'));
    else say(context.terminal, `The content in ${edition.folder.path} is right.`);
    return problems.length > 0 ? 1 : 0;
  },
});

if (import.meta.main) await main(checkContent);
