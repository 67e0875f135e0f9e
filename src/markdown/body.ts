import { defaultHandlers, toMdast } from 'hast-util-to-mdast';
import { htmlToHast } from 'satteri';
import type { Block } from './nodes.ts';

/**
 * A text as Markdown. `html` is plain, as feeds have it: no script, no form, every address absolute. A heading of the
 * first rank, which the title is alone, is one of the second there already.
 */
export function bodyBlocks(html: string): Block[] {
  const tree = toMdast(htmlToHast(html, { fragment: true }) as Parameters<typeof toMdast>[0], {
    document: true,
    handlers: { a: (state, node) => (node.properties['href'] ? defaultHandlers.a(state, node) : state.all(node)) },
  });
  return tree.type === 'root' ? (tree.children as Block[]) : [];
}
