/** A node of HTML (hast), as far as cleaning it takes. */
export interface HastNode {
  type: string;
  value?: string;
  children?: HastNode[];
}

export interface Element extends HastNode {
  type: 'element';
  tagName: string;
  properties: Record<string, unknown>;
  children: HastNode[];
}

export const isElement = (node: HastNode): node is Element => node.type === 'element';

/** A node and all in it, in the order of the text. */
export function* walk(node: HastNode | undefined): Generator<HastNode> {
  if (!node) return;
  yield node;
  for (const child of node.children ?? []) yield* walk(child);
}

/** What is dropped with all that is in it; those that say something to readers are named. */
const dropped = new Map([
  ['script', 'a script'],
  ['style', ''],
  ['template', ''],
  ['link', ''],
  ['meta', ''],
  ['title', ''],
  ['base', ''],
  ['noscript', ''],
  ['canvas', 'a drawing by script'],
  ['svg', 'a drawing inside the text'],
  ['math', ''],
]);

const formParts = new Set([
  'input',
  'button',
  'select',
  'textarea',
  'option',
  'label',
  'fieldset',
  'legend',
  'datalist',
]);

const blocks = new Set(
  [
    'address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6',
    'header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul video audio iframe object embed',
  ].flatMap((names) => names.split(' ')),
);

/** What stands in a line of text, and may have blocks in it by mistake. */
const inlines = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var'.split(
    ' ',
  ),
);

interface Finding {
  lose: (what: string, detail: string) => void;
}

/** A text without what no author would have written: scripts, forms, blocks inside of lines, lines of nothing but a break. */
export function cleaned(root: HastNode, { lose }: Finding): HastNode {
  const tree = cleanedNode(root, lose)[0] ?? { type: 'root', children: [] };
  const hasFirst = [...walk(tree)].some((node) => isElement(node) && node.tagName === 'h1');
  if (hasFirst)
    for (const node of walk(tree)) {
      const rank = isElement(node) ? /^h([1-5])$/.exec(node.tagName)?.[1] : undefined;
      if (rank) (node as Element).tagName = `h${Number(rank) + 1}`;
    }
  return tree;
}

function cleanedNode(node: HastNode, lose: Finding['lose']): HastNode[] {
  if (node.type === 'text') return [{ ...node, value: cleanedText(node.value ?? '') }];
  if (node.type === 'comment' || node.type === 'doctype' || node.type === 'raw') return [];
  if (node.type === 'root') {
    const children = splitBreaks((node.children ?? []).flatMap((child) => cleanedNode(child, lose)));
    return [{ ...node, children }];
  }
  if (!isElement(node)) return [];
  const { tagName, properties } = node;
  const named = dropped.get(tagName);
  if (named !== undefined) {
    const words =
      tagName === 'noscript' || tagName === 'math' ? node.children.flatMap((child) => cleanedNode(child, lose)) : [];
    if (tagName === 'math') lose('math', 'a formula in MathML: its signs are kept as text');
    else if (named) lose(tagName === 'script' ? 'script' : 'drawing', named + detailOf(node));
    // What a drawing says is text as well.
    return tagName === 'svg'
      ? node.children.flatMap((child) => cleanedNode(child, lose)).filter((each) => each.type === 'text')
      : words;
  }
  const children = node.children.flatMap((child) => cleanedNode(child, lose));
  if (tagName === 'form') {
    lose(
      'form',
      `a form${properties['action'] ? ` that sends to ${String(properties['action'])}` : ''}: its words are kept, its fields are not`,
    );
    return [{ ...node, tagName: 'div', properties: {}, children } as Element];
  }
  if (formParts.has(tagName) && !(tagName === 'input' && properties['type'] === 'checkbox')) {
    if (tagName === 'input' || tagName === 'textarea') return [];
    return [{ ...node, tagName: 'span', properties: {}, children } as Element];
  }
  const own: Element = { ...node, properties, children };
  if (tagName === 'sup' || tagName === 'sub') return [raised(own, lose)];
  // Lines that old editors centred or aligned are lines.
  if (tagName === 'center' || tagName === 'nav' || tagName === 'header' || tagName === 'footer') own.tagName = 'div';
  // A gallery is a list for its style alone.
  const isGallery = [properties['className'] ?? []].flat().some((name) => String(name).startsWith('blocks-gallery-'));
  if (isGallery && /^(?:ul|li)$/.test(tagName)) own.tagName = 'div';
  if (inlines.has(own.tagName)) return pushedDown(own);
  if (blocks.has(own.tagName) && own.tagName !== 'pre') own.children = splitBreaks(own.children);
  if (/^(?:p|h[1-6]|div)$/.test(own.tagName) && isEmpty(own)) return [];
  return [own];
}

