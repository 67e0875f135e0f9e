import { createHash } from 'node:crypto';
import { digestOf, isVisible, readText } from '#capture/comments/text.ts';
import type { CommentRow } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import type { Entry, Host } from '#site/contract.ts';
import { longestLine } from '#site/form-fields.ts';
import type { Moderator } from './moderation.ts';

/** A comment of an archive, as a file brings it. */
export interface ArchivedComment {
  /** What it is in the archive, for good: by this it is known again, even where its page has another slug since. */
  key?: string;
  /** By which `parent` names it; of the file alone. */
  id?: string;
  parent?: string;
  /** `episodes/<slug>` or `posts/<slug>`. */
  entry: string;
  name: string;
  body: string;
  /** ISO 8601. */
  at: string;
  /** Of the episode, in seconds. */
  moment?: number;
  /** The slug of the host who wrote it. */
  person?: string;
}

export const archivedFields = ['key', 'id', 'parent', 'entry', 'name', 'body', 'at', 'moment', 'person'] as const;

/** What is wrong with a comment of a file: which one, counted from 1, and where. */
export interface ArchiveProblem {
  comment: number;
  field: string;
  what: string;
  /** What would be right; where it is one of these, the nearest of them can be offered. */
  known?: string[];
}

export type ImportOutcome =
  | { kind: 'refused'; problems: ArchiveProblem[] }
  /** `added` are new, or would be where it was not done; `already` are there, however they stand now. */
  | { kind: 'imported'; added: number; already: number; entries: number };

/** The longest comment of an archive, in characters: nobody can be asked to shorten it. */
export const longestArchived = 20_000;

/** The pages that comments can be on, and the hosts who may have written them. */
export interface CommentedSite {
  entries: readonly Pick<Entry, 'id'>[];
  hosts: readonly Pick<Host, 'slug'>[];
}

/**
 * Adds the comments of an archive, approved and dated as they say; all or none. Each is known by its key, or by its page, moment,
 * name and words, so that an archive can be imported again: what is there stays as it is, also where it was deleted since.
 * Without a store, it is only told what would be added to an empty one.
 */
export async function importComments(
  {
    store,
    site,
    clock,
  }: Pick<Moderator, 'clock'> & { store: Moderator['store'] | undefined; site: CommentedSite | undefined },
  items: readonly unknown[],
  { dryRun }: { dryRun: boolean },
): Promise<ImportOutcome> {
  const { comments, problems } = read(items, site);
  if (problems.length > 0) return { kind: 'refused', problems };
  const now = clock();
  const named = byId(comments);
  const rows = new Map<string, CommentRow>();
  // What is replied to comes first: the store knows it then.
  for (const { comment, above } of comments
    .map((comment) => ({ comment, above: [...repliedTo(comment, named)] }))
    .toSorted((one, other) => one.above.length - other.above.length)) {
    const [parent, root] = [above[0], above.at(-1)];
    const id = idOf(comment);
    const at = Date.parse(comment.at);
    rows.set(id, {
      ...{ id, entry: comment.entry, parentId: root ? idOf(root) : null, answersId: parent ? idOf(parent) : null },
      ...{ contactId: null, name: comment.name, body: comment.body, moment: comment.moment ?? null },
      ...{ state: 'approved', reasons: '[]', repliesTextId: null, version: 1, person: comment.person ?? null },
      ...{ source: 'import', digest: digestOf(comment.body), at, confirmedAt: at, changedAt: now },
      ...{ decidedAt: now, decidedBy: 'import', shortenedAt: null, published: 0 },
    });
  }
  const imported = (added: readonly CommentRow[]): ImportOutcome => ({
    kind: 'imported',
    ...{ added: added.length, already: rows.size - added.length },
    entries: new Set(added.map(({ entry }) => entry)).size,
  });
  if (!store) return imported([...rows.values()]);
  return store.transaction(async (records) => {
    const published = await records.nextPublished();
    const known = await records.knownComments([...rows.keys()]);
    const added = [...rows.values()].filter(({ id }) => !known.has(id)).map((row) => ({ ...row, published }));
    if (!dryRun) await records.insert('comment', added);
    return imported(added);
  });
}

const byId = (comments: readonly ArchivedComment[]): ReadonlyMap<string, ArchivedComment> =>
  new Map(comments.flatMap((comment) => (comment.id === undefined ? [] : [[comment.id, comment] as const])));

