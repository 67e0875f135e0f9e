import type { ModeratedComment } from '#capture/owner/moderation.ts';
import type { AskedQuestion } from '#capture/owner/questions.ts';
import { clock } from '#site/length.ts';
import { UsageError, wholeNumber } from './command-line.ts';
import { shownMoment } from './moment.ts';
import { harmless, table, type TablePlace } from './table.ts';
import { complain, type Terminal } from './terminal.ts';

/** Which of them a command shows or changes, and as whom. */
export const seenOptions = {
  seen: {
    value: 'version',
    description: 'the version that you saw: it is done to no other one. Without it, you are asked',
  },
  by: { value: 'name', description: 'who decides, for the record; owner without it' },
} as const;

export const stateOf = <State extends string>(written: string | undefined, states: readonly State[], usual: State) => {
  if (written === 'all') return undefined;
  const state = written === undefined ? usual : states.find((each) => each === written);
  if (state === undefined)
    throw new UsageError(`--state is ${states.join(', ')} or all, not “${written}”: --state ${usual}`);
  return [state] as const;
};

export function commentTable(comments: readonly ModeratedComment[], place: TablePlace): string {
  const rows = comments.map(({ id, version, state, at, entry, name, body }) => [
    ...[id, `${version}`, state, shownMoment(at), entry.id, name, body],
  ]);
  return table(columnsOf('Entry', 'Name', 'Text'), rows, place);
}

export function questionTable(questions: readonly AskedQuestion[], place: TablePlace): string {
  const rows = questions.map(({ id, version, state, at, to, first, question }) => [
    ...[id, `${version}`, state, shownMoment(at), to, first ?? '', question],
  ]);
  return table(columnsOf('To', 'Name', 'Text'), rows, place);
}

const columnsOf = (...rest: string[]) => [
  ...['Id', 'Version', 'State', 'Came'].map((heading) => ({ heading, whole: true })),
  ...rest.map((heading) => ({ heading })),
];

/** A comment whole, as it is decided on. */
export function commentText(comment: ModeratedComment): string {
  const { id, state, version, at, name, body, moment, entry, parent, reasons, decided } = comment;
  return [
    `${id}, version ${version}: ${state}${decided ? ` by ${decided.by}, ${shownMoment(decided.at)}` : ''}`,
    `${name}${moment === undefined ? '' : ` at ${clock(moment)}`} on ${entry.title ?? entry.id}, ${shownMoment(at)}`,
    ...(parent ? [`In reply to ${parent.name}:`, ...indented(parent.body)] : []),
    ...(reasons.length > 0 ? [`To look at: ${reasons.join('; ')}`] : []),
    '',
    ...indented(body),
  ]
    .map(harmless)
    .join('\n');
}

/** A question whole. */
export function questionText(asked: AskedQuestion): string {
  const { id, state, version, at, to, first, question, mayQuote, page, reasons, answer, answeredIn, decided } = asked;
  return [
    `${id}, version ${version}: ${state}${decided ? ` by ${decided.by}, ${shownMoment(decided.at)}` : ''}`,
    `${first ?? 'Somebody'} to ${to}, from ${page}, ${shownMoment(at)}; ${mayQuote ? 'may be quoted with the first name' : 'may be answered and not quoted'}`,
    ...(reasons.length > 0 ? [`To look at: ${reasons.join('; ')}`] : []),
    '',
    ...indented(question),
    ...(answer === null ? [] : ['', 'The answer:', ...indented(answer)]),
    ...(answeredIn === null ? [] : ['', `Answered in ${answeredIn.title ?? answeredIn.id}`]),
  ]
    .map(harmless)
    .join('\n');
}

/** The same for programs: with moments in ISO 8601. */
export const forPrograms = <Row extends { at: number; decided?: { by: string; at: number } | null | undefined }>({
  at,
  decided,
  ...row
}: Row) => ({
  ...row,
  at: new Date(at).toISOString(),
  decided: decided ? { by: decided.by, at: new Date(decided.at).toISOString() } : null,
});

const indented = (text: string) => text.split('\n').map((line) => `  ${line}`);

/**
 * The version to decide on: the one that was typed, or the one that is shown now, after a yes; undefined after a no.
 * `shown` is what is decided on, and `example` a line that names its version.
 */
export async function seenVersion(
  terminal: Terminal,
  typed: string | undefined,
  { shown, version, question, example }: { shown: string; version: number; question: string; example: string },
): Promise<number | undefined> {
  if (typed !== undefined) return wholeNumber('--seen', typed);
  complain(terminal, `${shown}\n`);
  if (!terminal.ask) throw new UsageError(`Nobody can be asked here: name the version that you saw.\n\n  ${example}`);
  if (await terminal.ask(question)) return version;
  complain(terminal, 'Nothing was done.');
  return undefined;
}