/** What no page can hold is taken out, and spaces that hold words apart for the eye alone are spaces. */
const cleanedText = (value: string) =>
  value
    .replaceAll('\u00A0', ' ')
    .replaceAll(/[\u200B\uFEFF\u00AD\u2060]/g, '')
    .replaceAll(/(?![\n\t])\p{Cc}|\p{Noncharacter_Code_Point}/gu, '')
    .replaceAll(/[\u2028\u2029]/g, '\n')
    .toWellFormed();

const detailOf = (node: Element) => (node.properties['src'] ? ` of ${String(node.properties['src'])}` : '');

const isEmpty = (node: HastNode): boolean =>
  ![...walk(node)].some(
    (each) =>
      (each.type === 'text' && each.value?.trim() !== '') ||
      (isElement(each) && /^(?:img|video|audio|iframe|object|embed|hr|input)$/.test(each.tagName)),
  );

/** What a line has blocks in goes into each of the lines of these blocks: `<b><p>a</p><p>b</p></b>`. */
function pushedDown(node: Element): HastNode[] {
  if (isEmpty(node) && !node.children.some((each) => isElement(each) && each.tagName === 'br'))
    // The space of an empty word still keeps its neighbours apart.
    return textOf(node) === '' ? [] : [{ type: 'text', value: ' ' }];
  const isBlock = (each: HastNode) => isElement(each) && blocks.has(each.tagName);
  if (!node.children.some(isBlock)) return [node];
  const parts: HastNode[] = [];
  let line: HastNode[] = [];
  const end = () => {
    if (line.length > 0) parts.push({ ...node, children: line } as Element);
    line = [];
  };
  for (const child of node.children) {
    if (!isElement(child) || !blocks.has(child.tagName)) line.push(child);
    else {
      end();
      const isRigid = /^(?:table|tbody|thead|tfoot|tr|ul|ol|dl|pre|video|audio|iframe|object|embed|hr|figure)$/.test(
        child.tagName,
      );
      parts.push(isRigid ? child : { ...child, children: pushedDown({ ...node, children: child.children }) });
    }
  }
  end();
  return parts.filter((part) => !(isElement(part) && part.tagName === node.tagName && isEmpty(part)));
}

/** Two breaks, or more, part paragraphs; one at the end or beginning of a block does nothing. */
function splitBreaks(children: HastNode[]): HastNode[] {
  const isBreak = (node: HastNode | undefined) => node !== undefined && isElement(node) && node.tagName === 'br';
  const isSpace = (node: HastNode | undefined) => node?.type === 'text' && node.value?.trim() === '';
  const isBlock = (node: HastNode) => isElement(node) && blocks.has(node.tagName);
  const lines: HastNode[][] = [[]];
  let isParted = false;
  for (let i = 0; i < children.length; i += 1) {
    const child = children[i] as HastNode;
    if (!isBreak(child)) {
      lines.at(-1)?.push(child);
      continue;
    }
    let next = i + 1;
    let count = 1;
    while (isBreak(children[next]) || (isSpace(children[next]) && isBreak(children[next + 1]))) {
      if (isBreak(children[next])) count += 1;
      next += 1;
    }
    if (count > 1) {
      isParted = true;
      lines.push([]);
    } else lines.at(-1)?.push(child);
    i = next - 1;
  }
  const trimmed = lines.map((line) => {
    let [from, to] = [0, line.length];
    while (
      from < to &&
      (isBreak(line[from]) || isSpace(line[from])) &&
      line.slice(from, to).some(isBreak) &&
      !hasTextBefore(line, from)
    )
      from += 1;
    while (to > from && isBreak(line.slice(from, to).findLast((each) => !isSpace(each)))) to -= 1;
    return line.slice(from, to).filter((each, i, all) => !isBreak(each) || !touchesBlock(all, i, isBlock, isSpace));
  });
  if (!isParted) return trimmed[0] ?? [];
  return trimmed.flatMap((line) => {
    if (line.every((each) => isSpace(each))) return [];
    if (line.some(isBlock)) return line;
    return [{ type: 'element', tagName: 'p', properties: {}, children: line } as Element];
  });
}

