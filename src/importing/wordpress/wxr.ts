import { createReadStream } from 'node:fs';
import { SaxesParser } from 'saxes';
import type { Lost } from '#importing/archive.ts';

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
const htmlEntities = {
  nbsp: ' ',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
};
const moreEntities = {
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  szlig: 'ß',
};

const recorded = new Set(
  ['comment', 'commentmeta', 'postmeta', 'author', 'category', 'tag', 'term', 'termmeta'].map((name) => `wp:${name}`),
);

/** What is known of people beside what they said, which nothing here needs. */
const unread = new Set([
  ...['wp:comment_author_email', 'wp:comment_author_IP', 'wp:comment_author_url', 'wp:author_email'],
]);

/**
 * Reads an export from its beginning to its end, whatever its size. What is not well-formed is named with its line, and
 * what can be read behind it is read.
 */
export async function readWxr(path: string, progress: (bytes: number) => void): Promise<Wxr> {
  const found: Wxr = { channel: new Map(), authors: [], categories: [], items: [], lost: [] };
  const parser = new SaxesParser({ xmlns: false });
  Object.assign(parser.ENTITIES, htmlEntities, moreEntities);
  const open: { name: string; text: string; attributes: Record<string, string> }[] = [];
  let item: Item | undefined;
  /** The open elements that have elements of their own: notes of plugins stand inside of a comment. */
  const records: Map<string, string>[] = [];
  let faults = 0;
  parser.on('error', (error) => {
    faults += 1;
    const line = parser.line;
    const what = error.message.replace(/^\d+:\d+: /, '');
    if (faults <= 20)
      found.lost.push({
        what: 'xml',
        detail: `Line ${line} of the export is not well-formed: ${what} What is around it may be missing`,
        line,
      });
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
    const at = open.findLastIndex((each) => each.name === name);
    if (at < 0) return;
    const { text, attributes } = open[at] as (typeof open)[number];
    open.length = at;
    const parent = open.at(-1)?.name ?? '';
    const record = recorded.has(name) ? records.pop() : records.at(-1);
    if (name === 'item') {
      if (item) found.items.push(item);
      item = undefined;
    } else if (name === 'wp:postmeta' && item && record) {
      const key = record.get('wp:meta_key') ?? '';
      item.meta.set(key, [...(item.meta.get(key) ?? []), record.get('wp:meta_value') ?? '']);
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
  let bytes = 0;
  const decoder = await decoderOf(path);
  for await (const part of createReadStream(path) as AsyncIterable<Buffer>) {
    bytes += part.length;
    parser.write(withoutControls(decoder.decode(part, { stream: true })));
    progress(bytes);
  }
  parser.write(withoutControls(decoder.decode()));
  parser.close();
  if (item) found.items.push(item);
  if (faults > 20)
    found.lost.push({ what: 'xml', detail: `${faults - 20} more places of the export are not well-formed` });
  return found;
}

/** Signs that XML cannot have (XML 1.0, section 2.2), which texts pasted from elsewhere bring along. */
const withoutControls = (text: string) =>
  text.replaceAll(/(?![\n\r\t])[\p{Cc}\uFFFE\uFFFF]/gu, '').replaceAll('\uFEFF', '');

async function decoderOf(path: string): Promise<TextDecoder> {
  let head = Buffer.alloc(0);
  for await (const part of createReadStream(path, { end: 1 << 20 }) as AsyncIterable<Buffer>)
    head = Buffer.concat([head, part]);
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le');
  const said = /encoding=["']([\w-]+)["']/.exec(head.toString('latin1', 0, 200))?.[1] ?? 'utf-8';
  try {
    // An end in the middle of a sign is no fault of the file.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return new TextDecoder('utf-8');
  } catch {
    return new TextDecoder(/^utf-?8$/i.test(said) ? 'utf-8' : said);
  }
}
