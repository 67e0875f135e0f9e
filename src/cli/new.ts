import { type Problem, problemReport } from '#authoring/problem.ts';
import type { Undo } from '#authoring/entry-writer.ts';
import { type RecordingTags, recordingTags } from '#authoring/recording-tags.ts';
import { checkEdition } from '#publishing/check.ts';
import { type Command, command, type CommandContext, main, type Program } from './command.ts';
import { UsageError } from './command-line.ts';
import { editionAt } from './edition.ts';
import {
  episodeQuestions,
  partnerQuestions,
  personQuestions,
  postQuestions,
  topicQuestions,
  whitepaperQuestions,
} from './new-questions.ts';
import { episodePlan, partnerPlan, personPlan, type Plan, postPlan, topicPlan, whitepaperPlan } from './new-plans.ts';
import { Cancelled } from './prompts.ts';
import { answersTo, type Answers, optionsOf, type Place, type Questions } from './question.ts';
import { complain, mark, say } from './terminal.ts';

const kinds: Record<
  string,
  { questions: Questions; plan: (answers: Answers, place: Place) => Promise<Plan>; examples: [string, ...string[]] }
> = {
  episode: {
    questions: episodeQuestions,
    plan: episodePlan,
    examples: [
      'npm run new -- episode',
      'npm run new -- episode --recording ~/Desktop/final.mp3 --transcript ~/Desktop/final.vtt',
      'npm run new -- episode --title "Improving customer advocacy" --topic branding,shared-goals',
    ],
  },
  post: {
    questions: postQuestions,
    plan: postPlan,
    examples: [
      'npm run new -- post',
      'npm run new -- post --title "The list that nobody owned" --author joel-capperella',
    ],
  },
  person: {
    questions: personQuestions,
    plan: personPlan,
    examples: [
      'npm run new -- person',
      'npm run new -- person --name "Joel Capperella" --side marketing --photo joel.jpg',
    ],
  },
  whitepaper: {
    questions: whitepaperQuestions,
    plan: whitepaperPlan,
    examples: [
      'npm run new -- whitepaper',
      'npm run new -- whitepaper --file paper.pdf --title "Impression Marketing"',
    ],
  },
  topic: {
    questions: topicQuestions,
    plan: topicPlan,
    examples: ['npm run new -- topic', 'npm run new -- topic --title "Customer advocacy"'],
  },
  partner: {
    questions: partnerQuestions,
    plan: partnerPlan,
    examples: [
      'npm run new -- partner',
      'npm run new -- partner --name "Some Partner" --url https://partner.example.com --topic branding',
    ],
  },
};

/** `npm run new`: an idea becomes a folder with everything in its place, which passes the check as it stands. */
const newProgram: Program = {
  name: 'new',
  summary: 'begins an episode, a post, a person, a whitepaper, a topic or a partner',
  commands: Object.entries(kinds).map(([kind, { questions, plan, examples }]): Command => {
    const article = kind === 'episode' ? 'an' : 'a';
    return command({
      name: `new ${kind}`,
      summary: `begins ${article} ${kind}: asks what it has to know, and writes what passes the check`,
      notes: `At a terminal you are asked for what follows from nothing else; elsewhere, or with --yes, the options are all. ${
        kind === 'topic'
          ? 'It is added to topics.yaml.'
          : 'Files are copied into a folder of its own. Nothing that is there is overwritten.'
      }`,
      options: {
        ...optionsOf(questions),
        yes: { description: 'asks nothing, and takes what is proposed' },
      },
      examples,
      run: (values, _arguments, context) => create(questions, plan, values, context),
    });
  }),
  choose: async ({ one }) =>
    one({
      message: 'What is it to be?',
      choices: Object.keys(kinds).map((kind) => ({ value: kind, label: `${kind === 'episode' ? 'An' : 'A'} ${kind}` })),
    }),
};

async function create(
  questions: Questions,
  planOf: (answers: Answers, place: Place) => Promise<Plan>,
  values: Readonly<Record<string, unknown>>,
  context: CommandContext,
): Promise<number> {
  const { terminal, variables } = context;
  const edition = await editionAt(context);
  const place = { edition, folder: variables[typedIn] ?? process.cwd(), tags: tagReader() };
  const before = new Set((await checkEdition(edition)).problems.map(same));
  if (!edition.isComplete && edition.folder.entries.length === 0)
    throw new UsageError(`There is no series in ${edition.folder.path}: CONTENT_DIR names the folder of one.`);
  let undo: Undo = () => {};
  const stop = () => {
    undo();
    complain(terminal, '\nNothing was written.');
    process.exit(1);
  };
  try {
    const answers = await answersTo(questions, values, place, values['yes'] ? undefined : terminal.prompts);
    const plan = await planOf(answers, place);
    process.once('SIGINT', stop);
    await plan.write(edition, (taken) => (undo = taken));
    const { problems } = await checkEdition(await editionAt(context));
    const caused = problems.filter((problem) => !before.has(same(problem)));
    if (caused.length > 0) {
      undo();
      complain(terminal, problemReport(caused, 'Nothing was written.'));
      return 1;
    }
    say(terminal, `${mark('✓', terminal.out)} ${edition.folder.shown(plan.file)}`);
    if (plan.address) say(terminal, `  to see it: npm run dev, then http://localhost:4321${plan.address}`);
    else say(terminal, `  it has a page once an entry names it among its topics: [${String(answers['slug'])}]`);
    if (plan.isDraft)
      say(terminal, '  It is a draft: write what is marked TODO, then take out "draft: true" to publish it.');
    return 0;
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error) || !isPlain(error)) throw error;
    complain(terminal, error instanceof Cancelled ? 'Nothing was written.' : `${error.message}: nothing was written.`);
    return 1;
  } finally {
    process.off('SIGINT', stop);
  }
}

/** Reads the tags of each recording once; what cannot be read has none, and the check says why. */
function tagReader(): Place['tags'] {
  const read = new Map<string, Promise<RecordingTags>>();
  return (path) => {
    const found = read.get(path) ?? recordingTags(path).catch((): RecordingTags => ({ chapters: [] }));
    read.set(path, found);
    return found;
  };
}

/** What the disk refuses is its own explanation. */
const isPlain = (error: Error) => error instanceof Cancelled || 'code' in error || error.message.startsWith('There is');

/** npm starts commands in the folder of the project, and says where they were typed. */
const typedIn = 'INIT_CWD';

/** What is added to a file moves no mistake of another. */
const same = ({ what, file, field }: Problem) => JSON.stringify([what, file, field]);

// The word itself can be no name of a constant.
export { newProgram as new };

if (import.meta.main) await main(newProgram);
