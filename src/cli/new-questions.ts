import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearestOf } from '#authoring/closest-match.ts';
import type { Edition } from '#authoring/edition.ts';
import { fieldFault } from '#authoring/field-fault.ts';
import { pdfPages } from '#authoring/pdf-pages.ts';
import { proposals } from '#authoring/proposals.ts';
import type { RecordingTags } from '#authoring/recording-tags.ts';
import { nounOf } from '#authoring/references.ts';
import { slugFor, slugOf } from '#authoring/slug.ts';
import type { EntryKind } from '#authoring/new-entry.ts';
import { audioTypes, videoTypes } from '#model/media.ts';
import { sides } from '#model/field.ts';
import type { Choice } from './prompts.ts';
import type { Answers, Place, Question, Questions } from './question.ts';

const recordingEndings = [...Object.keys(audioTypes), ...Object.keys(videoTypes)];
const transcriptEndings = ['vtt', 'srt', 'json'];
const pictureEndings = ['jpg', 'jpeg', 'png', 'webp', 'avif'];

const ofTags =
  (find: (tags: RecordingTags, edition: Edition) => string | undefined): NonNullable<Question['proposal']> =>
  async ({ recording }, { tags, edition }) =>
    typeof recording === 'string' ? find(await tags(recording), edition) : undefined;

const besideRecording =
  (endings: readonly string[]): NonNullable<Question['proposal']> =>
  ({ recording }) =>
    typeof recording === 'string' ? sameName(recording, endings) : undefined;

const numberInTags = ofTags(({ number }, edition) => freeNumber(number, edition)?.toString());

/** A number in the tags of a recording, where no other episode has it. */
function freeNumber(number: number | undefined, edition: Edition): number | undefined {
  const { season } = proposals(edition);
  const taken = edition.folder.entries.some(
    ({ collection, yaml: { data } }) =>
      collection === 'episodes' && data['number'] === number && data['season'] === season,
  );
  return taken ? undefined : number;
}

/** A file beside another that has its name, and another ending. */
function sameName(path: string, endings: readonly string[]): string | undefined {
  const stem = join(dirname(path), basename(path, extname(path)));
  return endings.map((ending) => `${stem}.${ending}`).find((file) => existsSync(file));
}

type Kind = EntryKind | 'topics';

const textQuestion = (collection: Kind, field: string, value: string, description: string): Question => ({
  value,
  description,
  problem: (answer) => fieldFault(collection, field, answer),
});

const titleQuestion = (collection: Kind, field: string): Question => ({
  ...textQuestion(collection, field, 'words', `its ${field}`),
  message: 'Title',
  needed: true,
});

const summaryQuestion = (collection: Kind): Question => ({
  ...textQuestion(collection, 'summary', 'words', 'one or two sentences, at most 300 characters'),
  message: 'Summary, in one or two sentences (Enter to write it later)',
});

const altQuestion = (collection: Kind, picture: string): Question => ({
  ...textQuestion(collection, `${picture}.alt`, 'words', 'what the picture shows, for those who do not see it'),
  message: 'What the picture shows, for those who do not see it (Enter to write it later)',
  isAsked: (answers) => answers[picture] !== undefined,
});

const numberQuestion = (field: string, description: string, collection: Kind = 'episodes'): Question => ({
  value: 'n',
  description,
  problem: (answer) =>
    /^\d{1,6}$/.test(answer) ? fieldFault(collection, field, Number(answer)) : `It is a whole number, not “${answer}”`,
});

function slugQuestion(collection: Kind, named: (answers: Answers) => Answers[string]): Question {
  return {
    value: 'slug',
    description: 'the name of its folder, for good; made of its title if you say nothing',
    message: 'Slug: the name of its folder and the last part of its address, for good',
    needed: true,
    proposal: (answers, { edition }) => {
      const slug = slugFor(String(named(answers) ?? ''));
      return slug === undefined || taken(slug, edition) ? undefined : slug;
    },
    obstacle: (answers, { edition }) => {
      const slug = slugFor(String(named(answers) ?? ''));
      return slug && taken(slug, edition);
    },
    problem: (answer, { edition }) =>
      slugOf(answer) === answer
        ? taken(answer, edition)
        : `A slug is lower-case words and hyphens. Nearest: ${slugOf(answer)}`,
  };

  function taken(slug: string, edition: Edition): string | undefined {
    return slugsIn(edition, collection).includes(slug) ? `There is ${collection}/${slug} already` : undefined;
  }
}

function slugsIn({ folder }: Edition, collection: Kind): string[] {
  if (collection === 'topics') return Object.keys(folder.topics.yaml.data);
  return folder.entries.flatMap((entry) => (entry.collection === collection ? [entry.slug] : []));
}

function choicesOf({ folder }: Edition, collection: 'people' | 'topics' | 'whitepapers'): Choice[] {
  const named: [string, unknown][] =
    collection === 'topics'
      ? Object.entries(folder.topics.yaml.data).map(([slug, data]) => [
          slug,
          (data as { title?: unknown } | null)?.title,
        ])
      : folder.entries.flatMap(({ collection: own, slug, yaml: { data } }): [string, unknown][] =>
          own === collection ? [[slug, data['name'] ?? data['title']]] : [],
        );
  return named.map(([slug, label]) => ({ value: slug, label: typeof label === 'string' ? label : slug }));
}

