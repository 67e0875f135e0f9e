import type { Block } from './letter.ts';

/** A text of several lines as blocks of a letter. */
export const paragraphs = (text: string): Block[] =>
  text.split(/\n+/).map((line): Block => ({ kind: 'text', text: line }));

/** The same in quotation marks. */
export const quoted = (text: string): Block[] => paragraphs(`“${text}”`);
