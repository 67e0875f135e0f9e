import { type HastNode, type HastPluginInput, mdxToHast, mdxToMdast } from 'satteri';
import { type TextLength, textLength } from '#site/reading-time.ts';
import { headingNames, headingsPlugin, isEmptyHeading, Outline } from './headings.ts';
import { tableHead, tablesPlugin } from './tables.ts';

/** What there is to know of a body without rendering it. */
export interface BodyFacts extends TextLength {
  /** Another one for any other text, and for any other bytes of a picture in it. */
  digest: string;
  /** What its components name, by slug. */
  mentions: { people: string[]; episodes: string[]; whitepapers: string[] };
  /** The films that it plays from files beside the entry, as the `./` paths that it names. */
  films: string[];
  /** Whether it imports or computes something. */
  hasCode: boolean;
  /** Its sections, where it is long enough for a table of contents. */
  contents: Heading[];
}

/** A heading of a body, by its anchor on the page. */
export interface Heading {
  id: string;
  title: string;
}

/** From so many words and sections on, a text has a table of contents: it is longer than four screens of a desktop. */
const longText = { words: 800, sections: 3 };

export const emptyBody: BodyFacts = {
  digest: '',
  words: 0,
  characters: 0,
  mentions: { people: [], episodes: [], whitepapers: [] },
  films: [],
  hasCode: false,
  contents: [],
};

/** A node of a parsed MDX file, as far as this site looks into it. */
export interface ProseNode {
  type: string;
  name?: string | null;
  value?: string;
  url?: string;
  alt?: string | null;
  attributes?: { type: string; name?: string; value?: unknown }[];
  children?: ProseNode[];
  position?: { start: { line: number; column: number } };
}

/** Every node of an MDX text, in reading order. Throws what the parser throws. */
export function proseNodes(mdx: string): ProseNode[] {
  const nodes: ProseNode[] = [];
  const walk = (node: ProseNode) => {
    nodes.push(node);
    node.children?.forEach(walk);
  };
  walk(mdxToMdast(mdx) as ProseNode);
  return nodes;
}

/**
 * The tree of the HTML that an MDX text becomes, as Astro reads it, with anchors and the headings of its sections. Throws
 * what the parser throws.
 */
export function htmlTree(
  mdx: string,
  { position = true } = {},
): { tree: HastNode; anchors: string[]; sections: Heading[] } {
  const tree = mdxToHast(mdx, { features: { smartPunctuation: true }, position });
  const outline = new Outline();
  const anchors: string[] = [];
  const sections: Heading[] = [];
  const walk = (node: HastNode) => {
    if (node.type === 'element' && headingNames.includes(node.tagName)) {
      const words = textOf(node);
      const id = String(node.properties['id'] ?? outline.anchor(words));
      node.properties['id'] = id;
      node.tagName = outline.level(node.tagName);
      anchors.push(id);
      if (node.tagName === 'h2') sections.push({ id, title: words });
    } else if (isTag(node) && headingNames.includes(node.name ?? '')) node.name = outline.level(node.name ?? '');
    if ('children' in node) {
      node.children = node.children.flatMap((child) =>
        isEmptyHeading(child) ? [] : (tableHead(child) ?? []),
      ) as typeof node.children;
      node.children.forEach(walk);
    }
  };
  walk(tree);
  return { tree, anchors, sections };
}

/** What `htmlTree` makes of headings and tables, for a text that Astro compiles: to be run before its own anchors. */
export const textPlugins: HastPluginInput[] = [headingsPlugin, tablesPlugin];

const isTag = (node: HastNode) => node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';

const textOf = (node: HastNode): string =>
  'children' in node ? node.children.map(textOf).join('') : 'value' in node ? node.value : '';

/** The attribute `name` of a component, where it is plain text. */
export function attribute(node: ProseNode, name: string): string | undefined {
  const value = node.attributes?.find((each) => each.name === name)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The components that a body imports, which go before those of the vocabulary. */
export const importedNames = (nodes: readonly ProseNode[]): ReadonlySet<string> =>
  new Set(nodes.filter(({ type }) => type === 'mdxjsEsm').flatMap(({ value }) => value?.match(/[A-Z]\w*/g) ?? []));

/** The table of contents of a text of so many words: none of a short one. */
export const contentsOf = (sections: Heading[], words: number): Heading[] =>
  words >= longText.words && sections.length >= longText.sections ? sections : [];

/** What its nodes say of a body; its digest is for whoever has read its pictures. */
export function bodyFacts(nodes: readonly ProseNode[]): Omit<BodyFacts, 'digest' | 'contents'> {
  const imported = importedNames(nodes);
  const named = (components: string[], name: string) => {
    const using = nodes.filter(({ name = '' }) => components.includes(name ?? '') && !imported.has(name ?? ''));
    return [...new Set(using.flatMap((node) => attribute(node, name) ?? []))];
  };
  const texts = nodes.filter(({ type }) => type === 'text' || type === 'inlineCode' || type === 'code');
  return {
    ...textLength(texts.map(({ value }) => value).join('\n')),
    mentions: {
      people: named(['Line', 'PullQuote'], 'who'),
      episodes: named(['EpisodeCard'], 'slug'),
      whitepapers: named(['WhitepaperCard'], 'slug'),
    },
    films: named(['Video'], 'src').filter((src) => src.startsWith('./')),
    hasCode: nodes.some(isCode),
  };
}

/**
 * Whether a node is run, as JavaScript or by Astro. What is not is text, elements, and components whose attributes are
 * plain: a body of those is rendered from its tree.
 */
function isCode({ type, name, value = '', attributes = [] }: ProseNode): boolean {
  if (type === 'mdxjsEsm') return true;
  if (type === 'mdxFlowExpression' || type === 'mdxTextExpression') return literal(value) === undefined;
  return /^(?:script|style)$|[-.:]/.test(name ?? '') || attributes.some(isComputed);
}

function isComputed({ type, name = '', value }: NonNullable<ProseNode['attributes']>[number]): boolean {
  if (type !== 'mdxJsxAttribute' || name.includes(':') || ownNames.has(name)) return true;
  return attributeValue(value) === undefined;
}

/** Attributes that JSX or Astro take for themselves. */
const ownNames = new Set(['children', 'key', 'ref', 'slot']);

/** The value of an attribute, where it is plain text, a literal in braces, or none, which is `true`. */
export function attributeValue(value: unknown): string | number | boolean | undefined {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value;
  const { value: source } = value as { value?: unknown };
  const written = typeof source === 'string' ? source.trim() : '';
  if (written === 'true' || written === 'false') return written === 'true';
  return written && !comments.test(written) ? literal(written) : undefined;
}

/** The value of an expression that is no more than a text or a number; of one that is all comment the empty text. */
export function literal(source: string): string | number | undefined {
  const written = source.trim();
  if (comments.test(written)) return '';
  if (/^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(written)) return Number(written);
  const [, single, double, template] = /^(?:'([^'\\\n]*)'|"([^"\\\n]*)"|`([^`\\$\r]*)`)$/.exec(written) ?? [];
  return single ?? double ?? template;
}

const comments = /^(?:\s|\/\*(?:[^*]|\*(?!\/))*\*\/|\/\/[^\n]*(?:\n|$))*$/;
