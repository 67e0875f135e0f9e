import { isMap, isScalar, parseDocument, stringify, visit } from 'yaml';
import type { EditorField } from './editor-field.ts';
import { fieldsFromForm, fieldsToForm } from './form.ts';
import { keptLines } from './kept-lines.ts';

type Values = Record<string, unknown>;

/** Where the text that an entry was read from goes with it through the editor. The model has no field of that name. */
export const sourceKey = '$source';

/** An entry of MDX as the editor holds it: its fields, its body, and the text that it was read from. */
export function readMdx(text: string, fields: readonly EditorField[]): Values {
  const { yaml, body } = parts(text);
  return { ...fieldsToForm(dataOf(yaml), fields), body, [sourceKey]: text };
}

/**
 * The text of an entry. What was not changed stays to the letter as its author wrote it, with comments, order, quotes and empty
 * lines; of a body that was changed, its lines.
 */
export function writeMdx(values: Values, fields: readonly EditorField[]): string {
  const { body, [sourceKey]: source, ...rest } = values;
  const { yaml, fences, body: before } = parts(textOf(source));
  const [open, close] = fences;
  const next = textOf(body);
  // An editor that was only looked into may have taken white space from the ends.
  const written =
    next.trim() === before.trim() ? before : keptLines(before, next.replace(/^(?:[ \t]*\n)+/, '').trimEnd());
  const front = withFields(yaml, fieldsFromForm(rest, fields, dataOf(yaml)), order(fields));
  return lineEnded(`${open}${front}${(before ? close : `${close.trimEnd()}\n\n`) + written}`.trimEnd());
}

/** A file of YAML, `show.yaml`. */
export const readYaml = (text: string, fields: readonly EditorField[]): Values => ({
  ...fieldsToForm(dataOf(text), fields),
  [sourceKey]: text,
});

export function writeYaml(values: Values, fields: readonly EditorField[]): string {
  const { [sourceKey]: source, ...rest } = values;
  const yaml = lineEnded(textOf(source));
  return withFields(yaml, fieldsFromForm(rest, fields, dataOf(yaml)), order(fields));
}

/** `topics.yaml` has fields under slugs; an editor has a list, and the slug is one more field. */
export const readTopics = (text: string): Values => ({
  topics: Object.entries(dataOf(text)).map(([slug, topic]) => ({ slug, ...(topic as Values) })),
  [sourceKey]: text,
});

export function writeTopics({ topics, [sourceKey]: source }: Values, fields: readonly EditorField[]): string {
  const yaml = lineEnded(textOf(source));
  const before = dataOf(yaml);
  const list = Array.isArray(topics) ? (topics as Values[]) : [];
  const made = list.map(({ slug, ...topic }): [string, Values] => {
    const key = textOf(slug).trim();
    return [key, fieldsFromForm(topic, fields, (before[key] ?? {}) as Values)];
  });
  return withFields(yaml, Object.fromEntries(made), []);
}

const frontMatter = /^(\uFEFF?\s*---[ \t]*\n)([\s\S]*?)(?:(?<=\n)|\n)(---[ \t]*(?:\n(?:[ \t]*\n)*|$))/;

/** The front matter, the lines before and after it, and the body. */
function parts(text: string): { yaml: string; fences: readonly [open: string, close: string]; body: string } {
  const [all = '', open = '---\n', yaml = '', close = '---\n\n'] = frontMatter.exec(text) ?? [];
  return { yaml: lineEnded(yaml), fences: [open, close], body: text.slice(all.length).trimEnd() };
}

/** By the core schema, in which a date stays a text, as everywhere on this site. */
function dataOf(yaml: string): Values {
  const data: unknown = parseDocument(yaml, { schema: 'core', logLevel: 'silent' }).toJS();
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Values) : {};
}

/** A YAML text with other values: only the lines of fields that differ are written anew. */
export function withFields(yaml: string, next: Values, names: readonly string[]): string {
  const before = dataOf(yaml);
  const changed = Object.keys(next)
    .filter((name) => !isSame(next[name], before[name]))
    .toSorted((a, b) => names.indexOf(a) - names.indexOf(b));
  const gone = Object.keys(before).filter((name) => next[name] === undefined);
  const spans = spansOf(yaml);
  if (!spans) return stringify(next, { lineWidth: 0, schema: 'core' });
  const edits = [...changed, ...gone].map((name) => {
    const text = next[name] === undefined ? '' : fieldText(name, next[name]);
    const own = spans.find((span) => span.name === name);
    return own ? { from: own.from, to: own.to, text } : { ...placeOf(name, spans, names, yaml), text };
  });
  // From the end, so that what comes before keeps its place; of two at one place the later goes in first.
  return edits
    .map((edit, i) => ({ ...edit, i }))
    .toSorted((a, b) => b.from - a.from || b.i - a.i)
    .reduce((text, { from, to, text: line }) => text.slice(0, from) + line + text.slice(to), yaml);
}

/** A new field comes after the last of those that come before it in the usual order. */
function placeOf(name: string, spans: readonly Span[], names: readonly string[], yaml: string) {
  const place = names.indexOf(name);
  const above = spans.filter((span) => names.includes(span.name) && names.indexOf(span.name) <= place).at(-1);
  const at = place < 0 || spans.length === 0 ? yaml.length : (above?.to ?? spans[0]?.from ?? 0);
  return { from: at, to: at };
}

interface Span {
  name: string;
  from: number;
  to: number;
}

/** Where the lines of each field begin and end; undefined where they cannot be told apart, or refer to each other. */
function spansOf(yaml: string): Span[] | undefined {
  const document = parseDocument(yaml, { schema: 'core', logLevel: 'silent' });
  if (document.contents === null) return [];
  let refers = false;
  visit(document, {
    Alias: () => void (refers = true),
    Node: (_, node) => void (refers ||= 'anchor' in node && node.anchor !== undefined),
  });
  if (refers || document.errors.length > 0 || !isMap(document.contents) || document.contents.flow) return undefined;
  const spans = document.contents.items.flatMap(({ key, value }): Span[] => {
    if (!isScalar(key) || !key.range) return [];
    const range = (value as { range?: [number, number, number] } | null)?.range ?? key.range;
    const last = yaml[range[1] - 1] === '\n' ? range[1] : yaml.indexOf('\n', range[1]) + 1 || yaml.length;
    return [{ name: String(key.value), from: key.range[0], to: last }];
  });
  return spans.length === document.contents.items.length ? spans : undefined;
}

/** A field in this site's own form: names of others in one line, groups in several. */
function fieldText(name: string, value: unknown): string {
  const isLine = Array.isArray(value) && value.every((each) => typeof each !== 'object');
  return stringify(
    { [name]: value },
    {
      schema: 'core',
      lineWidth: 0,
      singleQuote: true,
      ...(isLine && { collectionStyle: 'flow' as const, flowCollectionPadding: false }),
    },
  ).replace(/^\{([^]*)\}\n$/, '$1\n');
}

/** The order of lists and fields included. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const order = (fields: readonly EditorField[]) => fields.map(({ name }) => name);

const lineEnded = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
