import { existsSync } from 'node:fs';
import { readFile, rename as move, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Collection } from '#catalog/content.ts';
import { addressOf } from '#catalog/entry-address.ts';
import type { Edition } from './edition.ts';
import { targetOf } from './links.ts';
import { fieldSchema, shape } from './schema.ts';
import { schemas, showSchema } from './schemas.ts';
import type { SourceEntry } from './source.ts';
import { parseYaml } from './yaml.ts';

/** A file that says something else under the new name. */
export interface Change {
  /** As its author would type it. */
  name: string;
  path: string;
  before: string;
  after: string;
  /** The lines that differ, counted from 1, as they will be. */
  lines: { line: number; text: string }[];
}

/** Everything that a new slug for an entry means. */
export interface Renaming {
  entry: SourceEntry;
  slug: string;
  /** The folder or file of the entry, and where it goes. */
  from: string;
  to: string;
  /** The old path that leads on; none of a draft, which nobody knows. */
  alias: string | undefined;
  changes: Change[];
}

/**
 * What is to be done so that an entry has another slug: the alias, and whatever names it, in fields, components and links.
 * Only these words change. Nothing is written.
 */
export async function renaming({ folder }: Edition, entry: SourceEntry, slug: string): Promise<Renaming> {
  const { collection, slug: old } = entry;
  const isFolder = entry.folder !== collection;
  const pathOf = (name: string) => join(folder.path, collection, isFolder ? name : `${name}.mdx`);
  const alias = entry.yaml.data['draft'] === true ? undefined : addressOf[collection](old).replace(/\/$/, '');
  const changes: Change[] = [];
  const add = (name: string, path: string, before: string, after: string) => {
    if (before !== after) changes.push({ name, path, before, after, lines: linesOf(before, after) });
  };
  for (const other of folder.entries) {
    const { yaml, body } = splitText(other.text);
    const fields = withReferences(yaml, schemas[other.collection], collection, old, slug);
    const own = other === entry && alias !== undefined ? withAlias(fields, alias) : fields;
    const text = other.text.replace(yaml, () => own);
    add(
      other.name,
      other.path,
      other.text,
      text.replace(body, () => withLinks(body, other, collection, old, slug)),
    );
  }
  const show = join(folder.path, 'show.yaml');
  const before = await readFile(show, 'utf8');
  add(folder.show.name, show, before, withReferences(before, showSchema, collection, old, slug));
  return { entry, slug, from: pathOf(old), to: pathOf(slug), alias, changes };
}

/** Does it. Resolves to what takes all of it back. Rejects where the new place is taken. */
export async function rename({ from, to, changes }: Renaming): Promise<() => Promise<void>> {
  if (existsSync(to)) throw new Error(`There is ${to} already`);
  for (const { path, after } of changes) await writeFile(path, after);
  const back = async () => {
    for (const { path, before } of changes) await writeFile(path, before);
  };
  try {
    await move(from, to);
  } catch (error) {
    await back();
    throw error;
  }
  return async () => {
    await move(to, from);
    await back();
  };
}

function linesOf(before: string, after: string): Change['lines'] {
  const known = new Set(before.split(/\r?\n/));
  return after.split(/\r?\n/).flatMap((text, i) => (known.has(text) ? [] : [{ line: i + 1, text: text.trim() }]));
}

/** The fields of an MDX file and the text under them, each as it stands there. */
function splitText(text: string): { yaml: string; body: string } {
  const [head = ''] = /^\uFEFF?\s*---[ \t]*\r?\n/.exec(text) ?? [];
  const length = head ? text.slice(head.length).search(/^---[ \t]*\r?$/m) : -1;
  if (length < 0) return { yaml: '', body: '' };
  return { yaml: text.slice(head.length, head.length + length), body: text.slice(head.length + length) };
}

