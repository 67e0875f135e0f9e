import type { EntryLink } from '#capture/capture.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import { reasonsIn } from '#capture/store/signs.ts';
import type { Records } from '#capture/store/store.ts';
import { questionStates, type QuestionRow, type QuestionState } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import { reportQuestion } from './events.ts';
import { firstOf, type Moderator } from './moderation.ts';
import { readText } from './text.ts';
import { entryLink } from './view.ts';

export { questionStates, type QuestionState };

/** A question as the owner sees it. */
export interface AskedQuestion {
  id: string;
  state: QuestionState;
  /** `both` or the slug of a host. */
  to: string;
  question: string;
  first: string | null;
  /** Whether it may be quoted with the first name. */
  mayQuote: boolean;
  /** The path of the page that it was asked from. */
  page: string;
  /** What should be looked at, in words. */
  reasons: string[];
  version: number;
  /** When it was confirmed, in milliseconds since 1970. */
  at: number;
  answer: string | null;
  answeredIn: EntryLink | null;
  decided: { by: string; at: number } | null;
}

/** The questions in these states, the oldest first, `most` of them, and how many there are. */
export async function listQuestions(
  { store, site }: Pick<Moderator, 'store' | 'site'>,
  filter: { states?: readonly QuestionState[] | undefined },
  most: number,
): Promise<{ questions: AskedQuestion[]; total: number }> {
  const { first, total } = await firstOf(store.reading.questions(filter), most);
  return { questions: first.map((row) => asked(row, site)), total };
}

export async function findQuestion({ store, site }: Moderator, id: string): Promise<AskedQuestion | undefined> {
  const row = await store.transaction((records) => records.question(id));
  return row && asked(row, site);
}

export type QuestionOutcome =
  | { kind: 'done'; question: AskedQuestion }
  | { kind: 'conflict'; question: AskedQuestion }
  | { kind: 'unconfirmed' }
  | { kind: 'unknown' }
  | { kind: 'refused'; message: string };

/** The version that was seen, and who decides. */
interface Seen {
  seen: number;
  actor: string;
}

/** Answers a question, by words that are mailed, or in an entry that the mail leads to, or by both. */
export async function answerQuestion(
  moderator: Moderator,
  id: string,
  { answer, entry, ...seen }: Seen & { answer?: string | undefined; entry?: string | undefined },
): Promise<QuestionOutcome> {
  const read = answer === undefined ? undefined : readText(answer, 'answer');
  if (read?.error !== undefined) return { kind: 'refused', message: read.error };
  return onQuestion(moderator, id, seen, async (records, question, now) => {
    const answered: QuestionRow = {
      ...question,
      ...{ state: 'answered', answer: read?.text ?? null, answeredIn: entry ?? null },
    };
    await records.enqueue(
      mailRow({
        id: newId(now, moderator.random),
        dedupeKey: `question-answered:${id}:${question.version}`,
        ...{ contactId: question.contactId, runAt: now },
        payload: { mail: 'question-answered', question: id, preferences: question.contactId },
      }),
    );
    const contact = await records.contact(question.contactId);
    await reportQuestion(moderator, records, 'question.answered', answered, contact);
    return answered;
  });
}

/** Closes a question without an answer; nobody is mailed. */
export function closeQuestion(
  moderator: Moderator,
  id: string,
  { isSpam, ...seen }: Seen & { isSpam: boolean },
): Promise<QuestionOutcome> {
  return onQuestion(moderator, id, seen, async (_records, question) => ({
    ...question,
    state: isSpam ? 'spam' : 'closed',
  }));
}

/** Changes a question that is still what was seen. */
async function onQuestion(
  { store, site, clock, random }: Moderator,
  id: string,
  { seen, actor }: Seen,
  change: (records: Records, question: QuestionRow, now: number) => Promise<QuestionRow>,
): Promise<QuestionOutcome> {
  return store.transaction(async (records): Promise<QuestionOutcome> => {
    const question = await records.question(id);
    if (!question) return { kind: 'unknown' };
    if (question.state === 'unconfirmed') return { kind: 'unconfirmed' };
    if (question.version !== seen) return { kind: 'conflict', question: asked(question, site) };
    const now = clock();
    const changed = {
      ...(await change(records, question, now)),
      ...{ version: seen + 1, changedAt: now, decidedAt: now, decidedBy: actor },
    };
    await records.updateQuestion(changed);
    await records.addAudit({
      id: newId(now, random),
      ...{ actor, action: `question ${changed.state} ${id}`, subjectHmac: null, at: now },
    });
    return { kind: 'done', question: asked(changed, site) };
  });
}

function asked(row: QuestionRow, site: Moderator['site']): AskedQuestion {
  const { id, state, recipient, body, firstName, quoteTextId, page, reasons, version } = row;
  const { at, confirmedAt, answer, answeredIn, decidedAt, decidedBy } = row;
  return {
    ...{ id, state, to: recipient, question: body, first: firstName, mayQuote: quoteTextId !== null, page, version },
    ...{ reasons: reasonsIn(reasons), at: confirmedAt ?? at, answer },
    answeredIn: answeredIn === null ? null : entryLink(site ?? { entries: [] }, answeredIn),
    decided: decidedAt === null || decidedBy === null ? null : { by: decidedBy, at: decidedAt },
  };
}