/** The slug of something that is there; its name is taken for it. */
const oneSlug = (collection: 'people' | 'topics' | 'whitepapers', description: string): Question => ({
  value: 'slug',
  description,
  read: (answer, { edition }) =>
    choicesOf(edition, collection).find(({ label }) => label.toLowerCase() === answer.toLowerCase())?.value ?? answer,
  problem: (answer, { edition }) => {
    const slugs = choicesOf(edition, collection).map(({ value }) => value);
    if (slugs.includes(answer)) return undefined;
    const near = nearestOf(answer, slugs)?.value;
    const noun = nounOf(collection);
    return `There is no ${noun} “${answer}”.${near ? ` Nearest: ${near}.` : ''} A new one: npm run new -- ${noun}`;
  },
});

const slugsQuestion = (
  collection: 'people' | 'topics',
  description: string,
  without: (edition: Edition) => readonly string[] = () => [],
): Question => ({
  ...oneSlug(collection, description),
  value: 'slugs',
  multiple: true,
  choices: ({ edition }) => choicesOf(edition, collection).filter(({ value }) => !without(edition).includes(value)),
});

const topicsQuestion: Question = {
  ...slugsQuestion('topics', 'what it is posted in, the main one first'),
  message: 'Topics, the main one first',
};

/** A file as it is typed, dragged into a terminal, or copied from a browser. */
function fileQuestion(endings: readonly string[], description: string): Question {
  return {
    value: 'file',
    description,
    read: (answer, { folder }: Place) => pathOf(answer, folder),
    problem: (answer) => {
      if (!existsSync(answer) || !statSync(answer).isFile()) return `There is no file ${answer}`;
      if (endings.includes(extname(answer).slice(1).toLowerCase())) return undefined;
      return `${basename(answer)} ends in none of ${endings.map((ending) => `.${ending}`).join(', ')}`;
    },
  };
}

