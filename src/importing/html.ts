import GithubSlugger from 'github-slugger';
import { defaultHandlers, type Handle, toMdast } from 'hast-util-to-mdast';
import { gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { type Options, toMarkdown } from 'mdast-util-to-markdown';
import { htmlToHast, markdownToHtml } from 'satteri';
import { isPrivateHost } from '#authoring/silent-losses.ts';
import type { Lost, Text } from './archive.ts';
import { cleaned, type Element, type HastNode, isElement, isFootnoteReference, textOf, walk } from './clean-html.ts';
import { filmOf } from './embeds.ts';
import { mended, type MdNode } from './clean-mdast.ts';

/** What a text needs to know of what lies around it. */
export interface Surroundings {
  /** What the site calls the address of a picture (`./name.jpg`), and the words that stand for it; undefined where there is none. */
  picture: (address: string) => { src: string; alt?: string | undefined } | undefined;
  /** Where a link leads on the new site: undefined where it stays as it is, null where its words alone stay. */
  link: (address: string) => string | null | undefined;
  /** What a film is called that has no name. */
  title: string;
}

export interface Mdx {
  /** Without front matter; ends in a line break where there is something. */
  text: string;
  lost: Lost[];
}

/**
 * A text as an author of this site would have written it: Markdown, with components of the vocabulary where Markdown has
 * nothing. Every word of it stays; what else is not kept is named.
 */
export function mdxOf(text: Text, surroundings: Surroundings): Mdx {
  const lost: Lost[] = [];
  const lose = (what: string, detail: string) => void lost.push({ what, detail });
  const root = cleaned(treeOf(text), { lose });
  const absolute = (address: string) => absoluteAddress(address, text.base);
  const tree = toMdast(root as Parameters<typeof toMdast>[0], {
    document: true,
    handlers: handlers({ ...surroundings, absolute, lose, anchors: headingAnchors(root) }),
  }) as MdNode;
  const body = toMarkdown(mended(tree) as Parameters<typeof toMarkdown>[0], markdownOptions);
  return { text: body.trim() === '' ? '' : body, lost };
}

/** The addresses that a text names: of pictures, which are fetched, and of links. */
export function addressesIn(text: Text): { pictures: string[]; links: string[] } {
  const [pictures, links] = [new Set<string>(), new Set<string>()];
  for (const node of walk(treeOf(text))) {
    if (!isElement(node)) continue;
    const named = node.tagName === 'img' ? sourceOf(node) : undefined;
    if (named) pictures.add(absoluteAddress(named, text.base));
    const href = node.tagName === 'a' ? node.properties['href'] : undefined;
    if (typeof href === 'string') links.add(absoluteAddress(href, text.base));
  }
  return { pictures: [...pictures], links: [...links] };
}

/** What a text says, without any form: for summaries. Blocks are apart by a line break. */
export const plainText = (text: Text): string => textOf(withoutFootnotes(cleaned(treeOf(text), { lose: () => {} })));

/** Notes below a text are no part of what it says in short. */
const withoutFootnotes = (node: HastNode): HastNode =>
  node.children
    ? { ...node, children: node.children.filter((each) => !isFootnote(each)).map((each) => withoutFootnotes(each)) }
    : node;

const isFootnote = (node: HastNode): boolean =>
  isElement(node) && (node.properties['dataFootnotes'] !== undefined || isFootnoteReference(node));

/** Where headings are found on the new page, by the ids and words that old links know them by. */
function headingAnchors(root: HastNode): ReadonlyMap<string, string> {
  const slugger = new GithubSlugger();
  const anchors = new Map<string, string>();
  for (const node of walk(root)) {
    if (!isElement(node) || !/^h[1-6]$/.test(node.tagName)) continue;
    const slug = slugger.slug(textOf(node).replaceAll(/\s+/g, ' ').trim());
    const { id } = node.properties;
    if (typeof id === 'string' && !anchors.has(id)) anchors.set(id, slug);
    if (slug && !anchors.has(slug)) anchors.set(slug, slug);
  }
  return anchors;
}

/** The name of a note, by the id that a link to it has. */
const footnoteName = (id: string): string => id.replace(/^#?(?:user-content-)?fn-/, '').replaceAll(/[^\w-]+/g, '-');

const treeOf = (text: Text): HastNode =>
  htmlToHast('html' in text ? text.html : markdownToHtml(text.markdown, { features: { rawHtml: true } }).html, {
    fragment: true,
  }) as unknown as HastNode;

/** An address as a whole one, where it is one and the text says whence it is read; else as it stands. */
export function absoluteAddress(address: string, base: string | undefined): string {
  const trimmed = address.trim();
  if (trimmed.startsWith('#') || /^(?:mailto|tel):/i.test(trimmed)) return trimmed;
  return URL.parse(trimmed, base)?.href ?? trimmed;
}

/** Where the picture itself is: pages that load pictures late name it beside a stand-in. */
function sourceOf({ properties }: Element): string | undefined {
  const said = ['dataSrc', 'dataLazySrc', 'dataOriginal', 'dataOrigFile', 'src'].map((name) => properties[name]);
  return said.find((each): each is string => typeof each === 'string' && each !== '' && !each.startsWith('data:'));
}

interface Inside extends Surroundings {
  absolute: (address: string) => string;
  lose: (what: string, detail: string) => void;
  /** The new ids of headings, by their old ones. */
  anchors: ReadonlyMap<string, string>;
}

const component = (name: string, attributes: Record<string, string | undefined>, children: unknown[] = []) => ({
  ...{ type: 'component', name, attributes, children },
});

const paragraph = (...children: unknown[]) => ({ type: 'paragraph', children });
const textNode = (value: string) => ({ type: 'text', value });

/** A line of an attribute: no longer than it may be. */
export function shortened(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most - 1);
  const end = cut.lastIndexOf(' ');
  return `${(end > most / 2 ? cut.slice(0, end) : cut).replace(/[\s,;:–—-]+$/u, '').replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function handlers(inside: Inside): Record<string, Handle> {
  const { absolute, lose } = inside;
  const handle = (each: (state: Parameters<Handle>[0], node: Element) => unknown) => each as unknown as Handle;

  const image = (node: Element, caption?: string): unknown => {
    const source = sourceOf(node);
    const said = String(node.properties['alt'] ?? '')
      .replaceAll(/\s+/g, ' ')
      .trim();
    const title = String(node.properties['title'] ?? '').trim();
    if (!source) return said ? textNode(said) : undefined;
    const address = absolute(source);
    const found = inside.picture(address);
    if (!found) return said || title ? textNode(said || title) : undefined;
    const alt = said || found.alt || title || caption || wordsOfName(address);
    if (!said)
      lose(
        'alt-text',
        `${found.src} had no alternative text; what stands for it is “${shortened(alt, 80)}”: say what it shows`,
      );
    return { type: 'image', url: found.src, alt: shortened(alt, 300), title: null };
  };

  const film = (node: Element, caption?: string) => {
    const source =
      node.tagName === 'video'
        ? (sourceOf(node) ?? childSource(node))
        : String(node.properties['src'] ?? node.properties['dataSrc'] ?? node.properties['data'] ?? '');
    const address = source ? absolute(source) : '';
    const known = filmOf(address);
    const name = shortened(String(node.properties['title'] ?? '') || caption || inside.title, 120);
    if (known) return component('Video', { title: name, ...known });
    if (node.tagName === 'video' && /^https?:/.test(address)) return component('Video', { title: name, src: address });
    lose(
      'embed',
      `<${node.tagName}> ${address || 'without an address'}: no page of this site shows a frame of another; link to it if it is wanted`,
    );
    return undefined;
  };

  const pullQuote = (state: Parameters<Handle>[0], node: Element) => {
    const cite = [...walk(node)].find((each) => isElement(each) && each.tagName === 'cite') as Element | undefined;
    const name = cite ? textOf(cite).replaceAll(/\s+/g, ' ').trim() : '';
    const fits =
      name !== '' && name.length <= 80 && ![...walk(cite)].some((each) => isElement(each) && each.tagName === 'a');
    const unwrapped = [...walk(node)].find((each) => isElement(each) && each.tagName === 'blockquote') as
      Element | undefined;
    const words = fits ? without(unwrapped ?? node, cite) : (unwrapped ?? node);
    return component('PullQuote', fits ? { name } : {}, state.toFlow(state.all(words as never)));
  };

  const figure = handle((state, node) => {
    if (isPullQuote(node)) return pullQuote(state, node);
    const caption = captionOf(node);
    const words = caption ? textOf(caption).replaceAll(/\s+/g, ' ').trim() : '';
    const isPlain = ![...walk(caption)].some((each) => isElement(each) && each.tagName === 'a');
    const inner = state.all(without(node, caption) as Parameters<typeof state.all>[0]) as MdNode[];
    const under = caption && words ? (state.all(caption as Parameters<typeof state.all>[0]) as MdNode[]) : [];
    const pictures = [...walk({ type: 'root', children: inner } as unknown as HastNode)].filter(
      ({ type }) => type === 'image',
    );
    // Films have their captions as their names, too.
    for (const each of inner)
      if (each.type === 'component' && each.name === 'Video' && each.attributes && words)
        each.attributes['title'] = shortened(words, 120);
    const fits = pictures.length === 1 && inner.length === 1 && words.length <= 300;
    if (fits && (isPlain || !words)) {
      const picture = inner[0]?.type === 'image' ? paragraph(inner[0]) : inner[0];
      return words ? component('Figure', { caption: words }, [picture]) : picture;
    }
    const isNamed =
      inner.some((each) => each.type === 'component' && each.name === 'Video') && words.length <= 120 && isPlain;
    const shown = inner.length > 0 && inner.every(isPhrasing) ? [paragraph(...inner)] : inner;
    return isNamed || under.length === 0
      ? shown
      : [...shown, ...(under.every(isPhrasing) ? [paragraph(...under)] : under)];
  });

  return {
    a: handle((state, node) => {
      const href = node.properties['href'];
      const children = state.all(node as never);
      if (typeof href !== 'string' || href.trim() === '') return children;
      const address = absolute(href);
      if (/^(?:javascript|data|vbscript|file|blob):/i.test(address)) return children;
      const anchor = address.startsWith('#') ? inside.anchors.get(withoutPercents(address.slice(1))) : undefined;
      const whole = /^https?:/i.test(address) ? URL.parse(address) : undefined;
      if (whole && isPrivateHost(whole.hostname)) {
        lose('link', `A link to ${address}, a machine of its author's own: its words are kept`);
        return children;
      }
      const mapped = anchor === undefined ? inside.link(address) : `#${anchor}`;
      const to = mapped ?? address;
      // A picture that leads to itself in full size leads nowhere here.
      const lone = children.length === 1 ? (children[0] as unknown as MdNode) : undefined;
      if (lone?.type === 'image' && /\.(?:jpe?g|png|gif|webp|avif|svg)(?:\?.*)?$/i.test(address)) return children;
      if (mapped === null) return children;
      if (children.length === 0) return undefined;
      return { type: 'link', url: to, title: null, children };
    }),
    img: handle((_state, node) => image(node)),
    sup: handle((state, node) => {
      const to = isFootnoteReference(node)
        ? (node.properties['dataFn'] ?? (node.children[0] as Element).properties['href'])
        : undefined;
      const name = typeof to === 'string' || typeof to === 'number' ? footnoteName(String(to)) : '';
      return name ? { type: 'footnoteReference', identifier: name, label: name } : state.all(node as never);
    }),
    section: handle((state, node) => {
      if (node.properties['dataFootnotes'] === undefined) return state.all(node as never);
      return [...walk(node)].flatMap((each): unknown[] => {
        if (!isElement(each) || each.tagName !== 'li' || typeof each.properties['id'] !== 'string') return [];
        const name = footnoteName(each.properties['id']);
        const children = state.toFlow(state.all(withoutBackReferences(each) as never));
        return [{ type: 'footnoteDefinition', identifier: name, label: name, children }];
      });
    }),
    figure,
    video: handle((state, node) => present([film(node), ...fallback(state, node)])),
    iframe: handle((_state, node) => film(node)),
    embed: handle((_state, node) => film(node)),
    object: handle((state, node) => present([film(node), ...fallback(state, node)])),
    audio: handle((state, node) => {
      const source = sourceOf(node) ?? childSource(node);
      if (!source) return fallback(state, node);
      const address = absolute(source);
      lose('audio', `${address}: a text has no player of its own; it is linked`);
      return paragraph({ type: 'link', url: address, title: null, children: [textNode(nameOf(address))] });
    }),
    details: handle((state, node) => {
      const summary = node.children.find((each) => isElement(each) && each.tagName === 'summary') as
        Element | undefined;
      const title = summary ? textOf(summary).replaceAll(/\s+/g, ' ').trim() : '';
      const fits = title.length <= 120;
      const children = state.toFlow(state.all((fits ? without(node, summary) : node) as never));
      return children.length === 0 && title
        ? paragraph(textNode(title))
        : component('Callout', { kind: 'note', title: fits && title ? title : undefined }, children);
    }),
    summary: handle((state, node) => paragraph(...state.all(node as never))),
    blockquote: handle((state, node) => {
      if (isPullQuote(node)) return pullQuote(state, node);
      return { type: 'blockquote', children: state.toFlow(state.all(node as never)) };
    }),
    aside: handle((state, node) => component('Callout', { kind: 'note' }, state.toFlow(state.all(node as never)))),
    cite: handle((state, node) => state.all(node as never)),
    q: handle((state, node) => [textNode('“'), ...state.all(node as never), textNode('”')]),
    u: handle((state, node) => state.all(node as never)),
    ins: handle((state, node) => state.all(node as never)),
    mark: handle((state, node) => state.all(node as never)),
    pre: handle((state, node) => {
      const code = defaultHandlers.pre(state, node as never) as unknown as MdNode | undefined;
      return code?.type === 'code' ? { ...code, lang: code['lang'] ?? languageOf(node) } : code;
    }),
    // What a text says by hand of something that is not sent with it.
    input: handle((state, node) =>
      node.properties['type'] === 'checkbox' ? defaultHandlers.input(state, node as never) : undefined,
    ),
    hr: handle(() => ({ type: 'thematicBreak' })),
    wbr: handle(() => undefined),
  };
}

