import { isPrivateHost } from '#authoring/silent-losses.ts';

/** A node of Markdown (mdast), or a component of the vocabulary. */
export interface MdNode {
  type: string;
  value?: string;
  name?: string;
  attributes?: Record<string, string | undefined>;
  children?: MdNode[];
  [more: string]: unknown;
}

const lines = new Set([
  'text',
  'emphasis',
  'strong',
  'delete',
  'link',
  'inlineCode',
  'break',
  'image',
  'footnoteReference',
]);
const marks = new Set(['emphasis', 'strong', 'delete']);

/** A tree in which nothing is marked that is not there, and in which what stands alone is no part of a line. */
export function mended(node: MdNode): MdNode {
  if (!node.children) return node;
  const children = node.children.flatMap((child) => mendedChild(mended(child), node.type)).flatMap(withLinks(node));
  const isFlow = ['root', 'blockquote', 'listItem', 'component', 'footnoteDefinition'].includes(node.type);
  if (isFlow) return { ...node, children: flow(children) };
  return { ...node, children: isLine(node) ? joined(children) : children };
}

/**
 * An address that stands in a text is a link to readers (GitHub Flavored Markdown, autolinks). One with a sign in it, or right
 * behind it, that Markdown has to escape would swallow the escape: it is written as a link. One of a machine of its author's
 * own leads no reader anywhere: it is written as code.
 */
