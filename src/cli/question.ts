import type { Edition } from '#authoring/edition.ts';
import type { RecordingTags } from '#authoring/recording-tags.ts';
import { listed, UsageError, type Options } from './command-line.ts';
import type { Choice, Prompts } from './prompts.ts';

/** What was answered so far, by the names of the questions: one text, or several. */
export type Answers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What answers are held against. */
export interface Place {
  edition: Edition;
  /** The folder in which the command was typed, where paths begin. */
  folder: string;
  /** Reads the tags of a recording; there are none where none can be read. */
  tags: (recording: string) => Promise<RecordingTags>;
}

/** Something that a command has to know: an option of it, a question at a terminal, or what follows from the rest. */
export interface Question {
  /** For `--help`: `--title <words>`. */
  value: string;
  description: string;
  /** What is asked at a terminal; without it, nobody is asked. */
  message?: string;
  /** Whether there has to be an answer. */
  needed?: true;
  /** Whether there may be several answers: by an option for each, with commas between them, or by choosing. */
  multiple?: true;
  /** What there is to choose from. */
  choices?: (place: Place) => readonly Choice[];
  /** Whether it is asked at all, by what was answered before. */
  isAsked?: (answers: Answers, place: Place) => boolean;
  /** What the answer would be if nobody said otherwise. */
  proposal?: (answers: Answers, place: Place) => Answers[string] | Promise<Answers[string]>;
  /** Why nothing can be proposed, where that is no matter of course. */
  obstacle?: (answers: Answers, place: Place) => string | undefined;
  /** An answer as it is kept: a path as the system knows it, a name as its slug. */
  read?: (answer: string, place: Place) => string;
  /** What is wrong with an answer. */
  problem?: (answer: string, place: Place) => string | undefined;
}

export type Questions = Readonly<Record<string, Question>>;

/** The questions as options of a command line. */
export const optionsOf = (questions: Questions): Options =>
  Object.fromEntries(
    Object.entries(questions).map(([name, { value, description, multiple }]) => [
      name,
      { value, description, ...(multiple && { multiple }) },
    ]),
  );

/**
 * The answers to all questions: what was typed after the command, or else what is answered at the terminal, or else what
 * is proposed. Throws `UsageError` where an option is wrong, or where one is needed and nobody can be asked.
 */
export async function answersTo(
  questions: Questions,
  typed: Readonly<Record<string, unknown>>,
  place: Place,
  prompts: Prompts | undefined,
): Promise<Answers> {
  const answers: Record<string, Answers[string]> = {};
  const missing: string[] = [];
  for (const [name, question] of Object.entries(questions)) {
    const given = typedAnswer(typed[name], question, place);
    if (given !== undefined) {
      for (const each of [given].flat()) {
        const problem = question.problem?.(each, place);
        if (problem !== undefined) throw new UsageError(`--${name}: ${problem}`);
      }
      answers[name] = given;
      continue;
    }
    const proposed = await question.proposal?.(answers, place);
    const isAsked = prompts && question.message !== undefined && (question.isAsked?.(answers, place) ?? true);
    const found = isAsked ? await ask(question, proposed, place, prompts) : proposed;
    answers[name] = found === '' ? undefined : found;
    if (!question.needed || answers[name] !== undefined) continue;
    const obstacle = question.obstacle?.(answers, place);
    if (obstacle !== undefined)
      throw new UsageError(`${obstacle}. Say what it is to be: --${name} <${question.value}>`);
    missing.push(`--${name} <${question.value}>`);
  }
  // A slug follows from what it is named after.
  const first = missing.filter((option) => !option.startsWith('--slug '));
  if (missing.length > 0)
    throw new UsageError(
      `There is no ${listed(first.length > 0 ? first : missing)}. At a terminal, without --yes, you would be asked for it.`,
    );
  return answers;
}

function typedAnswer(value: unknown, { multiple, read = same }: Question, place: Place): Answers[string] {
  if (multiple) {
    const all = ((value as readonly string[] | undefined) ?? []).flatMap((each) => each.split(','));
    const found = all.map((each) => read(each.trim(), place)).filter(Boolean);
    return found.length > 0 ? found : undefined;
  }
  return typeof value === 'string' ? read(value.trim(), place) : undefined;
}

async function ask(
  question: Question,
  proposed: Answers[string],
  place: Place,
  prompts: Prompts,
): Promise<Answers[string]> {
  const { message = '', choices, multiple, needed, read = same } = question;
  const chosen = choices?.(place);
  if (chosen && multiple)
    return chosen.length === 0
      ? proposed
      : prompts.several({ message, choices: chosen, initial: [proposed ?? []].flat() });
  if (chosen) return prompts.one({ message, choices: chosen, initial: [proposed ?? []].flat()[0] });
  let initial = typeof proposed === 'string' ? proposed : undefined;
  for (let fault: string | undefined; ;) {
    const written = await prompts.text({
      message: fault === undefined ? message : `${fault}\n${message}`,
      initial,
      problem: (answer) => (answer === '' && needed ? 'There has to be an answer.' : undefined),
    });
    const answer = read(written.trim(), place);
    fault = answer === '' ? undefined : question.problem?.(answer, place);
    if (fault === undefined) return answer;
    initial = written;
  }
}

const same = (answer: string) => answer;
