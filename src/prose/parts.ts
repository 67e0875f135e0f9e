import { escapeHTML, spreadAttributes, voidElementNames } from 'astro/runtime/server/index.js';
import type { HastNode } from 'satteri';
import { attributeValue, htmlTree, literal } from '#catalog/body.ts';
import type { StoredBody } from '#catalog/collections.ts';
import { momentOf } from '#site/moment.ts';
import { decoded } from '#site/url.ts';

/** A part of a body: HTML as it is, or a component with what is in it. */
export type Part = string | { component: string; props: Record<string, unknown>; parts: Part[] };

/** The components that stand for what Markdown has no element for. */
export interface Components {
  /** Those that an author may name. */
  vocabulary: ReadonlySet<string>;
  /** Those that stand for an element of Markdown, by its name. */
  elements: ReadonlySet<string>;
}

type PlainBody = Extract<StoredBody, { mdx: string }>;

/**
 * The parts of a body in which there is no code, as Astro's own MDX would render them: the same parser, anchors and
 * attributes. A picture of the entry is a part `img`. Nothing of it is run, and what is the same for every page is text
 * already. A link to a moment (`#t=1:30`) leads to that of the `recording`, if there is one. Throws an error with the place in the file, in the form that Astro shows.
 */
export function partsOf(
  { mdx, file, picture: pictureAt }: PlainBody,
  { vocabulary, elements }: Components,
  recording?: string,
): Part[] {
  const part = (node: HastNode): Part[] => {
    switch (node.type) {
      case 'text':
        return [escapeHTML(node.value)];
      case 'mdxFlowExpression':
      case 'mdxTextExpression':
        return [escapeHTML(String(literal(node.value)))];
      case 'element': {
        const { tagName, properties } = node;
        if (tagName === 'img' && isBeside(properties['src'])) return [picture(node)];
        const attributes = {
          ...Object.fromEntries(Object.entries(properties).map(htmlAttribute)),
          ...(tagName === 'a' && momentLink(properties['href'], recording)),
        };
        const parts = node.children.flatMap(part);
        return elements.has(tagName)
          ? [{ component: tagName, props: attributes, parts }]
          : element(tagName, attributes, parts);
      }
      case 'mdxJsxFlowElement':
      case 'mdxJsxTextElement': {
        const { name } = node;
        const props = Object.fromEntries(
          node.attributes.flatMap((each) => ('name' in each ? [[each.name, attributeValue(each.value)]] : [])),
        );
        if (name && /^[A-Z]/.test(name) && !vocabulary.has(name)) throw error(node, `There is no component <${name}>`);
        const parts = node.children.flatMap(part);
        if (!name) return parts;
        // A tag without attributes is the same to the compiler as what Markdown makes.
        const component = vocabulary.has(name) || (elements.has(name) && node.attributes.length === 0);
        return component ? [{ component: name, props, parts }] : element(name, props, parts);
      }
      default:
        throw error(node, `${node.type} cannot be rendered`);
    }
  };

  const picture = (node: HastNode & { type: 'element' }): Part => {
    const { src, ...props } = node.properties;
    const metadata = pictureAt(decoded(String(src)));
    if (!metadata) throw error(node, `There is no picture ${src}`);
    return { component: 'img', props: { ...props, src: metadata }, parts: [] };
  };

  const error = ({ position }: HastNode, what: string) => bodyError(what, file, position?.start);

  return joined((tree(mdx, file) as HastNode & { type: 'root' }).children.flatMap(part));
}

function tree(mdx: string, file: string): HastNode {
  try {
    return htmlTree(mdx).tree;
  } catch (error) {
    const { message } = error as Error;
    const [, line, column, said = message] = /^(\d+):(\d+):\s*([\s\S]*)$/.exec(message) ?? [];
    throw bodyError(said.replace(/ \((?:mdx|note)[^)]*\)$/, ''), file, {
      line: Number(line ?? 1),
      column: Number(column ?? 1),
    });
  }
}

/** A mistake in a body, in the form in which Astro shows one: its file takes the place of a stack. */
export function bodyError(what: string, file: string, place = { line: 1, column: 1 }): Error {
  const { line, column } = place;
  const error = new Error(`${file}:${line}: ${what}`);
  const stack = `MDXError: ${error.message}\n    at ${file}:${line}:${column}`;
  return Object.assign(error, { name: 'MDXError', stack, loc: { file, line, column } });
}

/** Without script, a browser plays a file from the moment that its address names (Media Fragments 1.0). */
function momentLink(href: unknown, recording: string | undefined): Record<string, unknown> {
  const hash = typeof href === 'string' && href.startsWith('#') ? href : '';
  const moment = momentOf({ search: '', hash });
  if (moment === undefined || recording === undefined) return {};
  return { href: `${recording}#t=${moment}`, 'data-moment': moment };
}

const isBeside = (src: unknown): src is string =>
  typeof src === 'string' && src !== '' && !src.startsWith('/') && !URL.canParse(src);

function element(name: string, attributes: Record<string, unknown>, parts: Part[]): Part[] {
  const open = `<${name}${spreadAttributes(attributes)}`;
  if (parts.length === 0 && voidElementNames.test(name)) return [`${open}/>`];
  return [`${open}>`, ...parts, `</${name}>`];
}

/** The attribute of HTML that a property of the parser's tree is. */
function htmlAttribute([property, value]: [string, unknown]): [string, unknown] {
  const name = attributeNames.get(property) ?? property.replace(/^(data|aria)(?=[A-Z])/, '$1-');
  if (property === 'style') return [name, String(value).replaceAll(/\s*([:;])\s*/g, '$1')];
  const dashed = name.startsWith('data-') ? name.replaceAll(/(?<!-)[A-Z]/g, '-$&') : name;
  return [dashed.toLowerCase(), Array.isArray(value) ? value.join(' ') : value];
}

const attributeNames = new Map([
  ['className', 'class'],
  ['htmlFor', 'for'],
]);

/** Texts that follow one another as one. */
function joined(parts: readonly Part[]): Part[] {
  const whole: Part[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (typeof part !== 'string') whole.push({ ...part, parts: joined(part.parts) });
    else if (typeof last === 'string') whole[whole.length - 1] = last + part;
    else whole.push(part);
  }
  return whole;
}