const withLinks =
  ({ type: parent }: MdNode) =>
  (node: MdNode): MdNode[] => {
    if (node.type !== 'text' || parent === 'link') return [node];
    const text = (value: string): MdNode => ({ type: 'text', value });
    const parts = (node.value ?? '').split(/((?:\bhttps?:\/\/|\bwww\.)[^\s<>{}"]*[\p{L}\p{N}/=&_#\]-])/giu);
    return parts
      .flatMap((value, i): MdNode[] => {
        if (i % 2 === 0) return [text(value)];
        const host = /^https?:\/\/(\[[^\]]*\]|[\w.-]+)/i.exec(value)?.[1] ?? '';
        const [, own = '', rest = ''] = /^([!-~]+)(.*)$/s.exec(value) ?? [];
        if (isPrivateHost(host)) return [{ type: 'inlineCode', value: own }, text(rest)];
        if (!/[&_*~\\`[\]]/.test(value) && !/^\S*[<{}]/.test(parts.slice(i + 1).join(''))) return [text(value)];
        const url = value.replace(/^www\./i, 'http://$&');
        return [{ type: 'link', url, title: null, children: [text(value)] }];
      })
      .filter(({ type, value }) => type !== 'text' || value !== '');
  };

const isLine = ({ type }: MdNode) => lines.has(type) || ['paragraph', 'heading', 'tableCell'].includes(type);

function mendedChild(child: MdNode, parent: string): MdNode[] {
  const { type, children = [] } = child;
  if (marks.has(type)) {
    // A mark inside of the same, or of a heading, says nothing.
    if (parent === type || (type === 'strong' && parent === 'heading')) return children;
    return outside(child);
  }
  // Code of several lines is a block of them, where there is room for one.
  if (type === 'inlineCode' && /\n/.test(child.value?.trim() ?? ''))
    return parent === 'paragraph' || parent === 'root' || parent === 'listItem'
      ? [{ type: 'code', lang: null, value: (child.value ?? '').replaceAll(/^\n+|\s+$/g, '') }]
      : [{ ...child, value: (child.value ?? '').replaceAll(/\s+/g, ' ').trim() }];
  if (type === 'link') return children.length === 0 ? [] : outside(child);
  if (type === 'paragraph' || type === 'heading') {
    const inner = trimmed(children);
    if (inner.length === 0) return [];
    // A heading of pictures alone is no heading.
    if (type === 'heading' && inner.every((each) => each.type === 'image'))
      return [{ type: 'paragraph', children: inner }];
    return inner.some((each) => !lines.has(each.type))
      ? parted({ ...child, children: inner })
      : [{ ...child, children: inner }];
  }
  if (type === 'blockquote' || type === 'list') return children.length === 0 ? [] : [child];
  if (type === 'listItem' && parent === 'list') return children.length === 0 ? [] : [child];
  if (type === 'component' && children.length === 0 && ['Callout', 'PullQuote', 'Figure'].includes(child.name ?? ''))
    return [];
  if (parent === 'tableCell' && !lines.has(type)) return inLine(child);
  return [child];
}

/** A block in the words of a line: a cell of a table has no room for more. */
function inLine(node: MdNode): MdNode[] {
  if (lines.has(node.type)) return [node];
  const { title, youtube, vimeo, src } = node.attributes ?? {};
  const film = youtube ? `https://www.youtube.com/watch?v=${youtube}` : vimeo ? `https://vimeo.com/${vimeo}` : src;
  const words: MdNode[] = title ? [{ type: 'text', value: title }] : [];
  const named: MdNode[] = film ? [{ type: 'link', url: film, title: null, children: words }] : words;
  const own: MdNode[] = node.value ? [{ type: 'inlineCode', value: node.value.replaceAll(/\s+/g, ' ').trim() }] : [];
  const inner = [...named, ...own, ...(node.children ?? []).flatMap(inLine)];
  return inner.length > 0 ? [...inner, { type: 'text', value: ' ' }] : [];
}

/** Spaces at the ends of what is marked stand outside of the mark; a mark of nothing is none. */
function outside(node: MdNode): MdNode[] {
  const children = node.children ?? [];
  const text = (value: string): MdNode[] => (value ? [{ type: 'text', value }] : []);
  const first = children[0];
  const before = first?.type === 'text' ? (/^\s+/.exec(first.value ?? '')?.[0] ?? '') : '';
  const inner = before
    ? [{ ...first, value: (first?.value ?? '').slice(before.length) } as MdNode, ...children.slice(1)]
    : [...children];
  const last = inner.at(-1);
  const after = last?.type === 'text' ? (/\s+$/.exec(last.value ?? '')?.[0] ?? '') : '';
  if (after && last) inner[inner.length - 1] = { ...last, value: (last.value ?? '').slice(0, -after.length) };
  const trailing: MdNode[] = [];
  while (inner.at(-1)?.type === 'break') trailing.unshift(inner.pop() as MdNode);
  const leading: MdNode[] = [];
  while (inner[0]?.type === 'break') leading.push(inner.shift() as MdNode);
  const kept = inner.filter((each) => !(each.type === 'text' && each.value === ''));
  const isMarked = kept.length > 0;
  // Nothing but pictures is neither bold nor slanted.
  const isPlain = marks.has(node.type) && kept.every((each) => each.type === 'image');
  return [
    ...text(before),
    ...leading,
    ...(isMarked ? (isPlain ? kept : [{ ...node, children: kept }]) : []),
    ...trailing,
    ...text(after),
  ];
}

/** Neighbours that are one text, or marked alike. */
export function joined(children: readonly MdNode[]): MdNode[] {
  const found: MdNode[] = [];
  for (const child of children) {
    const last = found.at(-1);
    if (last?.type === 'text' && child.type === 'text') last.value = `${last.value ?? ''}${child.value ?? ''}`;
    else if (last && last.type === child.type && marks.has(child.type))
      last.children = joined([...(last.children ?? []), ...(child.children ?? [])]);
    else found.push({ ...child });
  }
  return found.map((each) =>
    each.type === 'text' ? { ...each, value: (each.value ?? '').replaceAll(/[ \t]{2,}/g, ' ') } : each,
  );
}

function trimmed(children: readonly MdNode[]): MdNode[] {
  const isNothing = (node: MdNode | undefined) =>
    node !== undefined && (node.type === 'break' || (node.type === 'text' && node.value?.trim() === ''));
  const inner = joined(children);
  while (isNothing(inner[0])) inner.shift();
  while (isNothing(inner.at(-1))) inner.pop();
  const [first, last] = [inner[0], inner.at(-1)];
  if (first?.type === 'text') first.value = first.value?.trimStart() ?? '';
  if (last?.type === 'text') last.value = last.value?.trimEnd() ?? '';
  return inner;
}

/** A line with something in it that stands on lines of its own: what is before, that, and what follows. */
const parted = (node: MdNode): MdNode[] => linesOf(node.children ?? [], (children) => ({ ...node, children }));

/** Children of a block that are lines stand in a paragraph. */
const flow = (children: readonly MdNode[]): MdNode[] =>
  linesOf(children, (inner) => ({ type: 'paragraph', children: inner }));

/** What stands in lines, each run of it put into a node of its own; the rest as it is. */
function linesOf(children: readonly MdNode[], wrapped: (line: MdNode[]) => MdNode): MdNode[] {
  const parts: MdNode[] = [];
  let line: MdNode[] = [];
  const end = () => {
    const inner = trimmed(line);
    if (inner.length > 0) parts.push(wrapped(inner));
    line = [];
  };
  for (const child of children) {
    if (lines.has(child.type)) line.push(child);
    else {
      end();
      parts.push(child);
    }
  }
  end();
  return parts;
}
