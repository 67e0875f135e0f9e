import {
  answerQuestion,
  closeQuestion,
  findQuestion,
  listQuestions,
  questionStates,
  type QuestionOutcome,
} from '#capture/owner/questions.ts';
import { counted, grouped } from '#site/count.ts';
import { UsageError, wholeNumber } from './command-line.ts';
import { command, main, type Program } from './command.ts';
import { forPrograms, questionTable, questionText, seenOptions, seenVersion, stateOf } from './moderated.ts';
import { builtSite, withStore } from './open-store.ts';
import { publishedEntry } from './published-entry.ts';
import { complain, say, type Terminal } from './terminal.ts';
import { wordsOf } from './words.ts';

const json = { description: 'for programs: stable keys, moments in ISO 8601' } as const;
const id = { name: 'id', least: 1, most: 1 } as const;

const list = command({
  name: 'questions list',
  summary: 'shows what waits for an answer, the oldest first',
  options: {
    state: { value: 'state', description: `open without it; ${questionStates.join(', ')} or all` },
    limit: { value: 'n', description: 'how many are shown: 50, or what is said here; 0 for all' },
    json,
  },
  examples: ['npm run questions -- list'],
  run: async ({ state, limit = '50', json }, _arguments, context) => {
    const most = wholeNumber('--limit', limit) || Number.POSITIVE_INFINITY;
    const states = stateOf(state, questionStates, 'open');
    return withStore(context, [], async (owner) => {
      const { questions, total } = await listQuestions(owner, { states }, most);
      if (json) say(context.terminal, JSON.stringify({ total, questions: questions.map(forPrograms) }, null, 2));
      else if (total === 0) say(context.terminal, states?.[0] === 'open' ? 'Nothing waits.' : 'None.');
      else {
        say(context.terminal, questionTable(questions, context.terminal));
        const rest = total > questions.length ? `, the oldest of ${grouped(total)}: --limit 0 shows all` : '';
        complain(context.terminal, `\n${counted(questions.length, 'question')}${rest}. npm run questions -- show <id>`);
      }
      return 0;
    });
  },
});

const show = command({
  name: 'questions show',
  summary: 'shows one whole, with its version and whether it may be quoted',
  arguments: id,
  options: { json },
  examples: ['npm run questions -- show <id>'],
  run: async ({ json }, [typed = ''], context) =>
    withStore(context, [], async (owner) => {
      const question = await findQuestion(owner, typed);
      if (!question) return unknown(context.terminal, typed);
      say(context.terminal, json ? JSON.stringify(forPrograms(question), null, 2) : questionText(question));
      return 0;
    }),
});

const answer = command({
  name: 'questions answer',
  summary: 'mails the answer to who asked, or where it is answered',
  arguments: id,
  options: {
    text: { value: 'words', description: 'the answer' },
    file: { value: 'file', description: 'or the file that has it' },
    in: { value: 'slug', description: 'the published episode or post that answers it; alone, or beside the words' },
    ...seenOptions,
    json,
  },
  examples: [
    'npm run questions -- answer <id> --seen 2 --text "The keeper does."',
    'npm run questions -- answer <id> --seen 2 --in episodes/<slug>',
  ],
  run: async ({ text, file, in: typed, seen: seenTyped, by = 'owner', json }, [written = ''], context) =>
    withStore(context, ['WEBHOOK_URL', 'WEBHOOK_SECRET'], async (owner) => {
      const { terminal, variables } = context;
      const entry =
        typed === undefined
          ? undefined
          : await publishedEntry(
              typed,
              builtSite(owner.site, owner.environment),
              variables['CONTENT_DIR'] ?? 'content',
            );
      if (!entry && text === undefined && file === undefined)
        throw new UsageError('What is the answer? --text "…", --file <file>, or --in <slug> of what answers it.');
      const words = text === undefined && file === undefined ? undefined : await wordsOf({ text, file });
      const question = await findQuestion(owner, written);
      if (!question) return unknown(terminal, written);
      const seen = await seenVersion(terminal, seenTyped, {
        ...{ shown: questionText(question), version: question.version, question: 'Mail this answer?' },
        example: `npm run questions -- answer ${question.id} --seen ${question.version}`,
      });
      if (seen === undefined) return 1;
      const answered = { answer: words, entry: entry?.id, seen, actor: by };
      return report(
        terminal,
        await answerQuestion(owner, question.id, answered),
        'It is answered: the mail is queued.',
        json,
      );
    }),
});

const close = command({
  name: 'questions close',
  summary: 'closes a question without an answer; nobody is mailed',
  arguments: id,
  options: { spam: { description: 'as spam' }, ...seenOptions, json },
  examples: ['npm run questions -- close <id> --seen 2'],
  run: async ({ spam, seen: typed, by = 'owner', json }, [written = ''], context) =>
    withStore(context, [], async (owner) => {
      const { terminal } = context;
      const question = await findQuestion(owner, written);
      if (!question) return unknown(terminal, written);
      const seen = await seenVersion(terminal, typed, {
        ...{ shown: questionText(question), version: question.version, question: 'Close it without an answer?' },
        example: `npm run questions -- close ${question.id} --seen ${question.version}`,
      });
      if (seen === undefined) return 1;
      const outcome = await closeQuestion(owner, question.id, { isSpam: spam, seen, actor: by });
      return report(terminal, outcome, 'It is closed.', json);
    }),
});

export const questions: Program = {
  name: 'questions',
  summary: 'what readers asked the hosts',
  commands: [list, show, answer, close],
};

function report(terminal: Terminal, outcome: QuestionOutcome, done: string, json: boolean): number {
  if (outcome.kind === 'refused') throw new UsageError(outcome.message);
  if (json)
    say(
      terminal,
      JSON.stringify(
        'question' in outcome ? { kind: outcome.kind, question: forPrograms(outcome.question) } : outcome,
        null,
        2,
      ),
    );
  else if (outcome.kind === 'done') say(terminal, done);
  else if (outcome.kind === 'conflict')
    complain(
      terminal,
      `It is not any more what you saw, so nothing was done. This stands now:\n\n${questionText(outcome.question)}\n\nIf you still want that, say --seen ${outcome.question.version}.`,
    );
  else
    complain(
      terminal,
      outcome.kind === 'unconfirmed'
        ? 'Its author has not confirmed it yet, so nothing can be done.'
        : 'There is no such question any more.',
    );
  return outcome.kind === 'done' ? 0 : 1;
}

function unknown(terminal: Terminal, id: string): number {
  complain(terminal, `There is no question ${id}. npm run questions -- list --state all shows those that there are.`);
  return 1;
}

if (import.meta.main) await main(questions);
