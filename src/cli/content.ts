import { nearestOf } from '#authoring/closest-match.ts';
import { contentAdvice } from '#authoring/content-advice.ts';
import { fixContent, type Fix } from '#authoring/fixes.ts';
import { adviceKinds, messageName, mistakeKinds } from '#authoring/message-kinds.ts';
import { adviceReport, inOrder, kindsOf, type Problem, problemReport } from '#authoring/problem.ts';
import { ffmpegMeter, hasFfmpeg, recordingAdvice } from '#authoring/recording-advice.ts';
import { checkEdition } from '#publishing/check.ts';
import { counted } from '#site/count.ts';
import { command, type CommandContext, main } from './command.ts';
import { UsageError } from './command-line.ts';
import { formats, type Message } from './content-formats.ts';
import { editionAt } from './edition.ts';
import { complain, mark, say } from './terminal.ts';

export const content = command({
  name: 'content',
  summary: 'finds every mistake in the content, as a build would, gives advice, and fixes what is mechanical',
  notes:
    'CONTENT_DIR is the folder to look into, and NOW the day as of which. Nothing is changed without --fix. Advice is no mistake. Each message has a name, by which content/README.md explains it.',
  options: {
    all: { description: 'tells all mistakes and advice; without it, many are told by a few of each kind' },
    only: {
      value: 'name',
      description: 'tells those of one kind alone, by its name or by words that they have in common',
    },
    mistakes: { description: 'gives no advice' },
    format: {
      value: 'form',
      description: 'pretty (if you say nothing), json, github (notes on a pull request) or sarif',
    },
    fix: { description: 'writes what can only have been meant into its place, and fields in their usual order' },
    loudness: { description: 'measures recordings that were not measured yet, with ffmpeg: some seconds for each' },
  },
  examples: [
    'npm run content',
    'npm run content -- --fix',
    'npm run content -- --only unknown-person',
    'npm run --silent content -- --format json | jq .messages',
    'CONTENT_DIR=drafts npm run content -- --loudness',
  ],
  run: async ({ all, only, mistakes, format = 'pretty', fix, loudness }, _arguments, context) => {
    const { terminal } = context;
    const written = formatNamed(format);
    if (loudness && !(await hasFfmpeg())) throw new UsageError('--loudness needs ffmpeg, which is not installed here.');
    const fixed = fix ? await fixContent(() => editionAt(context), { order: true }) : [];
    const found = await look(context, { advice: !mistakes, loudness });
    const chosen = only === undefined ? found : ofKind(only, found);
    const code = found.problems.length > 0 ? 1 : 0;
    if (written) {
      say(terminal, written(messages(chosen)));
      return code;
    }
    const options = { all: all || only !== undefined };
    if (fixed.length > 0) say(terminal, `${fixReport(fixed, context)}\n`);
    if (chosen.advice.length > 0) say(terminal, `${adviceReport(chosen.advice, options)}\n`);
    if (chosen.problems.length > 0)
      complain(terminal, problemReport(chosen.problems, 'It cannot be built like this.', options));
    else if (code === 0) say(terminal, `The content in ${found.path} is right.`);
    return code;
  },
});

interface Found {
  path: string;
  problems: readonly Problem[];
  advice: readonly Problem[];
}

async function look(context: CommandContext, wanted: { advice: boolean; loudness: boolean }): Promise<Found> {
  const edition = await editionAt(context);
  const { problems } = await checkEdition(edition);
  const advice = wanted.advice
    ? [
        ...edition.advice,
        ...contentAdvice(edition),
        ...(await recordingAdvice(edition, wanted.loudness ? ffmpegMeter : undefined)),
      ]
    : [];
  return { path: edition.folder.path, problems, advice };
}

function formatNamed(format: string): ((messages: readonly Message[]) => string) | undefined {
  if (format === 'pretty') return undefined;
  if (Object.hasOwn(formats, format)) return formats[format as keyof typeof formats];
  const names = ['pretty', ...Object.keys(formats)];
  throw new UsageError(`There is no format “${format}”. Nearest: --format ${nearestOf(format, names)?.value}`);
}

const messages = ({ problems, advice }: Found): Message[] => [
  ...inOrder(problems).map((problem) => ({
    ...problem,
    level: 'mistake' as const,
    name: messageName(problem.what, mistakeKinds),
  })),
  ...inOrder(advice).map((problem) => ({
    ...problem,
    level: 'advice' as const,
    name: messageName(problem.what, adviceKinds),
  })),
];

/** Those of one kind: by its permanent name, or by words of what is said. */
function ofKind(typed: string, found: Found): Found {
  const words = typed.trim().toLowerCase();
  const byName = (problems: readonly Problem[], kinds: typeof mistakeKinds) =>
    problems.filter(({ what }) => messageName(what, kinds) === words);
  const named = { ...found, problems: byName(found.problems, mistakeKinds), advice: byName(found.advice, adviceKinds) };
  if (named.problems.length + named.advice.length > 0) return named;
  const byWords = (problems: readonly Problem[]) =>
    [...kindsOf(problems)].flatMap(([kind, those]) => (kind.toLowerCase().includes(words) ? those : []));
  const said = { ...found, problems: byWords(found.problems), advice: byWords(found.advice) };
  if (said.problems.length + said.advice.length > 0) return said;
  const names = messages(found).map(({ name }) => name);
  const near = nearestOf(words, new Set(names))?.value;
  throw new UsageError(
    near === undefined ? 'There is no mistake and no advice.' : `Nothing is called “${typed}”. Nearest: --only ${near}`,
  );
}

function fixReport(fixes: readonly Fix[], { terminal }: CommandContext): string {
  const lines = fixes.map(
    ({ file, line, what, nearest }) =>
      `${mark('✓', terminal.out)} ${file}:${line}  ${what}${nearest ? ` → ${nearest}` : ''}`,
  );
  return [`Fixed ${counted(fixes.length, 'thing')}:`, ...lines].join('\n');
}

if (import.meta.main) await main(content);
