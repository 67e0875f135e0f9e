import type { WaitingQuestion } from '#capture/desk.ts';
import type { QuestionRow } from '#capture/store/tables.ts';
import type { Site } from '#site/contract.ts';

/** A question in a list of the desk. */
export function waitingQuestion(row: QuestionRow, { hosts }: Pick<Site, 'hosts'>): WaitingQuestion {
  const { id, recipient, body, firstName, quoteTextId, version, at, confirmedAt } = row;
  const to = hosts.find(({ slug }) => slug === recipient)?.name;
  return {
    ...{ id, question: body, first: firstName, mayQuote: quoteTextId !== null, version, at: confirmedAt ?? at },
    ...(to !== undefined && { to }),
  };
}
