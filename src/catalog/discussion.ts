import type { Comment, Reply } from '#site/comments.ts';
import { url } from '#site/url.ts';
import { formerSlugs } from './aliases.ts';
import type { Content, Entry } from './content.ts';
import { shownDate } from './date.ts';
import type { Discussion, PersonLink, ReplyRecord } from './records.ts';

type Commented = 'episodes' | 'posts';

/** The comments on an entry, of which a series that has none shows nothing. */
function commentsOn(
  collection: Commented,
  { slug, data }: Pick<Entry<Commented>, 'slug' | 'data'>,
  { show, comments }: Content,
): readonly Comment[] {
  if (show.comments === 'off') return [];
  // What was said under a former slug is said of the same entry.
  const former = formerSlugs(data.aliases ?? [], `/${collection}/`);
  const found = [...new Set([slug, ...former])].map((each) => comments[`${collection}/${each}`] ?? []);
  return found.filter(({ length }) => length > 0).length > 1
    ? found.flat().toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    : found.flat();
}

/** How many comments an entry has, with the replies to them; undefined for none. */
export const commentCount = (
  collection: Commented,
  entry: Pick<Entry<Commented>, 'slug' | 'data'>,
  content: Content,
): number | undefined => counted(commentsOn(collection, entry, content)) || undefined;

/** What readers say of an entry, and whether they may say more; undefined where there is neither. */
export function discussion(
  collection: Commented,
  { slug, data }: Entry<Commented>,
  content: Content,
  people: ReadonlyMap<string, PersonLink>,
): Discussion | undefined {
  const isOpen = content.show.comments !== 'off' && data.comments === 'open';
  const comments = commentsOn(collection, { slug, data }, content);
  if (!isOpen && comments.length === 0) return undefined;
  const record = ({ at, person, id, name, body, moment, isDeleted, isShortened }: Reply): ReplyRecord => ({
    ...{ id, name, body, moment, isDeleted, isShortened },
    at: shownDate(new Date(at), content.show),
    person: person === undefined ? undefined : people.get(person),
  });
  return {
    isOpen,
    comments: comments.map(({ replies, ...comment }) => ({ ...record(comment), replies: replies.map(record) })),
    count: counted(comments),
    feed: comments.length > 0 ? url.comments(`/${collection}/${slug}/`) : undefined,
  };
}

const counted = (comments: readonly Comment[]): number =>
  comments.flatMap((comment) => [comment, ...comment.replies]).filter(({ isDeleted }) => !isDeleted).length;