function pathOf(typed: string, folder: string): string {
  if (typed === '') return '';
  if (typed.startsWith('file://')) return fileURLToPath(typed);
  const bare = /^(["']).*\1$/.test(typed) ? typed.slice(1, -1) : typed;
  const plain = process.platform === 'win32' ? bare : bare.replaceAll(/\\(.)/g, '$1');
  return resolve(folder, plain.replace(/^~(?=\/)/, homedir()));
}

/** What is to be known of a new episode. */
export const episodeQuestions: Questions = {
  recording: {
    ...fileQuestion(recordingEndings, 'the recording: its title, summary, number, chapters and cover are read'),
    message: 'The recording, if there is one (drag the file here, or Enter to go on without)',
  },
  title: { ...titleQuestion('episodes', 'title'), proposal: ofTags(({ title }) => title) },
  slug: slugQuestion('episodes', ({ title }) => title),
  number: {
    ...numberQuestion('number', 'its number within the season'),
    message: 'Number',
    proposal: async (answers, place) =>
      (await numberInTags(answers, place)) ?? proposals(place.edition).number?.toString(),
  },
  season: {
    ...numberQuestion('season', 'its season; the newest if you say nothing'),
    proposal: (_, { edition }) => proposals(edition).season?.toString(),
  },
  date: {
    ...textQuestion('episodes', 'publishedAt', 'day', 'when it is published: by the rhythm of the last ones'),
    message: 'Published on',
    proposal: (_, { edition }) => proposals(edition).episodeDate,
  },
  summary: { ...summaryQuestion('episodes'), proposal: ofTags(({ summary }) => summary) },
  host: {
    ...slugsQuestion('people', 'who hosts it; the hosts of the show if you say nothing'),
    proposal: (_, { edition }) => proposals(edition).hosts,
  },
  guest: {
    ...slugsQuestion('people', 'who is a guest', (edition) => proposals(edition).hosts),
    message: 'Guests',
  },
  topic: topicsQuestion,
  goal: {
    ...textQuestion('episodes', 'sharedGoal', 'words', 'the goal that both sides share'),
    message: 'The goal that both sides share (Enter to write it later)',
  },
  marketing: {
    ...textQuestion('episodes', 'marketingView', 'words', 'what marketing sees'),
    message: 'What marketing sees (Enter to write it later)',
  },
  sales: {
    ...textQuestion('episodes', 'salesView', 'words', 'what sales sees'),
    message: 'What sales sees (Enter to write it later)',
  },
  transcript: {
    ...fileQuestion(transcriptEndings, 'what was said: .vtt, .srt or .json'),
    message: 'The transcript, if there is one',
    proposal: besideRecording(transcriptEndings),
  },
  cover: {
    ...fileQuestion(pictureEndings, 'the picture; that of the recording if you say nothing'),
    message: 'The cover (Enter for that of the recording, if it has one)',
    proposal: besideRecording(pictureEndings),
  },
  alt: {
    ...altQuestion('episodes', 'cover'),
    isAsked: ({ recording, cover }) => cover !== undefined || recording !== undefined,
  },
  whitepaper: oneSlug('whitepapers', 'the whitepaper that it offers'),
};

export const postQuestions: Questions = {
  title: titleQuestion('posts', 'title'),
  slug: slugQuestion('posts', ({ title }) => title),
  date: {
    ...textQuestion('posts', 'publishedAt', 'day', 'when it is published; today if you say nothing'),
    proposal: (_, { edition }) => proposals(edition).today,
  },
  summary: summaryQuestion('posts'),
  author: { ...slugsQuestion('people', 'who wrote it'), message: 'Authors' },
  topic: topicsQuestion,
  cover: {
    ...fileQuestion(pictureEndings, 'the picture at its head'),
    message: 'The picture at its head, if there is one',
  },
  alt: altQuestion('posts', 'cover'),
  whitepaper: oneSlug('whitepapers', 'the whitepaper that it offers'),
};

export const personQuestions: Questions = {
  name: { ...titleQuestion('people', 'name'), message: 'Name' },
  slug: slugQuestion('people', ({ name }) => name),
  side: {
    value: 'side',
    description: `${sides.join(', ')}: for whom they speak, if for one`,
    message: 'For whom they speak',
    choices: () => [{ value: '', label: 'nobody' }, ...sides.map((side) => ({ value: side, label: side }))],
    problem: (answer) => fieldFault('people', 'side', answer),
  },
  role: {
    ...textQuestion('people', 'role', 'words', 'what they do, and where'),
    message: 'What they do, and where (Enter to write it later)',
  },
  summary: summaryQuestion('people'),
  photo: {
    ...fileQuestion(pictureEndings, 'a photo; without one, the initials stand for them'),
    message: 'A photo, if there is one',
  },
  alt: {
    ...altQuestion('people', 'photo'),
    proposal: ({ photo, name }) => (photo === undefined ? undefined : `Portrait of ${String(name)}`),
  },
};

export const whitepaperQuestions: Questions = {
  file: {
    ...fileQuestion(['pdf'], 'the paper, as a PDF'),
    message: 'The paper, as a PDF (drag the file here)',
    needed: true,
  },
  title: titleQuestion('whitepapers', 'title'),
  slug: slugQuestion('whitepapers', ({ title }) => title),
  pages: {
    ...numberQuestion('pages', 'how many pages it has; counted if you say nothing', 'whitepapers'),
    message: 'How many pages it has',
    needed: true,
    proposal: async ({ file }) => (typeof file === 'string' ? pdfPages(await readFile(file))?.toString() : undefined),
  },
  promise: {
    ...textQuestion('whitepapers', 'promise', 'words', 'what the reader gains, in one line'),
    message: 'What the reader gains, in one line (Enter to write it later)',
  },
  summary: summaryQuestion('whitepapers'),
  date: {
    ...textQuestion('whitepapers', 'publishedAt', 'day', 'when it is published; today if you say nothing'),
    proposal: (_, { edition }) => proposals(edition).today,
  },
  author: slugsQuestion('people', 'who wrote it'),
  topic: topicsQuestion,
  cover: {
    ...fileQuestion(pictureEndings, 'its picture'),
    message: 'A picture of it, if there is one',
  },
  alt: altQuestion('whitepapers', 'cover'),
};

export const topicQuestions: Questions = {
  title: {
    value: 'words',
    description: 'the topic as a reader sees it',
    message: 'The topic as a reader sees it',
    needed: true,
    problem: (answer) => fieldFault('topics', 'title', answer),
  },
  slug: slugQuestion('topics', ({ title }) => title),
  description: {
    value: 'words',
    description: 'what it covers, in a sentence',
    message: 'What it covers, in a sentence (Enter to write it later)',
    problem: (answer) => fieldFault('topics', 'description', answer),
  },
};

export const partnerQuestions: Questions = {
  name: { ...titleQuestion('partners', 'name'), message: 'Name of the firm' },
  url: {
    ...textQuestion('partners', 'url', 'address', 'their own site'),
    message: 'Their own site',
    needed: true,
  },
  slug: slugQuestion('partners', ({ name }) => name),
  title: {
    ...textQuestion('partners', 'title', 'words', 'the heading for their readers'),
    message: 'The heading for their readers (Enter to write it later)',
  },
  summary: summaryQuestion('partners'),
  'they-offer': {
    ...textQuestion('partners', 'theyOffer', 'words', 'what they offer to your readers'),
    message: 'What they offer to your readers (Enter to write it later)',
  },
  'we-offer': {
    ...textQuestion('partners', 'weOffer', 'words', 'what you offer to theirs'),
    message: 'What you offer to their readers (Enter to write it later)',
  },
  topic: { ...topicsQuestion, needed: true },
  logo: {
    ...fileQuestion([...pictureEndings, 'svg'], 'their logo'),
    message: 'Their logo, if you have it',
  },
  alt: {
    ...altQuestion('partners', 'logo'),
    proposal: ({ logo, name }) => (logo === undefined ? undefined : `The logo of ${String(name)}`),
  },
};
