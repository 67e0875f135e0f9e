import { waitingOf } from './waiting.ts';
import type { OwnLink } from '#capture/store/own-links.ts';
import { reasonsIn } from '#capture/store/signs.ts';
import { firstRows } from '#capture/store/first-rows.ts';
import type { IssueWords } from '#capture/store/issues.ts';
import type { Reading, Records } from '#capture/store/store.ts';
import type { AlertRow, CommentRow, QuestionRow } from '#capture/store/tables.ts';
import type { Entry, Site } from '#site/contract.ts';
import type { AboutComments, MailPayload } from './payload.ts';

/** What a letter says: the payload, or of mails about comments and questions, what it leads to. */
export type LetterFacts =
  | Exclude<MailPayload, AboutComments | { mail: 'sign-in' | 'issue' | 'issue-test' | 'alert' | 'all-well' }>
  | AlertLetter
  | IssueLetter
  | CommentLetter
  | SignInLetter;

/** An entry's mail to subscribers, or a digest's, with what an owner wrote for it. */
export interface IssueLetter extends Partial<Pick<IssueWords, 'entries'>> {
  mail: 'issue';
  entry: string;
  preferences: string;
  subject?: string;
  opening?: string;
  /** Kept out of the archive. */
  isUnlisted?: true;
}

/** What is wrong with the server, or was. */
export interface AlertLetter {
  mail: 'alert' | 'all-well';
  problems: Pick<AlertRow, 'kind' | 'what' | 'fix' | 'since' | 'endedAt'>[];
  /** Whether there is a desk, where more of it is. */
  hasDesk: boolean;
}

/** `link` signs in. */
export interface SignInLetter {
  mail: 'sign-in';
  link: string;
}

/** Links are what their addresses carry, signed. */
export type CommentLetter =
  /** `waiting`: how many of each there are to confirm. */
  | { mail: 'confirm-comment' | 'confirm-question'; link: string; waiting: Waiting; preferences: string }
  | { mail: 'question-came'; questions: string[]; preferences: string }
  | { mail: 'question-answered'; question: string; answer?: string; entry?: Entry; preferences: string }
  | {
      mail: 'reply';
      /** The reply, and what it answers. */
      reply: { id: string; name: string; body: string };
      yours: string;
      entry: Entry;
      /** Ends these mails. */
      link: string;
      preferences: string;
    }
  | {
      mail: 'moderation';
      comments: WaitingComment[];
      questions: WaitingQuestion[];
      waiting: Waiting;
      /** Whether there is a desk, where all of it is. */
      hasDesk: boolean;
    };

export interface WaitingComment extends Pick<CommentRow, 'name' | 'body' | 'moment'> {
  /** The title of its entry, or its id where the site has it no more. */
  where: string;
  /** In words. */
  reasons: string[];
  /** To decide. */
  link: string;
}
export type WaitingQuestion = Pick<QuestionRow, 'id' | 'body'> & { first: string | null; to: string };

/** All that waits, listed or not. */
export interface Waiting {
  comments: number;
  questions: number;
}

/** What an owner wrote for an issue, as its letter has it. */
export const written = (
  words: Partial<IssueWords> | undefined,
): Pick<IssueLetter, 'subject' | 'opening' | 'entries' | 'isUnlisted'> => ({
  ...(words?.entries && { entries: words.entries }),
  ...(words?.subject && { subject: words.subject }),
  ...(words?.opening && { opening: words.opening }),
  ...(words?.unlistedAt != null && { isUnlisted: true }),
});

interface From {
  site: Site;
  /** What stands in a link. */
  sign(id: string, link: OwnLink): string;
  /** In milliseconds since 1970. */
  now: number;
}

/** What a mail to a reader says now; undefined where it must not be sent any more. */
export async function letterFacts(
  records: Records,
  payload: Exclude<MailPayload, { mail: 'moderation' | 'sign-in' | 'issue-test' | 'alert' | 'all-well' }>,
  from: From,
): Promise<LetterFacts | undefined> {
  switch (payload.mail) {
    case 'issue':
      return { ...payload, ...written(await records.issueWords(payload.entry)) };
    case 'confirm-comment':
      return toConfirm(records, payload.comment, payload, from);
    case 'confirm-question':
      return toConfirm(records, payload.question, payload, from);
    case 'question-came':
    case 'question-answered': {
      const question = await records.question(payload.question);
      return question && aboutQuestion(records, payload, question, from);
    }
    case 'reply':
      return aboutReply(records, payload, from);
    default:
      return payload;
  }
}

