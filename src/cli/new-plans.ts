import { extname, join } from 'node:path';
import type { Edition } from '#authoring/edition.ts';
import { appendTo, type NewFile, type Undo, writeEntry } from '#authoring/entry-writer.ts';
import { addressOfEntry, bodies, type EntryKind, field, frontMatter, toDo } from '#authoring/new-entry.ts';
import type { Answers, Place } from './question.ts';

/** What is written for the answers, and where it is to be seen. */
export interface Plan {
  /** The file to open, inside the content folder. */
  file: string;
  /** None before something is posted in it. */
  address?: string;
  /** Whether it is kept out of the site until its author says otherwise. */
  isDraft: boolean;
  write: (edition: Edition, begun: (undo: Undo) => void) => Promise<void>;
}

export async function episodePlan(answers: Answers, place: Place): Promise<Plan> {
  const recording = text(answers, 'recording');
  const tags = recording === undefined ? { chapters: [] } : await place.tags(recording);
  const kind = recording !== undefined && /\.(mp3|m4a)$/i.test(recording) ? 'audio' : 'video';
  const isFull = tags.chapters.length > 0;
  const pictured = text(answers, 'cover') ?? (tags.cover && `cover.${tags.cover.ending}`);
  const views = ['goal', 'marketing', 'sales'] as const;
  return entryPlan('episodes', answers, {
    fields: {
      title: text(answers, 'title'),
      number: number(answers, 'number'),
      season: number(answers, 'season'),
      publishedAt: text(answers, 'date'),
      summary: text(answers, 'summary') ?? `${toDo} what a listener gets from it, in one or two sentences.`,
      hosts: list(answers, 'host'),
      guests: list(answers, 'guest'),
      topics: list(answers, 'topic'),
      sharedGoal: text(answers, views[0]) ?? `${toDo} the goal that both sides share, in a sentence.`,
      marketingView: text(answers, views[1]) ?? `${toDo} what marketing sees when it looks at the goal.`,
      salesView: text(answers, views[2]) ?? `${toDo} what sales sees when it looks at the goal.`,
      cover: picture(answers, 'cover', pictured),
      [kind]: recording && `./${kind}${ending(recording)}`,
      transcript: beside(answers, 'transcript'),
      chapters: isFull ? tags.chapters.map(({ start, title }) => ({ start: clock(start), title })) : undefined,
      whitepaper: text(answers, 'whitepaper'),
    },
    body: bodies.episodes,
    files: [
      ...copy(recording, kind),
      ...copy(text(answers, 'transcript'), 'transcript'),
      ...(text(answers, 'cover') === undefined && tags.cover
        ? [{ name: `cover.${tags.cover.ending}`, bytes: tags.cover.bytes }]
        : copy(text(answers, 'cover'), 'cover')),
    ],
  });
}

export const postPlan = async (answers: Answers): Promise<Plan> =>
  entryPlan('posts', answers, {
    fields: {
      title: text(answers, 'title'),
      publishedAt: text(answers, 'date'),
      summary: text(answers, 'summary') ?? `${toDo} what a reader gets from it, in one or two sentences.`,
      authors: list(answers, 'author'),
      topics: list(answers, 'topic'),
      cover: picture(answers, 'cover'),
      whitepaper: text(answers, 'whitepaper'),
    },
    body: bodies.posts,
    files: copy(text(answers, 'cover'), 'cover'),
  });

/** A person is no draft: whoever names one that is not published would have made a mistake. */
export const personPlan = async (answers: Answers): Promise<Plan> =>
  entryPlan(
    'people',
    answers,
    {
      fields: {
        name: text(answers, 'name'),
        side: text(answers, 'side'),
        role: text(answers, 'role'),
        summary: text(answers, 'summary'),
        photo: picture(answers, 'photo'),
      },
      body: text(answers, 'summary') === undefined ? '' : `\n${text(answers, 'summary')}\n`,
      files: copy(text(answers, 'photo'), 'photo'),
    },
    false,
  );

