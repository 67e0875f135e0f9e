import { toHtml } from 'hast-util-to-html';
import { type Features, htmlToHast, markdownToHast, markdownToMdast } from 'satteri';
import type { Lost } from '#importing/archive.ts';
import { type Element, escaped, type HastNode, isElement, textOf } from '#importing/clean-html.ts';

import type { Kind } from './locate.ts';

/** A tag of a template language in a text: a shortcode, a tag or an output. */
export interface Tag {
  start: number;
  end: number;
  /** What stands in its place: HTML or, in an attribute, a text; or source of the text's own language, on lines of its own. */
  put: { html: string; text?: string } | { source: string };
  /** What stands in its place in code. */
  code: string;
  lost?: Lost;
}

export interface Markup {
  source: string;
  isHtml: boolean;
  tags: readonly Tag[];
  features?: Features;
  /** The address of a picture, a file or a link as it is to stand in the text. */
  address: (address: string, kind: Kind) => string;
  lost: Lost[];
}

const [opens, closes] = ['\u{F0000}', '\u{F0001}'];
const marks = /(?:\u{F0000}|%F3%B0%80%80)(\d+)(?:\u{F0001}|%F3%B0%80%81)/giu;

/** The HTML of a text: each tag replaced, in code by what it shows there; addresses as the site knows them. */
export function htmlOf(markup: Markup): string {
  const { isHtml, tags, lost } = markup;
  const features: Features = { ...markup.features, frontmatter: false, rawHtml: true };
  const source = marked(markup, features);
  const fragment = (html: string) => htmlToHast(html, { fragment: true }) as unknown as HastNode;
  const root = isHtml ? fragment(source) : (markdownToHast(source, { features }) as unknown as HastNode);
  if (!isHtml && source.includes('[^')) lost.push(...unusedNotes(source, features));
  const told = new Set<number>();
  const tagOf = (digits: string | undefined): Tag | undefined => {
    const tag = tags[Number(digits)];
    return tag;
  };
  const tell = (digits: string | undefined) => {
    const found = tags[Number(digits)]?.lost;
    if (found && !told.has(Number(digits))) lost.push(found);
    told.add(Number(digits));
  };
  const inText = (value: string): string =>
    value.replaceAll(marks, (_, digits: string) => {
      const tag = tagOf(digits);
      tell(digits);
      return tag && 'html' in tag.put ? (tag.put.text ?? textOf(fragment(tag.put.html)).trim()) : '';
    });
  const placed = (node: HastNode, isCode: boolean): HastNode[] => {
    if (node.type === 'text') {
      const value = node.value ?? '';
      if (!value.includes(opens)) return [node];
      if (isCode)
        return [{ ...node, value: value.replaceAll(marks, (_, digits: string) => tagOf(digits)?.code ?? '') }];
      return value.split(/(\u{F0000}\d+\u{F0001})/u).flatMap((part): HastNode[] => {
        if (!part.startsWith(opens)) return part ? [{ type: 'text', value: part }] : [];
        const digits = part.slice(opens.length, -closes.length);
        const tag = tagOf(digits);
        tell(digits);
        if (!tag || !('html' in tag.put)) return [];
        return (fragment(tag.put.html).children ?? []).flatMap((each) => placed(each, false));
      });
    }
    if (!isElement(node))
      return node.children ? [{ ...node, children: node.children.flatMap((each) => placed(each, isCode)) }] : [node];
    const isInCode = isCode || node.tagName === 'code' || node.tagName === 'pre';
    const children = node.children.flatMap((each) => placed(each, isInCode));
    const properties = Object.fromEntries(
      Object.entries(node.properties).map(([name, value]) => [name, typeof value === 'string' ? inText(value) : value]),
    );
    return [named({ ...node, properties, children } as Element, markup)];
  };
  const [tree] = placed(root, false);
  return toHtml(withoutAttributeLists(tree as HastNode) as unknown as Parameters<typeof toHtml>[0]);
}

/** The source with each tag marked; those that are source themselves are put in where they are not in code. */
function marked({ source, isHtml, tags }: Markup, features: Features): string {
  const parts: string[] = [];
  let at = 0;
  for (const [index, { start, end }] of tags.entries()) {
    parts.push(clean(source.slice(at, start)), `${opens}${index}${closes}`);
    at = end;
  }
  parts.push(clean(source.slice(at)));
  const whole = parts.join('');
  if (!tags.some(({ put }) => 'source' in put)) return whole;
  const inCode = isHtml ? new Set<number>() : marksInCode(markdownToMdast(whole, { features }));
  return whole.replaceAll(
    /^([ \t>]*)\u{F0000}(\d+)\u{F0001}[ \t]*$|\u{F0000}(\d+)\u{F0001}/gmu,
    (mark, indent: string | undefined, alone: string | undefined, inside: string | undefined) => {
      const index = Number(alone ?? inside);
      const put = tags[index]?.put;
      if (inCode.has(index) || put === undefined || !('source' in put)) return mark;
      const token = tags[index]?.lost ? `${opens}${index}${closes}` : '';
      if (alone === undefined) return token + put.source;
      const lines = ['', ...(token ? [token, ''] : []), ...put.source.split('\n'), ''];
      return lines.map((line) => `${indent ?? ''}${line}`.trimEnd()).join('\n');
    },
  );
}

