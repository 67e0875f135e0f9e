import type { z } from 'astro/zod';
import type { Collection } from '#catalog/content.ts';
import { vocabulary } from '#model/vocabulary.ts';
import { fieldProblems } from './fields.ts';
import type { Known } from './nearest.ts';
import { closestMatch, isMeant } from './closest-match.ts';
import type { Problem } from './problem.ts';
import { fieldSchema } from './schema.ts';
import { lineWhere, sourceLine, type BodyNode, type SourceEntry, span } from './source.ts';
import type { Correction, Field, Written } from './yaml.ts';

/** An entry that a component names by its slug, to be looked up once every entry is known. */
export interface Mention {
  to: Collection;
  slug: string;
  /** Where it stands: `<Line who>`. */
  field: string;
  line: number;
  /** The line with another slug. */
  correct: (slug: string) => Correction;
}

const schemaOf = (name: string) =>
  Object.hasOwn(vocabulary, name) ? (vocabulary[name as keyof typeof vocabulary] as z.ZodType) : undefined;

const isComponent = (node: BodyNode): node is BodyNode & { name: string } =>
  node.type.startsWith('mdxJsx') && /^[A-Z]/.test(node.name ?? '');

/** The attributes of a component that are plain text, or true where they have no value. */
const plain = ({ attributes = [] }: BodyNode): Record<string, unknown> =>
  Object.fromEntries(
    attributes.flatMap(({ name, value }) =>
      name && (typeof value !== 'object' || value === null) ? [[name, value ?? true]] : [],
    ),
  );

/** What the components of a body name by slug. */
export function mentions(node: BodyNode, entry: SourceEntry): Mention[] {
  if (!isComponent(node)) return [];
  const schema = schemaOf(node.name);
  if (!schema) return [];
  return Object.entries(plain(node)).flatMap(([key, slug]): Mention | [] => {
    const { schema: value, meta } = fieldSchema(schema, [key]);
    if (!meta.reference || typeof slug !== 'string' || !value?.safeParse(slug).success) return [];
    const tag = openingTag(node, entry);
    const correct = (right: string) => tag.correct([key], right);
    return { to: meta.reference as Collection, slug, field: `<${node.name} ${key}>`, line: tag.line([key]), correct };
  });
}

/** Components that are not in the vocabulary, and attributes that they do not take. */
export function componentProblems(node: BodyNode, entry: SourceEntry, known: Known): Problem[] {
  if (!isComponent(node)) return [];
  const schema = schemaOf(node.name);
  if (!schema) return [unknownComponent(node, entry)];
  const data = plain(node);
  const { error } = schema.safeParse(data);
  if (!error) return [];
  const label = (field: Field) => `<${[node.name, ...field].join(' ')}>`;
  const written = openingTag(node, entry);
  const expressions = (node.attributes ?? []).filter(
    ({ type, value }) => type === 'mdxJsxExpressionAttribute' || (typeof value === 'object' && value !== null),
  );
  const [rule, ...others] = error.issues.toSorted((a, b) => a.path.length - b.path.length);
  if (rule?.code === 'custom' && others.length === 0 && expressions.length === 0) {
    const named = 'who' in data ? written.correct(['name'], undefined) : { line: written.line([]) };
    const nearest = String(data['who'] ?? known.slugs('people')[0] ?? 'name');
    return [{ what: `${label([])} ${rule.message}`, file: entry.name, field: label([]), nearest, ...named }];
  }
  const unread = expressions.map(({ name }) => label(name ? [name] : []));
  return fieldProblems(schema, error, { file: entry.name, written, data, known, label }).filter(
    ({ field }) => field !== label([]) && !unread.includes(field) && !unread.includes(label([])),
  );
}

function unknownComponent(node: BodyNode & { name: string }, entry: SourceEntry): Problem {
  const { name } = node;
  const { first, last } = span(node);
  const names = Object.keys(vocabulary);
  const right = closestMatch(name, names) ?? name;
  const source = sourceLine(entry, first);
  const tag = name.length < 100 ? new RegExp(`(</?)${RegExp.escape(name)}(?![\\w.])`, 'g') : undefined;
  const closing = first === last ? '' : `, closed on line ${last}`;
  return {
    what: `Unknown component <${name}>${closing}: there are ${names.join(', ')}`,
    file: entry.name,
    line: first,
    field: `<${name}>`,
    nearest: `<${right}>`,
    paste: tag && isMeant(name, right, names, 4) ? source.replaceAll(tag, `$1${right}`) : undefined,
  };
}

/** The opening tag of a component, attribute by attribute. */
export function openingTag(node: BodyNode & { name: string }, entry: SourceEntry): Written {
  const data = plain(node);
  const lineOf = (key: string) =>
    lineWhere(entry, node, (line) => attributeIn(line, key, data[key]) !== undefined) ?? span(node).first;
  const put = (key: string, text: string): Correction => {
    const line = lineOf(key);
    const source = sourceLine(entry, line);
    const opening = `<${node.name}`;
    const after = source.indexOf(opening) + opening.length;
    const [from, to] = key in data ? (attributeIn(source, key, data[key]) ?? []) : [after, after];
    return { line, paste: from === undefined ? undefined : source.slice(0, from) + text + source.slice(to) };
  };
  const attribute = (key: string, value: unknown) => ` ${key}="${String(value).replaceAll('"', '&quot;')}"`;
  return {
    line: ([key = '']) => lineOf(String(key)),
    correct: ([key = ''], value) => put(String(key), value === undefined ? '' : attribute(String(key), value)),
    rename: ([key = ''], name, value) => put(String(key), attribute(name, value ?? data[key])),
  };
}

/** The columns of an attribute, with the space before it. */
function attributeIn(source: string, key: string, value: unknown): [number, number] | undefined {
  const spellings = value === true ? [key] : [`${key}="${String(value)}"`, `${key}='${String(value)}'`];
  for (const spelling of spellings) {
    const at = ` ${source.replaceAll('\t', ' ')}`.indexOf(` ${spelling}`);
    if (at >= 0) return [Math.max(at - 1, 0), at + spelling.length];
  }
  return undefined;
}
