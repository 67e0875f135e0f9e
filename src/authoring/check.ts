import { readdir } from 'node:fs/promises';
import type { z } from 'astro/zod';
import { emptyBody } from '#catalog/body.ts';
import {
  type Collection,
  collections,
  type Content,
  type Entry,
  type EntryData,
  type Issue,
} from '#catalog/content.ts';
import { buildCatalog } from '#catalog/graph.ts';
import type { Clock } from '#catalog/publication.ts';
import type { Catalog } from '#catalog/records.ts';
import { schemas, showSchema, slugPattern, topicSchema } from './schemas.ts';
import { fieldName, fieldProblems } from './fields.ts';
import { besides, readFiles } from './files.ts';
import { type Folder, readFolder } from './folder.ts';
import { addresses, linkProblems } from './links.ts';
import { nearest, type Problem } from './problem.ts';
import { type Prose, readProse } from './prose.ts';
import { type SourceEntry, type Yaml, yamlLine } from './source.ts';

/** A content folder judged as a whole: every mistake in it, and the catalog of what is right. */
export interface Judgement {
  problems: Problem[];
  catalog: Catalog | undefined;
}

/**
 * Finds every author's mistake before anything is built. `publicFolder` holds the files that are served as they are.
 * With `clock.preview` links to drafts are right, as `dev` shows drafts.
 */
export async function checkContent(path: string, clock: Clock, publicFolder: string): Promise<Judgement> {
  const [folder, publicFiles] = await Promise.all([readFolder(path), filesOf(publicFolder)]);
  const files = await readFiles(folder);
  const slugs = (to: string) =>
    to === 'topics'
      ? Object.keys(folder.topics.yaml.data)
      : folder.entries.filter(({ collection }) => collection === to).map(({ slug }) => slug);

  const prose = new Map(
    folder.entries.map((entry) => [
      entry,
      readProse(entry, { slugs, files: besides(folder, entry.folder) }, publicFiles),
    ]),
  );
  const parsed = parse(folder, slugs, prose);
  const problems = [
    ...folder.problems,
    ...files.problems,
    ...slugProblems(folder.entries),
    ...parsed.problems,
    ...[...prose.values()].flatMap((each) => each.problems),
  ];
  if (!parsed.content) return { problems, catalog: undefined };

  const { catalog, issues } = buildCatalog({ ...parsed.content, ...files }, clock);
  problems.push(...issues.flatMap((issue) => issueProblem(issue, folder, parsed.failed) ?? []));
  problems.push(...allLinkProblems(catalog, prose, publicFiles, parsed.failed));
  return { problems, catalog };
}

type Parsed = Omit<Content, 'media' | 'chapters'>;

/** Applies the schemas. `failed` names the entries that they refuse, as `collection/slug`. */
function parse(folder: Folder, slugs: (to: string) => string[], prose: ReadonlyMap<SourceEntry, Prose>) {
  const problems: Problem[] = [];
  const failed = new Set<string>();
  const apply = <T>(
    schema: z.ZodType<T>,
    { name, yaml }: { name: string; yaml: Yaml },
    data: unknown,
    files: string[],
  ): T | undefined => {
    const result = schema.safeParse(data);
    if (!result.success && yaml.problems.length === 0)
      problems.push(
        ...fieldProblems(schema, result.error, { file: name, line: yaml.line, data, known: { slugs, files } }),
      );
    return result.data;
  };

  const show = apply(
    showSchema,
    folder.show,
    folder.show.yaml.data,
    besides(folder, '').filter((file) => !file.slice(2).includes('/')),
  );
  const topics = Object.entries(folder.topics.yaml.data).flatMap(([slug, data]) => {
    const yaml = {
      ...folder.topics.yaml,
      line: (field: readonly (string | number)[]) => folder.topics.yaml.line([slug, ...field]),
    };
    const topic = apply(topicSchema, { name: folder.topics.name, yaml }, data, []);
    return topic ? [[slug, topic] as const] : [];
  });
  const entries = Object.fromEntries(collections.map((name) => [name, [] as Entry[]])) as Record<Collection, Entry[]>;
  for (const entry of folder.entries) {
    const data = apply(
      schemas[entry.collection] as z.ZodType<EntryData[Collection]>,
      entry,
      entry.yaml.data,
      besides(folder, entry.folder),
    );
    const body = prose.get(entry)?.facts ?? emptyBody;
    if (data && entry.yaml.problems.length === 0)
      entries[entry.collection].push({ slug: entry.slug, folder: entry.folder, data, body });
    else failed.add(`${entry.collection}/${entry.slug}`);
  }
  const content = show && ({ show, topics: Object.fromEntries(topics), ...entries } as Parsed);
  return { content, problems, failed };
}