/** What a comment replies to, and what that does, up to the one that the thread begins with. */
function* repliedTo(
  comment: ArchivedComment,
  named: ReadonlyMap<string, ArchivedComment>,
): Generator<ArchivedComment, void> {
  const seen = new Set([comment]);
  for (let at = named.get(comment.parent ?? ''); at && !seen.has(at); at = named.get(at.parent ?? '')) {
    seen.add(at);
    yield at;
  }
}

/** Always the same for the same comment. */
function idOf({ key, entry, at, name, body }: ArchivedComment): string {
  const moment = Date.parse(at);
  const hash = createHash('sha256')
    .update(JSON.stringify(key === undefined ? ['import', entry, moment, name, body] : ['archive', key]))
    .digest();
  return newId(moment, () => hash);
}

function read(
  items: readonly unknown[],
  site: CommentedSite | undefined,
): { comments: ArchivedComment[]; problems: ArchiveProblem[] } {
  const problems: ArchiveProblem[] = [];
  const entries = site?.entries.map(({ id }) => id) ?? [];
  const hosts = site?.hosts.map(({ slug }) => slug) ?? [];
  const named = new Map<string, ArchivedComment>();
  const comments = items.flatMap((item, index): ArchivedComment[] => {
    const wrong = (field: string, what: string, known?: string[]) =>
      void problems.push({ comment: index + 1, field, what, ...(known && { known }) });
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      wrong('', 'is not an object');
      return [];
    }
    const fields = item as Record<string, unknown>;
    for (const key of Object.keys(fields))
      if (!(archivedFields as readonly string[]).includes(key)) wrong(key, 'is no field', [...archivedFields]);
    const text = (field: 'entry' | 'name' | 'body' | 'at', isNeeded = true) => {
      const value = fields[field];
      if (typeof value === 'string') return value;
      if (isNeeded || value !== undefined) wrong(field, value === undefined ? 'is missing' : 'is not a text');
      return '';
    };
    const optional = (field: 'key' | 'id' | 'parent' | 'person') => {
      const value = fields[field];
      if (value === undefined || typeof value === 'string') return value;
      if (typeof value === 'number') return String(value);
      wrong(field, 'is not a text');
      return undefined;
    };
    const [entry, name, body, at] = [text('entry'), text('name'), text('body'), text('at')];
    const [key, id] = [optional('key'), optional('id')];
    const [parent, person] = [optional('parent'), optional('person')];
    const { moment } = fields;
    if (entry !== '' && !entries.includes(entry)) wrong('entry', `“${entry}” is not in the built site`, entries);
    const line = name.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
    if (typeof fields['name'] === 'string' && !isVisible(line)) wrong('name', 'is empty');
    if ([...line].length > longestLine) wrong('name', `is longer than ${longestLine} characters`);
    const words = readText(body, 'text', longestArchived);
    if (typeof fields['body'] === 'string' && words.error !== undefined)
      wrong('body', isVisible(body) ? `is longer than ${longestArchived.toLocaleString('en')} characters` : 'is empty');
    if (at !== '' && (!/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(at) || !(Date.parse(at) >= 0)))
      wrong('at', `“${at}” is no moment: write 2024-03-13T12:00:00Z`);
    if (moment !== undefined && !(typeof moment === 'number' && Number.isInteger(moment) && moment >= 0))
      wrong('moment', 'is not a whole number of seconds');
    if (person !== undefined && !hosts.includes(person)) wrong('person', `“${person}” is no host`, hosts);
    if (id !== undefined && named.has(id)) wrong('id', `“${id}” is there twice`);
    const comment: ArchivedComment = {
      ...{ entry, name: line, body: words.text ?? '', at },
      ...(key !== undefined && { key }),
      ...(id !== undefined && { id }),
      ...(parent !== undefined && { parent }),
      ...(person !== undefined && { person }),
      ...(typeof moment === 'number' && { moment }),
    };
    if (id !== undefined) named.set(id, comment);
    return [comment];
  });
  if (comments.length < items.length) return { comments, problems };
  for (const [index, comment] of comments.entries()) {
    const { parent, entry } = comment;
    if (parent === undefined) continue;
    const of = named.get(parent);
    const wrong = (what: string) => void problems.push({ comment: index + 1, field: 'parent', what });
    if (!of) wrong(`“${parent}” is the id of no comment of the file`);
    else if (of.entry !== entry) wrong(`“${parent}” stands on another page, ${of.entry}`);
    else if (named.has([comment, ...repliedTo(comment, named)].at(-1)?.parent ?? ''))
      wrong(`“${parent}” replies to it in the end, or to one that does: one of them has to begin the thread`);
  }
  return { comments, problems };
}