export const whitepaperPlan = async (answers: Answers): Promise<Plan> =>
  entryPlan('whitepapers', answers, {
    fields: {
      title: text(answers, 'title'),
      publishedAt: text(answers, 'date'),
      summary: text(answers, 'summary') ?? `${toDo} what the paper is about, in one or two sentences.`,
      promise: text(answers, 'promise') ?? `${toDo} what the reader gains, in one line.`,
      learn: [`${toDo} what the paper teaches, point by point.`],
      authors: list(answers, 'author'),
      topics: list(answers, 'topic'),
      cover: picture(answers, 'cover'),
      file: './paper.pdf',
      pages: number(answers, 'pages'),
    },
    body: bodies.whitepapers,
    files: [...copy(text(answers, 'file'), 'paper'), ...copy(text(answers, 'cover'), 'cover')],
  });

export const partnerPlan = async (answers: Answers): Promise<Plan> =>
  entryPlan('partners', answers, {
    fields: {
      name: text(answers, 'name'),
      url: text(answers, 'url'),
      title: text(answers, 'title') ?? `${toDo} the heading for their readers.`,
      summary: text(answers, 'summary') ?? `${toDo} what the series is to one of their readers.`,
      theyOffer: text(answers, 'they-offer') ?? `${toDo} what they offer to your readers.`,
      weOffer: text(answers, 'we-offer') ?? `${toDo} what you offer to theirs.`,
      topics: list(answers, 'topic'),
      logo: picture(answers, 'logo'),
    },
    body: bodies.partners,
    files: copy(text(answers, 'logo'), 'logo'),
  });

export const topicPlan = async (answers: Answers): Promise<Plan> => {
  const slug = text(answers, 'slug') ?? '';
  const fields = { title: text(answers, 'title'), description: text(answers, 'description') };
  return {
    file: 'topics.yaml',
    isDraft: false,
    write: async ({ folder }, begun) =>
      begun(await appendTo(join(folder.path, 'topics.yaml'), `${field(slug, fields)}\n`)),
  };
};

interface Written {
  fields: Record<string, unknown>;
  body: string;
  files: readonly NewFile[];
}

function entryPlan(collection: EntryKind, answers: Answers, { fields, body, files }: Written, isDraft = true): Plan {
  const slug = text(answers, 'slug') ?? '';
  const folder = `${collection}/${slug}`;
  const content = frontMatter({ ...fields, draft: isDraft ? true : undefined }) + body;
  return {
    file: `${folder}/index.mdx`,
    address: addressOfEntry(collection, slug),
    isDraft,
    write: ({ folder: { path } }, begun) => writeEntry(path, { folder, text: content, files }, begun),
  };
}

/** A text of several lines would not be one of front matter. */
function text(answers: Answers, name: string): string | undefined {
  const answer = answers[name];
  return typeof answer === 'string' ? answer.replaceAll(/\s+/g, ' ').trim() : undefined;
}

function list(answers: Answers, name: string): readonly string[] | undefined {
  const found = [answers[name] ?? []].flat();
  return found.length > 0 ? found : undefined;
}

const number = (answers: Answers, name: string) => {
  const written = text(answers, name);
  return written === undefined ? undefined : Number(written);
};

const ending = (path: string) => extname(path).toLowerCase();

const beside = (answers: Answers, name: string, path = text(answers, name)) => path && `./${name}${ending(path)}`;

const picture = (answers: Answers, name: string, path = text(answers, name)) =>
  path && { src: beside(answers, name, path), alt: text(answers, 'alt') ?? `${toDo} what the picture shows.` };

const copy = (from: string | undefined, name: string): NewFile[] =>
  from === undefined ? [] : [{ name: `${name}${ending(from)}`, from }];

/** Whole seconds as a clock shows them, `04:20`; others to the millisecond. */
function clock(seconds: number): string | number {
  if (!Number.isInteger(seconds)) return seconds;
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`;
}
