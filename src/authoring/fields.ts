import type { z } from 'astro/zod';
import { type Known, nearestValid } from './nearest.ts';
import { nearest, type Problem } from './problem.ts';
import { type FieldSchema, fieldSchema, shape } from './schema.ts';
import { type Field, yamlLine } from './source.ts';

/** The place that a schema is applied to. */
export interface Judged {
  file: string;
  line: (field: Field) => number;
  data: unknown;
  known: Known;
}

/** A field as an author reads it: `hosts[0]`, `cover.alt`. */
export const fieldName = (field: Field): string =>
  field.reduce<string>(
    (name, step) => (typeof step === 'number' ? `${name}[${step}]` : name ? `${name}.${step}` : step),
    '',
  );

/** The problems that Zod's issues stand for, each with the nearest valid value and a line to paste. */
export function fieldProblems(schema: z.ZodType, error: z.ZodError, judged: Judged): Problem[] {
  return error.issues.flatMap((issue) => {
    const field = issue.path as Field;
    if (issue.code !== 'unrecognized_keys') return fieldProblem(schema, field, issue, judged);
    return issue.keys.map((key) => unknownKey(schema, [...field, key], judged));
  });
}

function unknownKey(schema: z.ZodType, field: Field, judged: Judged): Problem {
  const key = String(field.at(-1));
  const siblings = Object.keys(shape(fieldSchema(schema, field.slice(0, -1)).schema) ?? {});
  const name = nearest(key, siblings);
  return {
    what: `Unknown field "${key}"`,
    file: judged.file,
    line: judged.line(field),
    field: fieldName(field),
    nearest: name,
    paste: name && yamlLine(name, valueAt(judged.data, field)),
  };
}

function fieldProblem(schema: z.ZodType, field: Field, issue: z.core.$ZodIssue, judged: Judged): Problem {
  const value = valueAt(judged.data, field);
  const target = fieldSchema(schema, field);
  const valid = nearestValid(target, value, judged.known);
  const top = field[0] ?? '';
  return {
    what: what(field, value, issue, target),
    file: judged.file,
    line: judged.line(field),
    field: fieldName(field),
    nearest: typeof valid === 'string' ? valid : JSON.stringify(valid),
    paste: yamlLine(String(top), replaced(judged.data, field, valid)),
  };
}

function what(field: Field, value: unknown, issue: z.core.$ZodIssue, { meta }: FieldSchema): string {
  const name = `"${fieldName(field)}"`;
  const { description, reference, format } = meta;
  if (value === undefined || value === null)
    return `Missing field ${name}: ${lowerFirst(description ?? 'it is required')}`;
  if (format === 'date')
    return typeof value === 'string'
      ? `${name} is not a date: ${JSON.stringify(value)}. A time needs its offset from UTC`
      : `${name} must be a date, not ${kind(value)}`;
  if (reference) return `${name} must be the slug of one of the ${reference}, not ${JSON.stringify(value)}`;
  switch (issue.code) {
    case 'invalid_type':
      return `${name} must be ${article(issue.expected)}, not ${kind(value)}`;
    case 'too_big':
      return typeof value === 'string'
        ? `${name} is ${value.length} characters long; it may have ${issue.maximum}`
        : `${name} must be at most ${issue.maximum}`;
    case 'too_small':
      return typeof value === 'number' ? `${name} must be at least ${issue.minimum}` : `${name} is empty`;
    case 'invalid_value':
      return `${name} must be one of ${issue.values.join(', ')}, not ${JSON.stringify(value)}`;
    case 'custom':
      return `${name} ${issue.message}: ${JSON.stringify(value)}`;
    default:
      return `${name} is not valid: ${JSON.stringify(value)}. ${description ?? ''}`.trim();
  }
}

const valueAt = (data: unknown, field: Field): unknown =>
  field.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | null | undefined)?.[step], data);

/** The top-level value of a field with its part at `field` replaced. */
function replaced(data: unknown, field: Field, value: unknown): unknown {
  const [top, ...rest] = field;
  const put = (into: unknown, path: Field): unknown => {
    const [step, ...deeper] = path;
    if (step === undefined) return value;
    if (Array.isArray(into)) return into.map((item: unknown, i) => (i === step ? put(item, deeper) : item));
    const record = typeof into === 'object' && into !== null ? (into as Record<string, unknown>) : {};
    return { ...record, [step]: put(record[step], deeper) };
  };
  return put(valueAt(data, top === undefined ? [] : [top]), rest);
}

const kind = (value: unknown) =>
  Array.isArray(value)
    ? 'a list'
    : typeof value === 'object'
      ? 'a group of fields'
      : `${article(typeof value)} (${JSON.stringify(value)})`;

const article = (type: string) =>
  ({ string: 'text', array: 'a list', object: 'a group of fields', int: 'a whole number', boolean: 'true or false' })[
    type
  ] ?? `a ${type}`;

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
