import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { SaxesParser } from 'saxes';
import type { Lost } from '#importing/archive.ts';
import { plainText } from '#importing/html.ts';
import { withoutControls, XmlDecoder } from '#importing/xml-encoding.ts';

/** An element of an export, with its text; names are as they are written, `wp:post_id`. */
export interface Item {
  /** The line on which it begins. */
  line: number;
  values: Map<string, string>;
  terms: { domain: string; slug: string; name: string }[];
  meta: Map<string, string[]>;
  comments: Map<string, string>[];
}

export interface Wxr {
  channel: Map<string, string>;
  authors: Map<string, string>[];
  categories: Map<string, string>[];
  items: Item[];
  lost: Lost[];
}

/** Names of HTML that are none of XML, and that old plugins write all the same. */
const htmlEntities = (own: Record<string, string>) =>
  new Proxy(own, {
    get: (known, name: string) => {
      if (Object.hasOwn(known, name) || Reflect.has(known, name)) return known[name];
      const text = plainText({ html: `x&${name};x` }).slice(1, -1);
      return text === `&${name};` ? undefined : (known[name] = text);
    },
  });

const recorded = new Set(
  ['comment', 'commentmeta', 'postmeta', 'author', 'category', 'tag', 'term', 'termmeta'].map((name) => `wp:${name}`),
);

/** What is known of people beside what they said, which nothing here needs. */
const unread = new Set([
  ...['wp:comment_author_email', 'wp:comment_author_IP', 'wp:comment_author_url', 'wp:author_email'],
]);

/** Texts that nothing is made of: of old versions, of menus, and of files, whose words are in other fields. */
const withoutText = new Set(['revision', 'nav_menu_item', 'attachment', 'custom_css', 'oembed_cache']);

/** The longest note of a plugin that is kept: builders of pages note whole pages a second time. */
const longestNote = 10_000;

/**
 * Reads an export of one file or several, each from its beginning to its end. What is not well-formed is named with its line,
 * and what can be read behind it is read. Of a file that was cut off, what it ends in the middle of is left out.
 */
export async function readWxr(files: readonly string[], progress: (bytes: number) => void): Promise<Wxr> {
  const found: Wxr = { channel: new Map(), authors: [], categories: [], items: [], lost: [] };
  let before = 0;
  for (const file of files)
    before = await readFile(file, found, {
      name: files.length > 1 ? basename(file) : 'the export',
      progress: (bytes) => progress(before + bytes),
    }).then((bytes) => before + bytes);
  return found;
}

/** Reads one file into what was found; how many bytes it has. */
async function readFile(
  path: string,
  found: Wxr,
  { name: fileName, progress }: { name: string; progress: (bytes: number) => void },
): Promise<number> {
  const parser = new SaxesParser({ xmlns: false });
  parser.ENTITIES = htmlEntities(parser.ENTITIES);
  const open: { name: string; text: string; attributes: Record<string, string> }[] = [];
  let item: Item | undefined;
  /** The open elements that have elements of their own: notes of plugins stand inside of a comment. */
  const records: Map<string, string>[] = [];
  let faults = 0;
  let isEnded = false;
  const lose = (detail: string, line?: number) =>
    void found.lost.push({ what: 'xml', detail, ...(line !== undefined && { line }) });
  parser.on('error', (error) => {
    if (isEnded) return;
    faults += 1;
    const line = parser.line;
    const what = error.message.replace(/^\d+:\d+: /, '');
    if (faults <= 20)
      lose(`Line ${line} of ${fileName} is not well-formed: ${what} What is around it may be missing`, line);
  });
  parser.on('opentag', ({ name, attributes }) => {
    open.push({ name, text: '', attributes });
    if (name === 'item') item = { line: parser.line, values: new Map(), terms: [], meta: new Map(), comments: [] };
    else if (recorded.has(name)) records.push(new Map());
  });
  const addText = (text: string) => {
    const last = open.at(-1);
    if (last) last.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', ({ name }) => {
    if (isEnded) return;
    const at = open.findLastIndex((each) => each.name === name);
    if (at < 0) return;
    const { text: read, attributes } = open[at] as (typeof open)[number];
    open.length = at;
    const parent = open.at(-1)?.name ?? '';
    const record = recorded.has(name) ? records.pop() : records.at(-1);
    if (name === 'item') {
      if (item) found.items.push(item);
      if (withoutText.has(item?.values.get('wp:post_type') ?? '')) item?.values.delete('content:encoded');
      item = undefined;
      return;
    }
    const text = copied(read);
    if (name === 'wp:postmeta' && item && record) {
      const [key, value] = [record.get('wp:meta_key') ?? '', record.get('wp:meta_value') ?? ''];
      if (value.length <= longestNote) item.meta.set(key, [...(item.meta.get(key) ?? []), value]);
    } else if (name === 'wp:comment' && item && record) item.comments.push(record);
    else if (name === 'wp:author' && record) found.authors.push(record);
    else if ((name === 'wp:category' || name === 'wp:tag' || name === 'wp:term') && record)
      found.categories.push(record);
    else if (name === 'category' && item)
      item.terms.push({ domain: attributes['domain'] ?? 'category', slug: attributes['nicename'] ?? '', name: text });
    else if (recorded.has(parent)) {
      if (!recorded.has(name) && !unread.has(name)) record?.set(name, text);
    } else if (parent === 'item' && item) item.values.set(name, (item.values.get(name) ?? '') + text);
    else if (parent === 'channel') found.channel.set(name, text);
  });
  const decoder = new XmlDecoder();
  let bytes = 0;
  for await (const part of createReadStream(path) as AsyncIterable<Buffer>) {
    bytes += part.length;
    parser.write(withoutControls(decoder.decode(part)));
    progress(bytes);
  }
  parser.write(withoutControls(decoder.end()));
  const { line } = parser;
  isEnded = true;
  parser.close();
  if (faults > 20) lose(`${faults - 20} more places of ${fileName} are not well-formed`);
  if (decoder.broken > 0)
    lose(`${decoder.broken} signs of ${fileName} are in no encoding that is known: � stands for each`);
  if (open.length > 0) lose(cutOff(fileName, line, item), line);
  return bytes;
}

function cutOff(fileName: string, line: number, item: Item | undefined): string {
  const title = item?.values.get('title')?.trim();
  const inside = item ? ` in the middle of ${title ? `“${title}”` : 'an entry'}, which does not come` : '';
  return `${fileName} was cut off: it ends on line ${line}${inside}. What is before it came; export again for the rest`;
}

/** A text of its own: one that is part of a longer one keeps that in memory. */
const copied = (text: string): string => (text.length < 13 ? text : Buffer.from(text).toString());
