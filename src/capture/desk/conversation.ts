import type { CommentPage, Conversation, DeskQuery, QuestionPage } from '#capture/desk.ts';
import { findComment } from '#capture/comments/moderation.ts';
import { findQuestion } from '#capture/comments/questions.ts';
import { moderatedComment } from '#capture/comments/view.ts';
import type { Place } from '#capture/store/comments.ts';
import { firstRows } from '#capture/store/first-rows.ts';
import { isId } from '#capture/store/tokens.ts';
import { conversationLists } from '#site/desk.ts';
import type { DeskContext, Owner } from './context.ts';
import { waitingQuestion } from './waiting-question.ts';
import type { AtDesk, View } from './view.ts';

/** How many of a list one page shows. */
const listed = 30;

/** What readers wrote, by how it stands: what waits the longest first, all else the last first. */
export const seeConversation: View<Conversation>['see'] = async (context, { may, query }) => {
  const { store, site } = context;
  const lists = conversationLists.filter(({ takes }) => may.has(takes));
  const list = lists.find(({ name }) => name === query['list']) ?? lists[0];
  if (!list) return undefined;
  const { reading } = store;
  const counts = await reading.stateCounts();
  const count = ({ of, state }: (typeof lists)[number]) =>
    (counts[of] as Record<string, number | undefined>)[state] ?? 0;
  const page = {
    list: list.name,
    lists: lists.map((each) => ({ name: each.name, title: each.title, count: count(each) })),
    total: count(list),
  };
  const before = placeIn(query);
  if (list.of === 'comments') {
    const rows = list.isWaiting
      ? await firstRows(reading.comments({ states: [list.state] }), listed)
      : await reading.newestComments(list.state, listed + 1, before);
    const comments = await Promise.all(
      rows.slice(0, listed).map(async (row) => moderatedComment(row, await parentOf(context, row.answersId), site)),
    );
    return { ...page, comments, questions: [], ...(!list.isWaiting && moreOf(rows)) };
  }
  const rows = list.isWaiting
    ? await firstRows(reading.questions({ states: [list.state] }), listed)
    : await reading.newestQuestions(list.state, listed + 1, before);
  const questions = rows.slice(0, listed).map((row) => waitingQuestion(row, site));
  return { ...page, comments: [], questions, ...(!list.isWaiting && moreOf(rows)) };
};

/** One comment: what it answers, and as whom it may be replied to. */
export const seeComment: View<CommentPage>['see'] = async (context, at) => {
  const id = idIn(at.query);
  const comment = id === undefined ? undefined : await findComment(context, id);
  if (!comment || comment.state === 'deleted' || comment.state === 'unconfirmed') return undefined;
  return { comment, hosts: at.may.has('reply') ? repliers(context, at.owner) : [] };
};

/** One question, and where it can be answered. */
export const seeQuestion: View<QuestionPage>['see'] = async (context, { query }) => {
  const id = idIn(query);
  const question = id === undefined ? undefined : await findQuestion(context, id);
  if (!question || question.state === 'unconfirmed') return undefined;
  const to = context.site.hosts.find(({ slug }) => slug === question.to)?.name;
  return {
    question,
    ...(to !== undefined && { to }),
    entries: context.site.entries.map(({ id, title }) => ({ id, title })),
  };
};

/** As whom an owner may reply: a host as themselves, an owner as any of them. */
export function repliers({ site }: Pick<DeskContext, 'site'>, { person, role }: Owner): CommentPage['hosts'] {
  const own = site.hosts.filter(({ slug }) => slug === person);
  const all = role === 'owner' ? [...own, ...site.hosts.filter(({ slug }) => slug !== person)] : own;
  return all.map(({ slug, name }) => ({ slug, name }));
}

const idIn = ({ id }: DeskQuery) => (isId(id) ? id : undefined);

/** Where a page of a list begins: `<moment>-<id>`. */
function placeIn({ before }: AtDesk['query']): Place | undefined {
  const [, changedAt, id] = /^(\d{1,15})-(.+)$/.exec(before ?? '') ?? [];
  return changedAt === undefined || !isId(id) ? undefined : { changedAt: Number(changedAt), id };
}

function moreOf(rows: readonly Place[]): { older?: string } {
  const last = rows[listed - 1];
  return rows.length > listed && last ? { older: `${last.changedAt}-${last.id}` } : {};
}

const parentOf = async ({ store }: DeskContext, answersId: string | null) =>
  answersId === null ? undefined : store.transaction((records) => records.approvedComment(answersId));
