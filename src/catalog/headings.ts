import Slugger, { slug } from 'github-slugger';
import type { HastNode, HastPluginInput } from 'satteri';
import { sections } from '#site/url.ts';

/** The names of the elements that are headings. */
export const headingNames: readonly string[] = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/** What stands on a page round a text, by its id: no heading of a text takes it. */
const ofThePage: ReadonlySet<string> = new Set([
  ...Object.values(sections).flat(),
  ...['main', 'comments', 'newsletter', 'ask-the-hosts', 'write-a-comment', 'follow', 'get', 'offered-by'],
  ...[
    'newsletter-title',
    'share-label',
    'sponsors-label',
    'chapters-label',
    'player-more',
    'search-dialog-script',
    'found-words-script',
  ],
  ...['comment-body-hint', 'comment-email-hint', 'comment-moment-hint', 'question-email-hint'],
]);
/** Cues, chapters and hosts are numbered, and comments have a UUID. */
const isOfThePage = (id: string) => ofThePage.has(id) || /^(?:t|chapter|host)-\d+$|^comment-[\da-f]{8}-/.test(id);

/**
 * The outline of a text, heading by heading as it is read. A page has its title as its only heading of the first level,
 * and readers who go by headings take a level that is skipped for one that they have missed (WCAG 2.2, 1.3.1): what an
 * author has put under another heading is one level below it, however many signs stand before it.
 */
export class Outline {
  readonly #slugger = new Slugger();
  /** The levels, as they are written, of the headings above the last one, and its own. */
  readonly #above: number[] = [];

  /** The element that a heading is on the page, of the one that is written: `h2` to `h6`, of `h1` to `h6`. */
  level(name: string): string {
    const written = headingNames.indexOf(name) + 1;
    while ((this.#above.at(-1) ?? 0) >= written) this.#above.pop();
    this.#above.push(written);
    return `h${Math.min(this.#above.length + 1, 6)}`;
  }

  /** The anchor of a heading: its words as GitHub writes them, once on the page; `section` where there are none. */
  anchor(words: string): string {
    const own = slug(words);
    const id = own && this.#slugger.slug(own);
    return id && !isOfThePage(id) ? id : this.#slugger.slug(own ? `${own}-section` : 'section');
  }
}

/** A heading without anything in it, which readers could not make out. */
export const isEmptyHeading = (node: HastNode): boolean =>
  node.type === 'element' && headingNames.includes(node.tagName) && node.children.length === 0;

/** The outline of a text that Astro compiles: to be run before its own plugin for anchors, which keeps those that are there. */
export const headingsPlugin: HastPluginInput = () => {
  const outline = new Outline();
  const filter = [...headingNames];
  return {
    name: 'headings',
    element: {
      filter,
      visit(node, context) {
        if (isEmptyHeading(node)) return context.removeNode(node);
        const words = context.textContent(node);
        // What is computed of the front matter, Astro knows.
        const id = node.properties['id'] ?? (words.includes('frontmatter') ? undefined : outline.anchor(words));
        return { ...node, tagName: outline.level(node.tagName), properties: { ...node.properties, id } };
      },
    },
    mdxJsxFlowElement: { filter, visit: (node) => ({ ...node, name: outline.level(node.name ?? '') }) },
    mdxJsxTextElement: { filter, visit: (node) => ({ ...node, name: outline.level(node.name ?? '') }) },
  };
};
