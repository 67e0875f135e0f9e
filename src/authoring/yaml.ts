import { type Document, LineCounter, parseDocument, stringify } from 'yaml';

export type Field = readonly (string | number)[];

/** A mistake fixed: the line, counted from 1, and what to write there, if one line can fix it. */
export interface Correction {
  line: number;
  paste?: string | undefined;
}

/** What an author wrote field by field, and how each field would be written right. */
export interface Written {
  /** The line of a field; for a missing one, the line before which it is to stand. */
  line: (field: Field) => number;
  /**
   * The field's line with `value` in it. A field of several lines is written on one, in their place; a missing one is a
   * line to add. Without a value the field is commented out.
   */
  correct: (field: Field, value: unknown) => Correction;
  /** The field's line with another name, and with another value if one is given. */
  rename: (field: Field, key: string, value?: unknown) => Correction;
}

/** A parsed YAML text with what it takes to find a field in it. */
export interface Parsed {
  document: Document;
  lines: readonly string[];
  /** The line, counted from 1, and the column, counted from 0, of an offset. */
  place: (offset: number) => { line: number; column: number };
}

/** Parses by the core schema, in which a date stays the text that its author wrote. */
export function parseYaml(source: string): Parsed {
  const text = source.replace(/^\uFEFF/, '');
  const counter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: counter,
    schema: 'core',
    prettyErrors: false,
    logLevel: 'silent',
  });
  const place = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col - 1, 0) };
  };
  return { document, lines: text.split(/\r?\n/), place };
}

/** A field and its value on one line: `hosts: [ joel, matt ]`. */
export const yamlLine = (key: string, value: unknown): string => `${inlineYaml(key)}: ${inlineYaml(value)}`;

/** A value on one line. `inFlow` is for inside brackets, where more needs quotes. */
export function inlineYaml(value: unknown, inFlow = typeof value === 'object'): string {
  if (value === undefined) return '';
  const text = inFlow
    ? stringify([value], { collectionStyle: 'flow', lineWidth: 0 }).trim().slice(2, -2)
    : stringify(value, { lineWidth: 0 }).trim();
  return text.includes('\n') ? JSON.stringify(value) : text;
}
