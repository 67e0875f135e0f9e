import { parse, type AtRule, type ChildNode, type Container } from 'postcss';

/** A part of a stylesheet with what a page must have for it to apply. */
type Part =
  /** `@layer a, b;` and what else orders others. */
  | { kind: 'order'; text: string }
  | { kind: 'group'; opening: string; parts: Part[] }
  /** Each selector by the classes, ids, attributes and elements that it asks for. */
  | { kind: 'rule'; text: string; selectors: string[][] }
  /** What others call by its name: `@keyframes`, `@property`. */
  | { kind: 'named'; text: string; name: string };

/**
 * The site's stylesheet in two: what every page has in its own HTML, so that it is painted from its first bytes, and the
 * rest, which comes after. A page's part has all that is said of elements alone (the layers `theme` and `base`), and those
 * of the other rules whose classes, ids, attributes and elements it has; what a script adds later, a pointer or the
 * keyboard brings out, and what is for paper, is in the rest.
 */
export class FirstStyles {
  /** The stylesheet without what every page has. */
  readonly rest: string;
  readonly #common: string;
  readonly #parts: Part[];

  /** `css` is what the bundler wrote: without nested rules, each layer as a block of its own. */
  constructor(css: string) {
    const root = parse(css);
    const isCommon = (node: ChildNode) => node.type === 'atrule' && node.name === 'layer' && common.has(node.params);
    this.#common = order + root.nodes.filter(isCommon).join('');
    root.nodes = root.nodes.filter((node) => !isCommon(node) && !isForOld(node));
    this.rest = root.toString();
    this.#parts = partsOf(root);
  }

  of(html: string): string {
    const has = namesIn(html);
    const text = written(this.#parts, (selectors) => selectors.some((names) => names.every((name) => has.has(name))));
    return this.#common + text + named(this.#parts, text);
  }
}

const common = new Set(['theme', 'base']);
/** What browsers without `@property` begin with: those that know the colours of the site, `light-dark()`, have it. */
const isForOld = (node: ChildNode) => node.type === 'atrule' && node.name === 'layer' && node.params === 'properties';
/** As site.css has it: the rest comes later than the layers that it stands behind. */
const order = '@layer theme,base,components,utilities;';

function partsOf(container: Container<ChildNode>): Part[] {
  return (container.nodes ?? []).flatMap((node): Part[] => {
    if (node.type === 'rule') {
      const selectors = node.selectors.filter((selector) => !later.test(selector));
      return selectors.length === 0 ? [] : [{ kind: 'rule', text: node.toString(), selectors: selectors.map(namesOf) }];
    }
    if (node.type !== 'atrule') return [];
    return partOf(node);
  });
}

function partOf(node: AtRule): Part[] {
  const { name, params, nodes } = node;
  if (name === 'media' && laterMedia.test(params)) return [];
  if (nodes === undefined) return [{ kind: 'order', text: `${node.toString()};` }];
  if (name === 'property' || name.endsWith('keyframes'))
    return [{ kind: 'named', text: node.toString(), name: params }];
  if (name === 'page') return [];
  if (name === 'font-face') return [{ kind: 'rule', text: node.toString(), selectors: [[]] }];
  return [{ kind: 'group', opening: `@${name} ${params}`, parts: partsOf(node) }];
}

/** What nobody sees before they have done something, and what is not on a screen, or on few: it can wait. */
const later = /(?<!\\):(?:hover|focus|active|target|:highlight)/;
const laterMedia = /^\s*(?:print|\((?:hover:\s*hover|forced-colors:\s*active|prefers-reduced-motion:[^)]*)\))\s*$/;

function written(parts: readonly Part[], applies: (selectors: string[][]) => boolean): string {
  return parts
    .map((part) => {
      if (part.kind === 'order') return part.text;
      if (part.kind === 'rule') return applies(part.selectors) ? part.text : '';
      if (part.kind === 'named') return '';
      const inside = written(part.parts, applies);
      return inside && `${part.opening}{${inside}}`;
    })
    .join('');
}

const named = (parts: readonly Part[], by: string): string =>
  parts
    .map((part) => {
      if (part.kind === 'group') return named(part.parts, by);
      return part.kind === 'named' && by.includes(part.name) ? part.text : '';
    })
    .join('');

/**
 * What a selector asks a page to have. What it asks by a function (`:is()`, `:not()`, `:has()`) counts as given: a rule too
 * many costs a few bytes, one too few a page that is painted twice.
 */
function namesOf(selector: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const { 0: all, groups: { name, attribute, element } = {} } of selector.matchAll(tokens)) {
    if (all === '(') depth += 1;
    else if (all === ')') depth -= 1;
    else if (depth > 0) continue;
    else if (name !== undefined) names.push(name.replaceAll(/\\([\da-f]{1,6}) ?|\\(.)/gi, unescapedSign));
    else if (attribute !== undefined) names.push(`[${attribute.toLowerCase()}`);
    else if (element !== undefined) names.push(element.toLowerCase());
  }
  return names;
}

/** An escaped character of a name, by its number or as it is (CSS Syntax Level 3, section 4.3.7). */
const unescapedSign = (_: string, hex: string | undefined, sign: string) =>
  hex === undefined ? sign : String.fromCodePoint(Number.parseInt(hex, 16));

const tokens =
  /(?<name>[.#](?:\\[\da-f]{1,6} ?|\\.|[\w-]|[\u0080-\uffff])+)|\[(?<attribute>[\w-]+)(?:"[^"]*"|'[^']*'|[^\]"'])*\]|::?[\w-]+|(?<element>[a-z][\w-]*)|[^]/gi;

/** The classes, ids, attributes and elements of a page, as {@link namesOf} writes them. */
function namesIn(html: string): Set<string> {
  const names = new Set<string>();
  for (const [, element = '', attributes = ''] of html.matchAll(/<([a-z][\w-]*)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)/gi)) {
    names.add(element.toLowerCase());
    for (const [, name = '', value = ''] of attributes.matchAll(/\s([^\s=>/]+)(?:="([^"]*)")?/g)) {
      names.add(`[${name.toLowerCase()}`);
      if (name === 'id') names.add(`#${value}`);
      if (name === 'class') for (const each of unescaped(value).split(/\s+/)) names.add(`.${each}`);
    }
  }
  return names;
}

const signs: Record<string, string> = {
  '&amp;': '&',
  '&gt;': '>',
  '&lt;': '<',
  '&quot;': '"',
  '&#39;': "'",
  '&#34;': '"',
};
const unescaped = (text: string) => text.replaceAll(/&(?:amp|[gl]t|quot|#3[49]);/g, (sign) => signs[sign] ?? sign);