/** Notes that no text points to, which no page shows. */
function unusedNotes(source: string, features: Features): Lost[] {
  const used = new Set<string>();
  const notes: { name: string; words: string }[] = [];
  const wordsOf = (node: Node): string => node.value ?? (node.children ?? []).map(wordsOf).join(' ');
  const visit = (node: Node) => {
    if (node.type === 'footnoteReference') used.add(node.identifier ?? '');
    if (node.type === 'footnoteDefinition') notes.push({ name: node.identifier ?? '', words: wordsOf(node) });
    for (const child of node.children ?? []) visit(child);
  };
  visit(markdownToMdast(source, { features }) as unknown as Node);
  return notes
    .filter(({ name }) => !used.has(name))
    .map(({ name, words }) => ({
      what: 'note',
      detail: `Nothing points to its note ${name}, which no page shows: “${words}”`,
    }));
}

interface Node {
  type: string;
  value?: string;
  identifier?: string;
  children?: Node[];
}

const clean = (text: string) => text.replaceAll(/[\u{F0000}\u{F0001}]/gu, '');

function marksInCode(tree: unknown): Set<number> {
  const found = new Set<number>();
  const visit = (node: { type: string; value?: string; children?: never[] }) => {
    if (node.type === 'code' || node.type === 'inlineCode')
      for (const [, digits] of (node.value ?? '').matchAll(marks)) found.add(Number(digits));
    for (const child of node.children ?? []) visit(child);
  };
  visit(tree as never);
  return found;
}

/** An element with addresses as the site knows them, and with what its title says where people read it. */
function named(node: Element, { address, lost }: Markup): Element {
  const { tagName, properties } = node;
  const put = (name: string, kind: Kind) => {
    const value = properties[name];
    if (typeof value === 'string' && value.trim()) properties[name] = address(value.trim(), kind);
  };
  if (tagName === 'img') for (const name of ['src', 'dataSrc']) put(name, 'picture');
  if (/^(?:audio|video|source|embed)$/.test(tagName)) put('src', 'media');
  if (tagName === 'a') put('href', 'link');
  if (tagName === 'a' && properties['title'])
    lost.push({ what: 'title', detail: `“${String(properties['title'])}”, which a link said when it was pointed at` });
  if (tagName === 'p') return captioned(node);
  return node;
}

/** A picture alone in its paragraph has its title as its caption, as themes show it. */
function captioned(node: Element): Element {
  const inner = node.children.filter((each) => each.type !== 'text' || each.value?.trim());
  const [only] = inner;
  if (inner.length !== 1 || !only || !isElement(only) || only.tagName !== 'img') return node;
  const { title, alt } = only.properties;
  if (typeof title !== 'string' || !title.trim() || title.trim() === String(alt ?? '').trim()) return node;
  const caption: Element = {
    type: 'element',
    tagName: 'figcaption',
    properties: {},
    children: [{ type: 'text', value: title }],
  };
  return { ...node, tagName: 'figure', children: [only, caption] };
}

/** kramdown's `{: .class}` and goldmark's `{.class}` say how something looks. */
const attributeList =
  /\s*\{:\s*(?:toc|[.#][\w-]+|[\w-]+=(?:"[^"]*"|'[^']*')|\s)+\s*\}|\n\{(?:[.#][\w-]+|[\w-]+=(?:"[^"]*"|'[^']*')|\s)+\}\s*$/g;

function withoutAttributeLists(node: HastNode): HastNode {
  if (node.type === 'text') return { ...node, value: (node.value ?? '').replaceAll(attributeList, '') };
  if (isElement(node) && (node.tagName === 'code' || node.tagName === 'pre')) return node;
  return node.children ? { ...node, children: node.children.map(withoutAttributeLists) } : node;
}

/** How Hugo and Jekyll read Markdown; formulas, which no page here sets, are kept as code and named. */
export function extendedFeatures(hasMath: boolean, lost: Lost[]) {
  if (hasMath) lost.push({ what: 'math', detail: 'Formulas between $$ are kept as code: no page here sets them' });
  return {
    headingAttributes: true,
    definitionList: true,
    ...(hasMath && { math: { singleDollarTextMath: false } }),
  };
}

/** A link to what another host would show, or to a page. */
export const linked = (address: string, words = address): string =>
  `<a href="${escaped(address)}">${escaped(words)}</a>`;

/** Whether a place in a text is in fenced code. */
export function fencedIn(source: string): (at: number) => boolean {
  const code = fences(source);
  return (at) => code.some(([start, end]) => at >= start && at < end);
}

/** The line of a file on which a place in its text is, where the text begins on `first`. */
export const lineAt = (source: string, at: number, first: number): number =>
  first + source.slice(0, at).split('\n').length - 1;

/** Where the lines of fenced code begin and end. */
function fences(source: string): [start: number, end: number][] {
  const found: [number, number][] = [];
  let open: { sign: string; start: number } | undefined;
  let at = 0;
  for (const line of source.split('\n')) {
    const [, sign = '', rest = ''] = /^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (open === undefined) {
      if (sign && !(sign.startsWith('`') && rest.includes('`'))) open = { sign, start: at };
    } else if (sign.startsWith(open.sign) && !rest.trim()) {
      found.push([open.start, at + line.length]);
      open = undefined;
    }
    at += line.length + 1;
  }
  if (open) found.push([open.start, source.length]);
  return found;
}
