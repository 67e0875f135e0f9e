import type { EditorField } from './editor-field.ts';

/** A component of the vocabulary as the editor inserts it. */
export interface EditorComponent {
  id: string;
  label: string;
  /** Its attributes; the last is its text, where it has one. */
  fields: readonly Pick<EditorField, 'name' | 'label' | 'widget' | 'required' | 'hint'>[];
  attributes: readonly string[];
  hasText: boolean;
}

/**
 * What the editor takes for the component: written exactly as {@link blockOf} writes it. All else is left to be the text that
 * it is.
 */
export function blockPattern({ id, attributes, hasText }: EditorComponent): RegExp {
  const each = attributes.map((name) => `(?: ${name}="(?<${name}>[^"\\n]*)")?`).join('');
  return new RegExp(hasText ? `^<${id}${each}>\\n\\n(?<text>[^]*?)\\n\\n</${id}>$` : `^<${id}${each} />$`, 'm');
}

/** The component as an author writes it, from the values of its fields. */
export function blockOf({ id, attributes, hasText }: EditorComponent, values: Record<string, unknown>): string {
  const value = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  const each = attributes.flatMap((name) => (value(name) ? ` ${name}="${value(name).replaceAll('"', '&quot;')}"` : []));
  return `<${id}${each.join('')}${hasText ? `>\n\n${value('text').trim()}\n\n</${id}>` : ' />'}`;
}

/** What stands for the component in its text, as a template of Sveltia CMS. */
export const summaryOf = ({ label, attributes, hasText }: EditorComponent): string =>
  [label, ...[...attributes, ...(hasText ? ['text'] : [])].map((name) => `{{${name}}}`)].join(' ');

/** What stands for the component in a preview, as Markdown: what it is, what it was given, and its text. */
export function previewOf({ label, attributes }: EditorComponent, values: Record<string, unknown>): string {
  const given = attributes.flatMap((name) => (typeof values[name] === 'string' && values[name] ? [values[name]] : []));
  const text = typeof values['text'] === 'string' ? values['text'] : '';
  return `**${[label, ...given].join(' · ')}**\n\n${text}`.trim();
}

/** What the mode without marks cannot write again, as a component whose source is shown and kept to the letter. */
export const asItIs = { id: 'AsItIs', label: 'As in the file' } as const;

/**
 * Imports and exports, code between braces, tags with code in their attributes, tables whose columns are aligned, and notes of
 * several paragraphs; each from the beginning of a line to the end of one.
 */
export const asItIsPattern = new RegExp(
  `^(?:${[
    /(?:import\s[^\n]*['"]|export\s+(?:const|let|function|async|default|\{|\*))[^]*?(?=\n[ \t]*\n|(?![^]))/,
    /\{(?:[^{}]|\{[^{}]*\})*\}[ \t]*$/,
    /<[A-Za-z][\w.]*\s[^<>]*\{[^<>]*>[ \t]*$/,
    /\|[^\n]*\n\|[ \t|-]*:[ \t:|-]*(?:\n\|[^\n]*)*$/,
    /\[\^[^\]\n]+\]:[^\n]*(?:\n{1,2}[ \t]{2,}[^\n]+)+$/,
  ]
    .map(({ source }) => source)
    .join('|')})`,
  'm',
);
