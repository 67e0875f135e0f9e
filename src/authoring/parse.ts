import type { z } from 'astro/zod';
import { type BodyFacts, emptyBody } from '#catalog/body.ts';
import { type Collection, collections, type Content, type Entry, type EntryData } from '#catalog/content.ts';
import { defaultRetention } from '#site/retention.ts';
import { fieldProblems, type SchemaInput } from './fields.ts';
import type { Facts } from './files.ts';
import type { Folder } from './folder.ts';
import type { Memory } from './memory.ts';
import type { Known } from './nearest.ts';
import type { Problem } from './problem.ts';
import { referenceProblems } from './references.ts';
import { schemas, showSchema, slugPattern, topicSchema } from './schemas.ts';
import { slugOf } from './slug.ts';
import type { SourceEntry, Yaml } from './source.ts';

/** What the schemas accept, as far as it goes. */
export interface Parsed {
  content: Omit<Content, keyof Facts | 'comments'>;
  /** All entries of it, and those that only their bodies keep out. */
  withUnreadable: Pick<Content, Collection>;
  /** Whether the show is the author's own; without it a stand-in lets the rest be input. */
  complete: boolean;
  problems: Problem[];
  unchecked: Unchecked;
}

/** What is there, as `collection/slug`, but has mistakes of its own: what names it is not wrong for that. */
export interface Unchecked {
  has: (key: string) => boolean;
  /** The slugs of a collection that are right to name. */
  slugs: (collection: string) => string[];
}

/**
 * Applies the schemas to all but the `rejected` entries, which the schemas judge and the content leaves out, as it does
 * those whose bodies could not be read.
 */
export function parse(
  folder: Folder,
  known: (entryFolder: string) => Known,
  bodies: ReadonlyMap<SourceEntry, BodyFacts>,
  rejected: ReadonlySet<SourceEntry>,
  memory: Memory,
): Parsed {
  const problems: Problem[] = [];
  const unchecked = new Set(folder.unexpectedFiles);
  const apply = <T>(schema: z.ZodType<T>, yaml: Yaml, input: SchemaInput): T | undefined => {
    const { data, error } = schema.safeParse(input.data);
    if (error && yaml.problems.length === 0)
      problems.push(...fieldProblems(schema, error, input), ...referenceProblems(schema, input));
    return yaml.problems.length === 0 ? data : undefined;
  };

  const { name: file, yaml: written } = folder.show;
  const show = apply(showSchema, written, { file, written, data: written.data, known: known('') });

  const topics = Object.entries(folder.topics.yaml.data).flatMap(([slug, data]) => {
    const input = topic(slug, data, folder, known(''));
    const found = apply(topicSchema, folder.topics.yaml, input);
    if (!slugPattern.test(slug)) problems.push(topicSlug(slug, input));
    if (!found || !slugPattern.test(slug)) unchecked.add(`topics/${slug}`).add(`topics/${slugOf(slug)}`);
    return found && slugPattern.test(slug) ? [[slug, found] as const] : [];
  });

  const right: [Collection, Entry][] = [];
  const unreadable: [Collection, Entry][] = [];
  for (const entry of folder.entries) {
    const { collection, slug, name: file, yaml: written } = entry;
    const schema = schemas[collection] as z.ZodType<EntryData[Collection]>;
    const input = { file, written, data: written.data, known: known(entry.folder) };
    const kept = memory.keep(`data of ${entry.path}`, [entry], () => schema.safeParse(entry.yaml.data).data);
    const data = kept && written.problems.length === 0 ? kept : apply(schema, written, input);
    const body = bodies.get(entry);
    const found = data && { slug, folder: entry.folder, data, body: body ?? emptyBody };
    if (found && !rejected.has(entry)) (body ? right : unreadable).push([collection, found]);
    if (!found || !body || rejected.has(entry)) {
      unchecked.add(`${collection}/${slug}`).add(`${collection}/${slugOf(slug)}`);
      if (data) problems.push(...referenceProblems(schema, input));
    }
  }

  const topicsUnread = folder.topics.yaml.problems.length > 0;
  return {
    content: {
      show: show ?? standIn(known('').timezone),
      topics: Object.fromEntries(topics.toSorted(([a], [b]) => a.localeCompare(b, 'en'))),
      ...byCollection(right),
    },
    withUnreadable: byCollection([...right, ...unreadable]),
    complete: show !== undefined,
    problems,
    unchecked: {
      has: (key) => unchecked.has(key) || (topicsUnread && key.startsWith('topics/')),
      slugs: (collection) =>
        [...unchecked].flatMap((key) => {
          const [name, slug = ''] = key.split('/');
          return name === collection && slugPattern.test(slug) ? [slug] : [];
        }),
    },
  };
}

/** In the order of their slugs, which decides between what is equal otherwise. */
function byCollection(entries: readonly [Collection, Entry][]): Pick<Content, Collection> {
  const of = (name: Collection) => entries.flatMap(([collection, entry]) => (collection === name ? [entry] : []));
  return Object.fromEntries(
    collections.map((name) => [name, of(name).toSorted((a, b) => a.slug.localeCompare(b.slug, 'en'))]),
  ) as Pick<Content, Collection>;
}

/** One topic of topics.yaml, whose fields stand under its slug. */
function topic(slug: string, data: unknown, { topics: { name, yaml } }: Folder, known: Known): SchemaInput {
  return {
    file: name,
    written: {
      line: (field) => yaml.line([slug, ...field]),
      correct: (field, value) => yaml.correct([slug, ...field], value),
      rename: (field, key, value) => yaml.rename([slug, ...field], key, value),
    },
    data,
    known,
    at: [slug],
  };
}

function topicSlug(slug: string, { file, written }: SchemaInput): Problem {
  const right = slugOf(slug);
  const what = `"${slug}" is no slug: it becomes part of a URL, so it is lower-case words and hyphens`;
  return { what, file, field: slug, nearest: right, ...written.rename([], right) };
}

const standIn = (timezone: string): Content['show'] => ({
  title: '',
  tagline: '',
  description: '',
  language: 'en',
  timezone,
  owner: { name: '' },
  guidPrefix: '',
  hosts: [],
  explicit: false,
  type: 'episodic',
  numbered: false,
  comments: 'off',
  questions: false,
  retention: defaultRetention,
  pageSize: 24,
});