const withoutPercents = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const withoutBackReferences = (node: Element): Element => ({
  ...node,
  children: node.children
    .filter((each) => !(isElement(each) && each.properties['dataFootnoteBackref'] !== undefined))
    .map((each) => (isElement(each) ? withoutBackReferences(each) : each)),
});

const present = (nodes: readonly unknown[]) => nodes.filter((each) => each !== undefined);

const fallback = (state: Parameters<Handle>[0], node: Element) =>
  state.all(without(node, undefined, ['source', 'track', 'param', 'embed']) as never);

/** An element without one of its descendants, or without children of some names. */
function without(node: Element, other: HastNode | undefined, names: readonly string[] = []): Element {
  const children = node.children
    .filter((each) => each !== other && !(isElement(each) && names.includes(each.tagName)))
    .map((each) => (isElement(each) && other ? without(each, other) : each));
  return { ...node, children };
}

/** The caption of a figure itself: figures in it have their own. */
function captionOf(node: Element): Element | undefined {
  for (const child of node.children) {
    if (!isElement(child) || child.tagName === 'figure') continue;
    const found = child.tagName === 'figcaption' ? child : captionOf(child);
    if (found) return found;
  }
  return undefined;
}

const childSource = (node: Element): string | undefined =>
  [...walk(node)]
    .flatMap((each) => (isElement(each) && each.tagName === 'source' ? [each.properties['src']] : []))
    .find((each): each is string => typeof each === 'string' && each !== '');

