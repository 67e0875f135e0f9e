import { closestMatch } from '#authoring/closest-match.ts';
import { adviceReport, kindsOf, type Problem, problemReport } from '#authoring/problem.ts';
import { checkEdition } from '#publishing/check.ts';
import { command, main } from './command.ts';
import { UsageError } from './command-line.ts';
import { editionAt } from './edition.ts';
import { complain, say } from './terminal.ts';

export const checkContent = command({
  name: 'check-content',
  summary: 'finds every mistake in the content, as a build would, and says how to fix it',
  notes:
    'CONTENT_DIR is the folder to look into, and NOW the day as of which. It changes nothing. Advice is no mistake.',
  options: {
    all: { description: 'tells all mistakes and advice; without it, many are told by a few of each kind' },
    only: { value: 'kind', description: 'tells those of one kind alone, by words that they have in common' },
  },
  examples: [
    'npm run check-content',
    'CONTENT_DIR=drafts npm run check-content',
    'npm run check-content -- --only "unknown person"',
  ],
  run: async ({ all, only }, _arguments, context) => {
    const edition = await editionAt(context);
    const found = await checkEdition(edition);
    const chosen = only === undefined ? undefined : ofKind(only, [...found.problems, ...edition.advice]);
    const [problems, advice] = [found.problems, edition.advice].map(
      (those) => chosen?.filter((each) => those.includes(each)) ?? those,
    ) as [Problem[], Problem[]];
    const options = { all: all || only !== undefined };
    if (advice.length > 0) say(context.terminal, `${adviceReport(advice, options)}\n`);
    if (problems.length > 0)
      complain(context.terminal, problemReport(problems, 'It cannot be built like this.', options));
    else if (found.problems.length === 0) say(context.terminal, `The content in ${edition.folder.path} is right.`);
    return found.problems.length > 0 ? 1 : 0;
  },
});

function ofKind(words: string, problems: readonly Problem[]): Problem[] {
  const kinds = [...kindsOf(problems)];
  const found = kinds.filter(([kind]) => kind.toLowerCase().includes(words.trim().toLowerCase()));
  if (found.length > 0) return found.flatMap(([, those]) => those);
  const near = closestMatch(
    words,
    kinds.map(([kind]) => kind),
  );
  throw new UsageError(
    near === undefined
      ? 'There is no mistake and no advice.'
      : `Nothing is called “${words}”. Nearest: --only ${JSON.stringify(near)}`,
  );
}

if (import.meta.main) await main(checkContent);