/** An issue of the catalog at its place in a file; nothing for a reference to an entry that has problems of its own. */
function issueProblem(issue: Issue, folder: Folder, failed: ReadonlySet<string>): Problem | undefined {
  const { collection, slug, field, what, value = '', to, candidates = [] } = issue;
  if (to && failed.has(value.includes('/') ? value : `${to}/${value}`)) return undefined;
  const source =
    collection === 'show'
      ? folder.show
      : folder.entries.find((entry) => entry.collection === collection && entry.slug === slug);
  if (!source) return undefined;
  const [top, index] = field;
  const right = nearest(value, candidates);
  const place = { what, file: source.name, line: source.yaml.line(field), field: fieldName(field) || 'slug' };
  if (top === undefined || right === undefined) return { ...place, nearest: right };
  const old = source.yaml.data[top];
  const mended: unknown = typeof old === 'number' ? Number(right) : right;
  const whole = Array.isArray(old) ? old.map((item: unknown, i) => (i === index ? mended : item)) : mended;
  return { ...place, nearest: right, paste: yamlLine(String(top), whole) };
}

/** A slug is the name of a folder, and is one entry's alone. */
function slugProblems(entries: readonly SourceEntry[]): Problem[] {
  const owners = new Map<string, SourceEntry>();
  return entries.flatMap((entry): Problem | [] => {
    const { collection, slug, name: file } = entry;
    const right =
      slug
        .normalize('NFKD')
        .replaceAll(/\p{M}/gu, '')
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, '') || 'a-slug';
    const owner = owners.get(`${collection}/${right}`);
    owners.set(`${collection}/${right}`, owner ?? entry);
    const taken = new Set(entries.filter((each) => each.collection === collection).map((each) => each.slug));
    const free = (n: number): string => (taken.has(`${right}-${n}`) ? free(n + 1) : `${right}-${n}`);
    if (owner)
      return {
        what: `Two entries have the slug "${right}": ${owner.name} has it already`,
        file,
        line: 1,
        field: 'slug (the name of the folder or file)',
        nearest: free(2),
        paste: `${collection}/${free(2)}/index.mdx`,
      };
    if (slugPattern.test(slug)) return [];
    return {
      what: `"${slug}" is no slug: it becomes part of a URL, so it is lower-case words and hyphens`,
      file,
      line: 1,
      field: 'slug (the name of the folder or file)',
      nearest: right,
      paste: `${collection}/${right}/index.mdx`,
    };
  });
}

function allLinkProblems(
  catalog: Catalog,
  prose: ReadonlyMap<SourceEntry, Prose>,
  publicFiles: ReadonlySet<string>,
  failed: ReadonlySet<string>,
): Problem[] {
  const anchors = new Map([...prose].map(([entry, { anchors }]) => [`${entry.collection}/${entry.slug}`, anchors]));
  const all = addresses(catalog, anchors, publicFiles);
  const unjudged = [...failed].map((entry) => `/${entry.replace(/^pages\//, '')}/`);
  const own = (entry: SourceEntry) => catalog[entry.collection].find(({ slug }) => slug === entry.slug)?.url;
  return [...prose].flatMap(([entry, { links }]) =>
    linkProblems(
      entry,
      own(entry) ?? '',
      links.filter(({ href }) => !unjudged.some((url) => href.startsWith(url))),
      all,
    ),
  );
}

async function filesOf(folder: string): Promise<Set<string>> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return new Set(
    files
      .filter((each) => each.isFile())
      .map((each) => `${each.parentPath.slice(folder.length)}/${each.name}`.replaceAll('\\', '/')),
  );
}
