import type { Today } from '#capture/desk.ts';
import { moderatedComment } from '#capture/comments/view.ts';
import { lineOf } from '#capture/leads/list.ts';
import { firstRows } from '#capture/store/first-rows.ts';
import { firstDeadLetters } from './dead-letters.ts';
import type { DeskContext } from './context.ts';
import { lastOf } from './last.ts';
import { waitingFilter } from './waiting.ts';
import { waitingQuestion } from './waiting-question.ts';
import type { AtDesk, View } from './view.ts';

/** How many of each are listed. */
const listed = 5;

/** What waits for who is at the desk, the longest first. */
export const seeToday: View<Today>['see'] = async (context, { owner, may }) => {
  const { store, site } = context;
  const { reading } = store;
  const [leads, comments, questions, counts, dead, last] = await Promise.all([
    may.has('leads') ? waitingLeads(context, owner, may) : undefined,
    may.has('conversation') ? firstRows(reading.comments({ states: ['pending'] }), listed) : [],
    may.has('questions') ? firstRows(reading.questions({ states: ['open'] }), listed) : [],
    reading.stateCounts(),
    may.has('system') ? firstDeadLetters(context, listed) : undefined,
    lastOf(context, may.has('system')),
  ]);
  return {
    ...(leads && { leads }),
    said: {
      comments: await Promise.all(
        comments.map(async (row) => moderatedComment(row, await parentOf(context, row), site)),
      ),
      moreComments: may.has('conversation') ? Math.max(0, (counts.comments.pending ?? 0) - comments.length) : 0,
      questions: questions.map((row) => waitingQuestion(row, site)),
      moreQuestions: may.has('questions') ? Math.max(0, (counts.questions.open ?? 0) - questions.length) : 0,
    },
    ...(dead && { failed: dead }),
    last,
  };
};

/** Who waits for a first answer, the longest first. */
async function waitingLeads(context: DeskContext, owner: AtDesk['owner'], may: AtDesk['may']): Promise<Today['leads']> {
  const { reading } = context.store;
  const filter = waitingFilter(context, owner, may);
  const [counts, rows] = await Promise.all([
    reading.waitingLeads(filter),
    reading.leadPage({ state: 'waiting', visibleTo: filter.owner }, undefined, listed),
  ]);
  return { ...counts, leads: rows.map((row) => lineOf(context, row)), within: context.answerWithin };
}

const parentOf = ({ store }: DeskContext, { answersId }: { answersId: string | null }) =>
  answersId === null ? undefined : store.transaction((records) => records.approvedComment(answersId));