/** All that waits, by the link of what the mail was queued for, or of another where that waits no more. */
async function toConfirm(
  records: Records,
  named: string,
  // It is the id of the person.
  { preferences }: Extract<MailPayload, { mail: 'confirm-comment' | 'confirm-question' }>,
  { sign, now, site }: From,
): Promise<LetterFacts | undefined> {
  const { comments, questions } = await waitingOf(records, preferences, now, site);
  const all = [...comments, ...questions];
  const row = all.find(({ id }) => id === named) ?? all[0];
  if (!row) return undefined;
  const what = 'entry' in row ? 'comment' : 'question';
  return {
    ...{ mail: `confirm-${what}` as const, link: sign(row.id, what), preferences },
    waiting: { comments: comments.length, questions: questions.length },
  };
}

async function aboutQuestion(
  records: Records,
  payload: Extract<MailPayload, { mail: 'question-came' | 'question-answered' }>,
  { state, body, answer, answeredIn }: QuestionRow,
  { site }: From,
): Promise<LetterFacts | undefined> {
  const { mail, preferences } = payload;
  switch (mail) {
    case 'question-came': {
      const questions = [body];
      for (const id of payload.others ?? []) {
        const other = await records.question(id);
        if (other) questions.push(other.body);
      }
      return { mail, questions, preferences };
    }
    case 'question-answered': {
      if (state !== 'answered') return undefined;
      const entry = site.entries.find((each) => each.id === answeredIn);
      // An answer that stands in an entry is there once the entry is.
      if (answer === null && !entry) return undefined;
      return { mail, question: body, ...(answer !== null && { answer }), ...(entry && { entry }), preferences };
    }
  }
}

async function aboutReply(
  records: Records,
  { comment, preferences }: Extract<MailPayload, { mail: 'reply' }>,
  { site, sign }: From,
): Promise<LetterFacts | undefined> {
  const reply = await records.approvedComment(comment);
  const answered = reply?.answersId ? await records.approvedComment(reply.answersId) : undefined;
  const entry = site.entries.find(({ id }) => id === reply?.entry);
  // Who took their consent back since, gets none.
  if (!reply || !entry || !answered || answered.repliesTextId === null) return undefined;
  const { id, name, body } = reply;
  const link = sign(answered.id, 'replies');
  return { mail: 'reply', reply: { id, name, body }, yours: answered.body, entry, link, preferences };
}

/** How many of each a mail to the owner lists. */
const listed = 20;

/** What the owner is mailed; undefined where nothing came that still waits. */
export async function moderationFacts(
  reading: Pick<Reading, 'comments' | 'questions' | 'stateCounts'>,
  { since }: Extract<MailPayload, { mail: 'moderation' }>,
  { site, sign, hasDesk }: Omit<From, 'now'> & { hasDesk: boolean },
): Promise<LetterFacts | undefined> {
  const comments = await firstRows(reading.comments({ states: ['pending'], since }), listed);
  const questions = await firstRows(reading.questions({ states: ['open'], since }), listed);
  if (comments.length + questions.length === 0) return undefined;
  const counts = await reading.stateCounts();
  const nameOf = (slug: string) => site.hosts.find((host) => host.slug === slug)?.name ?? slug;
  return {
    ...{ mail: 'moderation', hasDesk },
    comments: comments.map(({ id, name, body, moment, entry, reasons, version }) => ({
      ...{ name, body, moment, reasons: reasonsIn(reasons) },
      where: site.entries.find((each) => each.id === entry)?.title ?? entry,
      link: sign(id, `decide ${version}`),
    })),
    questions: questions.map(({ id, body, firstName, recipient }) => ({
      ...{ id, body, first: firstName },
      to: recipient === 'both' ? 'all hosts' : nameOf(recipient),
    })),
    waiting: { comments: counts.comments.pending ?? 0, questions: counts.questions.open ?? 0 },
  };
}
