import { gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import type { Link } from '#catalog/records.ts';

/** A node of Markdown (mdast). */
export type Node = Parameters<typeof toMarkdown>[0];
type Of<Type extends Node['type']> = Extract<Node, { type: Type }>;
export type Block = Of<'root'>['children'][number];
export type Inline = Of<'paragraph'>['children'][number];

/** Text in a line, and links in it to addresses from the root of the site or of another one. */
export type Words = readonly (string | Link)[];

/** What is inside a line, every address absolute. */
export const inline = (words: Words, site: URL): Inline[] =>
  words.map((part) =>
    typeof part === 'string'
      ? text(part)
      : { type: 'link', url: new URL(part.url, site).href, children: [text(part.title)] },
  );

const text = (value: string): Of<'text'> => ({ type: 'text', value });

export const strong = (...children: Inline[]): Of<'strong'> => ({ type: 'strong', children });

export const paragraph = (...children: Inline[]): Of<'paragraph'> => ({ type: 'paragraph', children });

export const heading = (depth: Of<'heading'>['depth'], title: string): Of<'heading'> => ({
  type: 'heading',
  depth,
  children: [text(title)],
});

export const quote = (...children: Of<'blockquote'>['children']): Of<'blockquote'> => ({
  type: 'blockquote',
  children,
});

export const list = (items: readonly (readonly Inline[])[]): Of<'list'> => ({
  type: 'list',
  spread: false,
  children: items.map((item) => ({ type: 'listItem', spread: false, children: [paragraph(...item)] })),
});

/**
 * Markdown (CommonMark, with the tables and struck words of GitHub's), which ends in a line break. What is text stays text;
 * an address in it is not escaped, since GitHub would link it all the same.
 */
export const written = (children: readonly Block[]): string =>
  toMarkdown(
    { type: 'root', children: [...children] },
    {
      bullet: '-',
      rule: '-',
      emphasis: '_',
      resourceLink: true,
      extensions: [gfmStrikethroughToMarkdown(), gfmTableToMarkdown({ tablePipeAlign: false })],
    },
  );
