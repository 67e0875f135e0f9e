import { z } from 'astro/zod';
import { type Known, nearestValid } from './nearest.ts';
import { nearest, type Problem, resembling, shown } from './problem.ts';
import { type FieldSchema, fieldSchema, shape, unionOption, unionOptions } from './schema.ts';
import { type Field, inlineYaml, type Written } from './yaml.ts';

/** What a schema is applied to. */
export interface Judged {
  file: string;
  written: Written;
  data: unknown;
  known: Known;
  /** Where the data stands in the text: a topic under its slug. */
  at?: Field;
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
export function fieldProblems(schema: z.ZodType, error: z.ZodError, judged: Judged): Problem[] {
  const issues = error.issues.flatMap((issue) => innerIssues(schema, issue, judged.data));
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...(issue.path as Field), key]) : [],
  );
  const meant = new Set(unknown.map((field) => fieldName([...field.slice(0, -1), knownName(schema, field, judged) ?? ''])));
  return [
    ...unknown.map((field) => unknownField(schema, field, judged)),
    ...issues
      .filter(({ code, path }) => code !== 'unrecognized_keys' && !meant.has(fieldName(path as Field)))
      .map((issue) => fieldProblem(schema, issue, judged)),
  ];
}

/** An issue of a union is that of the option that was meant. */
function innerIssues(schema: z.ZodType, issue: z.core.$ZodIssue, data: unknown): z.core.$ZodIssue[] {
  const field = issue.path as Field;
  const value = valueAt(data, field);
  const union = fieldSchema(schema, field).schema;
  if (issue.code !== 'invalid_union' || !(union instanceof z.ZodUnion) || typeof value !== 'object') return [issue];
  const option = unionOption(union, value)?.schema;
  const inner = issue.errors[unionOptions(union).findIndex(({ schema }) => schema === option)];
  return inner?.map((each) => ({ ...each, path: [...issue.path, ...each.path] })) ?? [issue];
}

/** The field that a name is a slip of. */
function knownName(schema: z.ZodType, field: Field, { data }: Judged): string | undefined {
  const key = String(field.at(-1));
  const siblings = Object.keys(shape(groupSchema(schema, field, data)) ?? {});
  return siblings.find((each) => each === otherNames[key]) ?? resembling(key, siblings);
}

function groupSchema(schema: z.ZodType, field: Field, data: unknown): z.ZodType | undefined {
  const group = fieldSchema(schema, field.slice(0, -1)).schema;
  return group instanceof z.ZodUnion ? unionOption(group, valueAt(data, field.slice(0, -1)))?.schema : group;
}

function unknownField(schema: z.ZodType, field: Field, judged: Judged): Problem {
  const { file, written, data, known, at = [] } = judged;
  const key = String(field.at(-1));
  const group = groupSchema(schema, field, data);
  const name = knownName(schema, field, judged);
  const place = { file, field: fieldName([...at, ...field]), nearest: name };
  const taken = name !== undefined && Object.hasOwn(valueAt(data, field.slice(0, -1)) as object, name);
  if (name === undefined || taken || !group) {
    const fields = Object.keys(shape(group) ?? {}).join(', ');
    const what = `Unknown field "${key}": ${taken ? `"${name}" is there already` : `the fields are ${fields}`}`;
    return { what, ...place, ...written.correct([...at, ...field], undefined) };
  }
  const target = fieldSchema(group, [name]);
  const value = valueAt(data, field);
  const fits = target.schema?.safeParse(value).success;
  const renamed = fits
    ? written.rename([...at, ...field], name)
    : written.rename([...at, ...field], name, nearestValid(target, value, known));
  return { what: `Unknown field "${key}"`, ...place, ...renamed };
}

function fieldProblem(schema: z.ZodType, issue: z.core.$ZodIssue, { file, written, data, known, at = [] }: Judged): Problem {
  const path = issue.path as Field;
  const field = [...at, ...path];
  const value = valueAt(data, path);
  const target = fieldSchema(schema, path);
  const valid = nearestValid(target, value, known);
  const optional = path.length === 1 && fieldSchema(schema, []).schema instanceof z.ZodObject && isOptional(schema, path);
  return {
    what: what(`"${fieldName(field)}"`, value, issue, target),
    file,
    field: fieldName(field),
    nearest: valid === undefined || typeof valid === 'string' ? valid : inlineYaml(valid),
    ...(valid === undefined && !optional ? { line: written.line(field) } : written.correct(field, valid)),
  };
}

const isOptional = (schema: z.ZodType, [key = '']: Field) => shape(schema)?.[key]?.safeParse(undefined).success ?? false;

/** What is wrong with a value, `name` being what it is called. */
export function what(name: string, value: unknown, issue: z.core.$ZodIssue, { meta }: FieldSchema): string {
  const { description, reference, format, file } = meta;
  if (value === undefined) return `Missing field ${name}: ${lowerFirst(description ?? 'it is required')}`;
  if (value === null) return `${name} has no value: ${lowerFirst(description ?? 'it is required')}`;
  if (format === 'date') return `${name} is not a date${typeof value === 'string' ? '' : ` but ${kind(value)}`}: ${shown(value)}. ${dateRule(value)}`;
  if (reference) return `${name} must be the slug of one of the ${reference}, not ${shown(value)}`;
  if (file) return `${name} must be a file beside the entry, "./name" ending in ${either(file.map((each) => `.${each}`))}, not ${shown(value)}`;
  switch (issue.code) {
    case 'invalid_type':
      return `${name} must be ${article(issue.expected)}, not ${kind(value)}`;
    case 'too_big':
      return typeof value === 'string'
        ? `${name} is ${value.length} characters long; it may have ${issue.maximum}`
        : `${name} must be at most ${issue.maximum}`;
    case 'too_small':
      return typeof value === 'number' ? `${name} must be at least ${typeof issue.minimum}` : `${name} is empty`;
    case 'invalid_value':
      return `${name} must be ${either(issue.values.map(String))}, not ${shown(value)}`;
    case 'custom':
      return `${name} ${issue.message}: ${shown(value)}`;
    default:
      return `${name} is not valid: ${shown(value)}. ${description ?? ''}`.trim();
  }
}
