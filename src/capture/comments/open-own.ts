import type { Context } from '#capture/context.ts';
import { isForgotten } from '#capture/mail/waiting.ts';
import { isOwnLink, type OwnLink } from '#capture/store/own-links.ts';
import { unlessUnavailable, type Records } from '#capture/store/store.ts';
import type { CommentRow, QuestionRow } from '#capture/store/tables.ts';
import { tokenId } from '#capture/store/tokens.ts';

type Opening = Pick<Context, 'store' | 'site' | 'secrets' | 'clock'>;
type NotOpened = { kind: 'gone' } | { kind: 'unavailable' };

/**
 * Opens a comment by a link, in a unit of work in which it is locked. A link that was tampered with, whose comment was
 * deleted or not confirmed in time, or whose person was erased, is `gone`, and nothing shows which. `linkOf` is which link
 * it has to be.
 */
export const withComment = <Outcome>(
  context: Opening,
  text: string,
  linkOf: (comment: CommentRow) => OwnLink | readonly OwnLink[],
  work: (records: Records, comment: CommentRow) => Promise<Outcome>,
): Promise<Outcome | NotOpened> =>
  opened(
    context,
    text,
    async (records, id) => {
      const comment = await records.comment(id);
      return comment?.state === 'deleted' ? undefined : comment;
    },
    linkOf,
    work,
  );

/** The same for a question. */
export const withQuestion = <Outcome>(
  context: Opening,
  text: string,
  work: (records: Records, question: QuestionRow) => Promise<Outcome>,
): Promise<Outcome | NotOpened> =>
  opened(
    context,
    text,
    (records, id) => records.question(id),
    () => 'question',
    work,
  );

async function opened<Row extends CommentRow | QuestionRow, Outcome>(
  { store, site, secrets, clock }: Opening,
  text: string,
  find: (records: Records, id: string) => Promise<Row | undefined>,
  linkOf: (row: Row) => OwnLink | readonly OwnLink[],
  work: (records: Records, row: Row) => Promise<Outcome>,
): Promise<Outcome | NotOpened> {
  const id = tokenId(text);
  if (id === undefined) return { kind: 'gone' };
  return unlessUnavailable(() =>
    store.transaction(async (records): Promise<Outcome | NotOpened> => {
      const row = await find(records, id);
      if (!row || isForgotten(row, clock(), site)) return { kind: 'gone' };
      const links = [linkOf(row)].flat();
      return links.some((link) => isOwnLink(text, id, link, secrets)) ? work(records, row) : { kind: 'gone' };
    }),
  );
}
