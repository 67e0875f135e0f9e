import type { HastNode, HastPluginInput } from 'satteri';

type Element = HastNode & { type: 'element' };

const isElement = (node: HastNode, name: string): node is Element => node.type === 'element' && node.tagName === name;

const headersIn = (node: HastNode): Element[] => {
  if (isElement(node, 'th')) return [node];
  return 'children' in node ? (node.children as HastNode[]).flatMap(headersIn) : [];
};

/**
 * The head of a table as readers who go by its headers hear it (WCAG 2.2, 1.3.1): where nothing is said in it there is
 * none, though Markdown has no table without; and a cell without words, such as the corner above the names of rows, heads
 * nothing. Undefined for a head that is to go; the node itself if it is anything else.
 */
export function tableHead(node: HastNode): HastNode | undefined {
  if (!isElement(node, 'thead')) return node;
  const headers = headersIn(node);
  const isEmpty = ({ children }: Element) => children.length === 0;
  if (headers.every(isEmpty)) return undefined;
  return headers.some(isEmpty) ? withCorner(node) : node;
}

function withCorner(node: HastNode): HastNode {
  if (isElement(node, 'th'))
    return node.children.length === 0
      ? { ...node, tagName: 'td' }
      : { ...node, properties: { ...node.properties, scope: 'col' } };
  return 'children' in node ? ({ ...node, children: (node.children as HastNode[]).map(withCorner) } as HastNode) : node;
}

/** The same for a text that Astro compiles. */
export const tablesPlugin: HastPluginInput = {
  name: 'tables',
  element: {
    filter: ['thead'],
    visit(node, context) {
      const head = tableHead(node);
      if (head === undefined) return context.removeNode(node);
      return head === node ? undefined : head;
    },
  },
};
