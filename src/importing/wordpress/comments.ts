import type { ArchivedComment, Lost } from '#importing/archive.ts';
import type { Item } from './wxr.ts';

/** Kinds of comments that readers wrote. The rest is written by machines: other blogs that link here, plugins. */
const written = new Set(['', 'comment']);

/** Those that are no comments of readers, as a report names them. */
const left: Record<string, string> = {
  trackback: 'pingbacks and trackbacks of other sites',
  pingback: 'pingbacks and trackbacks of other sites',
  spam: 'spam',
  trash: 'in the bin',
  'post-trashed': 'in the bin',
  '0': 'not approved yet',
};

/**
 * The approved comments of readers. One whose parent is left out answers the next above it that is not. Addresses of those
 * who wrote are not read at all.
 */
export function commentsOf(
  items: readonly Item[],
  users: ReadonlyMap<string, string>,
  placeOf: (item: Item) => string,
): { comments: ArchivedComment[]; lost: Lost[] } {
  const counts = new Map<string, number>();
  const comments = items.flatMap((item) => {
    if (item.comments.length === 0) return [];
    const all = new Map(item.comments.map((record) => [field(record, 'id'), record] as const));
    const piece = item.values.get('wp:post_id')?.trim() ?? '';
    return item.comments.flatMap((record): ArchivedComment[] => {
      const why = reasonAgainst(record);
      if (why !== undefined) {
        counts.set(why, (counts.get(why) ?? 0) + 1);
        return [];
      }
      const id = field(record, 'id');
      const answers = answered(record, all);
      const person = users.get(field(record, 'user_id'));
      const saidAt = dateOf(record);
      return [
        {
          ...{ key: `comment ${id}`, piece, place: placeOf(item) },
          ...(answers !== undefined && { answers: `comment ${answers}` }),
          author: record.get('wp:comment_author') ?? '',
          ...(person !== undefined && { person }),
          ...(saidAt && { saidAt }),
          body: { html: record.get('wp:comment_content') ?? '' },
        },
      ];
    });
  });
  const parts = [...counts].map(([what, count]) => `${count} ${what}`);
  const lost = parts.length > 0 ? [{ what: 'comment', detail: `Left out: ${parts.join(', ')}` }] : [];
  return { comments, lost };
}

const field = (record: ReadonlyMap<string, string>, name: string) => record.get(`wp:comment_${name}`)?.trim() ?? '';

function reasonAgainst(record: ReadonlyMap<string, string>): string | undefined {
  const [type, state] = [field(record, 'type'), field(record, 'approved')];
  if (left[type] !== undefined) return left[type];
  if (!written.has(type)) return `of the kind “${type}”, which no reader wrote as a comment`;
  return state === '1' || state === 'approve' ? undefined : (left[state] ?? `of the state “${state}”`);
}

/** The nearest comment above that is kept. */
function answered(
  record: ReadonlyMap<string, string>,
  all: ReadonlyMap<string, ReadonlyMap<string, string>>,
): string | undefined {
  const seen = new Set([record]);
  for (
    let above = all.get(field(record, 'parent'));
    above && !seen.has(above);
    above = all.get(field(above, 'parent'))
  ) {
    if (reasonAgainst(above) === undefined) return field(above, 'id');
    seen.add(above);
  }
  return undefined;
}

/** In UTC; of old exports that have only the time of the old site's zone, that one. */
function dateOf(record: ReadonlyMap<string, string>): Date | undefined {
  const said = [field(record, 'date_gmt'), field(record, 'date')].find((each) => /^[12]\d{3}-\d\d-\d\d/.test(each));
  const date = said === undefined ? undefined : new Date(`${said.replace(' ', 'T')}${said.length > 10 ? 'Z' : ''}`);
  return date && date.getTime() >= 0 ? date : undefined;
}
