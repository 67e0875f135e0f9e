import { z } from 'astro/zod';
import { type Known, nearestValid } from './nearest.ts';
import type { Problem } from './problem.ts';
import { resembling } from './closest-match.ts';
import { fieldSchema, shape, unionOption, unionOptions } from './schema.ts';
import { fieldMessage } from './field-messages.ts';
import { type Field, inlineYaml, type Written } from './yaml.ts';

/** What a schema is applied to. */
export interface SchemaInput {
  file: string;
  written: Written;
  data: unknown;
  known: Known;
  /** Where the data stands in its file: a topic under its slug. */
  at?: Field;
  /** What a field is called, if it is no field of YAML: `<Line who>`. */
  label?: (field: Field) => string;
}

/** A field as an author reads it: `hosts[0]`, `cover.alt`. */
export const fieldName = (field: Field): string =>
  field.reduce<string>(
    (name, step) => (typeof step === 'number' ? `${name}[${step}]` : name ? `${name}.${step}` : step),
    '',
  );

/** Names that other systems have for our fields. */
const otherNames: Record<string, string> = {
  author: 'authors',
  categories: 'topics',
  date: 'publishedAt',
  description: 'summary',
  image: 'cover',
  pubDate: 'publishedAt',
  tags: 'topics',
};

/** The problems that Zod's issues stand for, each with the nearest valid value and a line to paste. */
export function fieldProblems(schema: z.ZodType, error: z.ZodError, input: SchemaInput): Problem[] {
  const issues = error.issues.flatMap((issue) => innerIssues(schema, issue, input.data));
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key): Field => [...(issue.path as Field), key]) : [],
  );
  const meant = unknown.map((field) => fieldName([...field.slice(0, -1), meantName(schema, field, input) ?? '']));
  return [
    ...unknown.map((field) => unknownField(schema, field, input)),
    ...issues
      .filter(({ code, path }) => code !== 'unrecognized_keys' && !meant.includes(fieldName(path as Field)))
      .map((issue) => fieldProblem(schema, issue, input)),
  ];
}

/** The issues of a union are those of the option that was meant. */
function innerIssues(schema: z.ZodType, issue: z.core.$ZodIssue, data: unknown): z.core.$ZodIssue[] {
  const value = valueAt(data, issue.path as Field);
  const union = fieldSchema(schema, issue.path as Field).schema;
  if (issue.code !== 'invalid_union' || !(union instanceof z.ZodUnion) || typeof value !== 'object') return [issue];
  const option = unionOption(union, value)?.schema;
  const inner = issue.errors[unionOptions(union).findIndex(({ schema }) => schema === option)];
  return inner?.map((each) => ({ ...each, path: [...issue.path, ...each.path] })) ?? [issue];
}

/** The schema of the group that a field stands in. */
function groupSchema(schema: z.ZodType, field: Field, data: unknown): z.ZodType {
  const { schema: group = schema } = fieldSchema(schema, field.slice(0, -1));
  return (group instanceof z.ZodUnion && unionOption(group, valueAt(data, field.slice(0, -1)))?.schema) || group;
}

/** The field whose name an unknown one was meant to be. */
function meantName(schema: z.ZodType, field: Field, { data }: SchemaInput): string | undefined {
  const key = String(field.at(-1));
  const names = Object.keys(shape(groupSchema(schema, field, data)) ?? {});
  return names.find((name) => name === otherNames[key]) ?? resembling(key, names);
}

function unknownField(schema: z.ZodType, field: Field, input: SchemaInput): Problem {
  const { file, written, data, known, at = [], label } = input;
  const key = String(field.at(-1));
  const group = groupSchema(schema, field, data);
  const name = meantName(schema, field, input);
  const noun = label ? `attribute "${key}" of ${label([])}` : `field "${key}"`;
  const place = { file, field: label?.(field) ?? fieldName([...at, ...field]), nearest: name };
  const taken = name !== undefined && Object.hasOwn(valueAt(data, field.slice(0, -1)) as object, name);
  if (name === undefined || taken) {
    const names = Object.keys(shape(group) ?? {});
    const others = names.length > 0 ? `there are ${names.join(', ')}` : 'it has none';
    const what = `Unknown ${noun}: ${taken ? `"${name}" is there already` : others}`;
    return { what, ...place, ...written.correct(field, undefined) };
  }
  const target = fieldSchema(group, [name]);
  const value = valueAt(data, field);
  const isRight = target.schema?.safeParse(value).success;
  const right = isRight ? undefined : nearestValid(target, value, known);
  const { line, paste } = written.rename(field, name, right?.value);
  return { what: `Unknown ${noun}`, ...place, line, paste: isRight || right?.isCertain ? paste : undefined };
}

function fieldProblem(schema: z.ZodType, issue: z.core.$ZodIssue, input: SchemaInput): Problem {
  const { file, written, data, known, at = [], label } = input;
  const field = issue.path as Field;
  const value = valueAt(data, field);
  const target = fieldSchema(schema, field);
  const name = fieldName([...at, ...field]);
  const valid = nearestValid(target, value, known);
  const right = valid?.value;
  const path = typeof value === 'string' && value.startsWith('.');
  const meant = (path && target.schema instanceof z.ZodUnion && unionOption(target.schema, value)) || target;
  const optional = field.length === 1 && shape(schema)?.[field[0] ?? '']?.safeParse(undefined).success;
  // A field that need not be there waits as a comment for a value.
  const isToWait = optional && (value === null || valid === undefined);
  const { line, paste } = written.correct(field, isToWait ? undefined : right);
  return {
    what: fieldMessage(label?.(field) ?? `"${name}"`, value, issue, meant),
    file,
    line,
    field: label?.(field) ?? name,
    nearest: right === undefined || typeof right === 'string' ? right : inlineYaml(right),
    paste: isToWait || valid?.isCertain ? paste : undefined,
  };
}

/** The value of a field, if it is there. */
export const valueAt = (data: unknown, field: Field): unknown =>
  field.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | null | undefined)?.[step], data);