const hasTextBefore = (line: readonly HastNode[], at: number) =>
  line.slice(0, at).some((each) => !(each.type === 'text' && each.value?.trim() === ''));

function touchesBlock(
  line: readonly HastNode[],
  at: number,
  isBlock: (node: HastNode) => boolean,
  isSpace: (node: HastNode | undefined) => boolean,
): boolean {
  const before = line.slice(0, at).findLast((each) => !isSpace(each));
  const after = line.slice(at + 1).find((each) => !isSpace(each));
  return (before !== undefined && isBlock(before)) || (after !== undefined && isBlock(after));
}

const high: Readonly<Record<string, string>> = {
  ...{
    0: '⁰',
    1: '¹',
    2: '²',
    3: '³',
    4: '⁴',
    5: '⁵',
    6: '⁶',
    7: '⁷',
    8: '⁸',
    9: '⁹',
    '+': '⁺',
    '-': '⁻',
    '−': '⁻',
    '=': '⁼',
  },
  ...{ '(': '⁽', ')': '⁾', n: 'ⁿ', i: 'ⁱ' },
};
const low: Readonly<Record<string, string>> = {
  ...{
    0: '₀',
    1: '₁',
    2: '₂',
    3: '₃',
    4: '₄',
    5: '₅',
    6: '₆',
    7: '₇',
    8: '₈',
    9: '₉',
    '+': '₊',
    '-': '₋',
    '−': '₋',
    '=': '₌',
  },
  ...{ '(': '₍', ')': '₎' },
};

/** The raised number of a note at the foot of a text, as parsers of Markdown and WordPress (6.3) write it. */
export const isFootnoteReference = (node: HastNode): boolean =>
  isElement(node) &&
  node.tagName === 'sup' &&
  (node.properties['dataFn'] !== undefined ||
    node.children.some((each) => isElement(each) && each.properties['dataFootnoteRef'] !== undefined));

/** Raised and lowered signs have letters of their own; ordinals and marks are words as they are. */
function raised(node: Element, lose: Finding['lose']): HastNode {
  if (isFootnoteReference(node)) return node;
  const words = textOf(node).trim();
  const hasLink = [...walk(node)].some((each) => isElement(each) && (each.tagName === 'a' || each.tagName === 'img'));
  const letters = node.tagName === 'sup' ? high : low;
  if (!hasLink && words && [...words].every((letter) => letters[letter]))
    return { type: 'text', value: [...words].map((letter) => letters[letter]).join('') };
  if (!hasLink && words && !/^(?:st|nd|rd|th|e|er|re|ème|o|a|tm|™|®|©)$/i.test(words))
    lose('raised', `“${words}” stood ${node.tagName === 'sup' ? 'above' : 'below'} the line, and is in it now`);
  return { ...node, tagName: 'span' } as Element;
}

/** The text of a node; blocks and breaks part lines. */
export function textOf(node: HastNode): string {
  if (node.type === 'text') return node.value ?? '';
  const inner = (node.children ?? []).map(textOf).join('');
  if (!isElement(node)) return inner;
  if (node.tagName === 'br') return '\n';
  if (/^(?:td|th)$/.test(node.tagName)) return `${inner}\t`;
  return blocks.has(node.tagName) ? `\n${inner}\n` : inner;
}

/** A text in which nothing is a tag or an entity. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