/** The text of fields with the new slug wherever one of them names the entry. */
function withReferences(
  text: string,
  schema: (typeof schemas)[Collection] | typeof showSchema,
  collection: Collection,
  old: string,
  slug: string,
): string {
  const { contents } = parseYaml(text).document;
  if (!isMap(contents)) return text;
  const found: { from: number; to: number; right: string }[] = [];
  const look = (node: unknown, written: string, right: string) => {
    if (isSeq(node)) for (const item of node.items) look(item, written, right);
    if (!isScalar(node) || node.value !== written) return;
    const [from = 0, to = 0] = (node as Node).range ?? [];
    found.push({ from, to, right: text.slice(from, to).replace(written, right) });
  };
  for (const { key, value } of contents.items) {
    const name = isScalar(key) ? String(key.value) : '';
    if (!Object.hasOwn(shape(schema) ?? {}, name)) continue;
    const isReference = [[name], [name, 0]].some((field) => fieldSchema(schema, field).meta.reference === collection);
    if (isReference) look(value, old, slug);
    if (name === 'related') look(value, `${collection}/${old}`, `${collection}/${slug}`);
    if (name === 'roles' && collection === 'people' && isMap(value))
      for (const { key: who } of value.items) look(who, old, slug);
  }
  return found
    .toSorted((a, b) => b.from - a.from)
    .reduce((all, { from, to, right }) => all.slice(0, from) + right + all.slice(to), text);
}

/** The text of fields with one alias more, behind those that are there. */
function withAlias(text: string, alias: string): string {
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const { contents } = parseYaml(text).document;
  const value = isMap(contents) ? contents.get('aliases', true) : undefined;
  const last = isSeq(value) ? (value.items.at(-1) as Node | undefined) : undefined;
  const [from = 0, to = 0] = last?.range ?? [];
  if (!isSeq(value) || !last) return `${text}aliases: [${alias}]${ending}`;
  if (value.flow) return `${text.slice(0, to)}, ${alias}${text.slice(to)}`;
  const lineStart = text.lastIndexOf('\n', from) + 1;
  const dash = /^[\s-]*/.exec(text.slice(lineStart, from))?.[0] ?? '- ';
  const lineEnd = text.indexOf('\n', to - 1);
  const at = lineEnd < 0 ? text.length : lineEnd + 1;
  return `${text.slice(0, at)}${dash}${alias}${ending}${text.slice(at)}`;
}

/** The attributes that name an entry of each collection. */
const attributes: Partial<Record<Collection, RegExp>> = {
  people: /(<(?:Line|PullQuote)\b[^>]*?\bwho=["'])([^"']+)(?=["'])/g,
  episodes: /(<EpisodeCard\b[^>]*?\bslug=["'])([^"']+)(?=["'])/g,
  whitepapers: /(<WhitepaperCard\b[^>]*?\bslug=["'])([^"']+)(?=["'])/g,
};

/** Links of Markdown, of definitions below a text, and of HTML. */
const links = /(\]\(\s*<?|\bhref=["']|^\[[^\]]+\]:\s*<?)([^)\s>"']+)/gm;

function withLinks(
  body: string,
  { collection: own, slug: place }: SourceEntry,
  collection: Collection,
  old: string,
  slug: string,
): string {
  const [address, right] = [addressOf[collection](old), addressOf[collection](slug)];
  const attribute = attributes[collection];
  const inProse = (text: string) => {
    const named = attribute
      ? text.replace(attribute, (whole, head: string, value: string) => (value === old ? head + slug : whole))
      : text;
    return named.replace(links, (whole, head: string, href: string) => {
      if (/^[a-z][a-z\d+.-]*:|^\/\/|^#/i.test(href)) return whole;
      // What lies beside the entry goes with it.
      if (!href.startsWith('/') && own === collection && place === old) return whole;
      const target = targetOf(href, addressOf[own](place));
      if (!target.startsWith(address)) return whole;
      return head + right + target.slice(address.length) + (/[?#].*$/.exec(href)?.[0] ?? '');
    });
  };
  // What stands between fences, or back-ticks, is shown as it is.
  return body
    .split(/(^(?:```|~~~)[^]*?^(?:```|~~~)[ \t]*$|`[^`\n]+`)/m)
    .map((part, i) => (i % 2 === 1 ? part : inProse(part)))
    .join('');
}