const isPullQuote = (node: Element) => classesOf(node).some((each) => each.includes('pullquote'));

const classesOf = ({ properties }: Element): string[] => [properties['className'] ?? []].flat().map(String);

/** `<pre class="brush: php">`, `<pre data-lang="php">`, `<pre class="lang-php">`. */
function languageOf(node: Element): string | null {
  const said = node.properties['dataLang'] ?? node.properties['lang'] ?? node.properties['dataLanguage'];
  const [, named] = /(?:brush:\s*|lang(?:uage)?[-:])([\w+#-]+)/.exec(classesOf(node).join(' ')) ?? [];
  return typeof said === 'string' && /^[\w+#-]+$/.test(said) ? said : (named ?? null);
}

const nameOf = (address: string): string => {
  const last =
    URL.parse(address)
      ?.pathname.split('/')
      .findLast((part) => part !== '') ?? address;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
};

/** The name of a picture's file, as words. */
const wordsOfName = (address: string): string =>
  nameOf(address)
    .replace(/\.\w+$/, '')
    .replace(/-\d+x\d+$/, '')
    .replaceAll(/[-_+\s]+/g, ' ')
    .trim() || 'A picture';

const isPhrasing = ({ type }: MdNode): boolean =>
  ['text', 'emphasis', 'strong', 'delete', 'link', 'inlineCode', 'break', 'image', 'footnoteReference'].includes(type);

/** How MDX is written, so that what is text stays text. */
const markdownOptions: Options = {
  bullet: '-',
  rule: '-',
  emphasis: '_',
  fences: true,
  resourceLink: true,
  extensions: [gfmStrikethroughToMarkdown(), gfmTableToMarkdown({ tablePipeAlign: false })],
  // A component in a list of short items has its empty lines all the same.
  join: [(left, right) => ([left, right].some(({ type }) => (type as string) === 'component') ? 1 : undefined)],
  unsafe: [
    { character: '{', inConstruct: 'phrasing' },
    { character: '}', inConstruct: 'phrasing' },
    { character: '<', inConstruct: 'phrasing' },
    // A line that begins so is a module's.
    { character: 'i', atBreak: true, after: 'mport[\\s{*"\'(]' },
    { character: 'e', atBreak: true, after: 'xport[\\s{*]' },
    // GitHub's footnotes, and notes of a text that names none.
    { character: '^', before: '\\[', inConstruct: 'phrasing' },
  ],
  handlers: {
    footnoteReference: ({ label }: MdNode) => `[^${String(label)}]`,
    footnoteDefinition: (
      node: MdNode,
      _parent: unknown,
      state: { containerFlow: Function; createTracker: Function; indentLines: Function },
      info: object,
    ) => {
      const inner = state.containerFlow(node, state.createTracker(info).current()) as string;
      const indented = state.indentLines(
        inner,
        (line: string, index: number) => (index && line ? '    ' : '') + line,
      ) as string;
      return `[^${String(node['label'])}]: ${indented}`;
    },
    component: (
      node: MdNode,
      _parent: unknown,
      state: { containerFlow: Function; createTracker: Function },
      info: object,
    ) => {
      const attributes = Object.entries(node.attributes ?? {}).flatMap(([name, value]) =>
        value === undefined ? [] : [` ${name}="${escaped(value)}"`],
      );
      const opening = `<${node.name}${attributes.join('')}`;
      if (!node.children || node.children.length === 0) return `${opening} />`;
      const inner = state.containerFlow(node, {
        ...state.createTracker(info).current(),
        before: '\n',
        after: '\n',
      }) as string;
      return `${opening}>\n\n${inner}\n\n</${node.name}>`;
    },
  } as unknown as NonNullable<Options['handlers']>,
};

const escaped = (value: string) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll(/\s+/g, ' ');
