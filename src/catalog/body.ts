import { mdxToMdast } from 'satteri';
import type { BodyFacts } from '#model/edition.ts';

export const emptyBody: BodyFacts = { words: 0, mentions: { people: [], episodes: [], whitepapers: [] } };

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

/** The attribute `name` of a component, where it is plain text. */
export function attribute(node: ProseNode, name: string): string | undefined {
  const value = node.attributes?.find((each) => each.name === name)?.value;
  return typeof value === 'string' ? value : undefined;
}

export function bodyFacts(nodes: readonly ProseNode[]): BodyFacts {
  const named = (components: string[], name: string) => {
    const using = nodes.filter((node) => components.includes(node.name ?? ''));
    return [...new Set(using.flatMap((node) => attribute(node, name) ?? []))];
  };
  const words = nodes
    .filter((node) => node.type === 'text' || node.type === 'inlineCode' || node.type === 'code')
    .reduce((sum, node) => sum + (node.value?.split(/\s+/).filter(Boolean).length ?? 0), 0);
  return {
    words,
    mentions: {
      people: named(['Line', 'PullQuote'], 'who'),
      episodes: named(['EpisodeCard'], 'slug'),
      whitepapers: named(['WhitepaperCard'], 'slug'),
    },
  };
}
