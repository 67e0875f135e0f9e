import type { Readable, Writable } from 'node:stream';

/** What can be asked of whoever sits at the terminal. Each rejects with {@link Cancelled} when they leave by Ctrl-C or Esc. */
export interface Prompts {
  text(question: TextQuestion): Promise<string>;
  one(question: ChoiceQuestion & { initial?: string | undefined }): Promise<string>;
  several(question: ChoiceQuestion & { initial?: readonly string[] | undefined }): Promise<readonly string[]>;
}

export interface TextQuestion {
  message: string;
  /** What stands there already, to be taken or changed. */
  initial?: string | undefined;
  /** What is wrong with an answer, if something is. */
  problem: (answer: string) => string | undefined;
}

export interface ChoiceQuestion {
  message: string;
  choices: readonly Choice[];
}

export interface Choice {
  value: string;
  label: string;
}

/** Whoever was asked left. */
export class Cancelled extends Error {
  override name = 'Cancelled';
}

/** Longer lists are searched by typing. */
const shortList = 8;

/** Prompts on a terminal, by Clack. It is loaded when the first question is asked: no other command needs it. */
export function clackPrompts(input: Readable, output: Writable): Prompts {
  const clack = () => import('@clack/prompts');
  const streams = { input, output };
  const answer = async <T>(asked: Promise<T | symbol>): Promise<T> => {
    const given = await asked;
    if (typeof given === 'symbol') throw new Cancelled('Cancelled');
    return given;
  };
  return {
    async text({ message, initial, problem }) {
      const { text } = await clack();
      return answer<string>(
        text({
          ...streams,
          message,
          ...(initial !== undefined && { initialValue: initial }),
          validate: (written) => problem((written ?? '').trim()),
        }),
      );
    },
    async one({ message, choices, initial }) {
      const { select } = await clack();
      return answer<string>(
        select({
          ...streams,
          message,
          options: choices.map((each) => ({ ...each })),
          ...(initial !== undefined && { initialValue: initial }),
        }),
      );
    },
    async several({ message, choices, initial = [] }) {
      const { autocompleteMultiselect, multiselect } = await clack();
      const options = choices.map((each) => ({ ...each }));
      const settings = { ...streams, message, options, initialValues: [...initial], required: false };
      return answer<string[]>(
        options.length > shortList
          ? autocompleteMultiselect({ ...settings, maxItems: shortList })
          : multiselect(settings),
      );
    },
  };
}
