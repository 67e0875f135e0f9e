import { z } from 'astro/zod';
import type { Field } from './yaml.ts';

/** What the model says of a field beside its type. */
export interface Meta {
  description?: string;
  /** The collection whose slugs are valid here. */
  reference?: string;
  /** The endings of the files that are valid here. */
  file?: readonly string[];
  format?: string;
  values?: () => string[];
  examples?: unknown[];
}

/** A field's schema out of its optional and default wrappings, and what is said of it on any of them. */
export interface FieldSchema {
  schema: z.ZodType | undefined;
  meta: Meta;
}

/** The schema of a field of `root`; `meta` is what is known of the root beside. What is said of a list is said of its items. */
export function fieldSchema(root: z.ZodType, field: Field, meta: Meta = {}): FieldSchema {
  let found = unwrapped(root);
  found = { ...found, meta: { ...meta, ...found.meta } };
  for (const step of field) {
    if (found.schema instanceof z.ZodUnion) {
      const options = unionOptions(found.schema);
      found =
        options.find(({ schema }) =>
          typeof step === 'number' ? schema instanceof z.ZodArray : shape(schema)?.[step],
        ) ?? found;
    }
    const { schema, meta } = found;
    const next: unknown = schema instanceof z.ZodArray ? schema.element : shape(schema)?.[step];
    found = next instanceof z.ZodType ? unwrapped(next) : { schema: undefined, meta: {} };
    if (schema instanceof z.ZodArray) found = { ...found, meta: { ...ofItems(meta), ...found.meta } };
  }
  return found;
}

function ofItems({ description, examples: [first] = [] }: Meta): Meta {
  return { ...(description && { description }), ...(Array.isArray(first) && { examples: first as unknown[] }) };
}

/** The option of a union that a value was meant for: by its fields, or as a list, or as the name of a file. */
export function unionOption(union: z.ZodUnion, value: unknown): FieldSchema | undefined {
  const options = unionOptions(union);
  if (Array.isArray(value)) return options.find(({ schema }) => schema instanceof z.ZodArray);
  if (typeof value !== 'object' || value === null) return options.find(({ meta }) => meta.file);
  const shared = ({ schema }: FieldSchema) => Object.keys(value).filter((key) => shape(schema)?.[key]).length;
  return options.filter(({ schema }) => shape(schema)).toSorted((a, b) => shared(b) - shared(a))[0];
}

export const unionOptions = (union: z.ZodUnion): FieldSchema[] => (union.options as z.ZodType[]).map(unwrapped);

/** The fields of an object schema. */
export const shape = (schema: z.ZodType | undefined): Record<string | number, z.ZodType> | undefined =>
  schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : undefined;

function unwrapped(schema: z.ZodType): FieldSchema {
  const own = (schema.meta() ?? {}) as Meta;
  if (!(schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)) return { schema, meta: own };
  const inner = unwrapped(schema.unwrap() as z.ZodType);
  return { schema: inner.schema, meta: { ...inner.meta, ...own } };
}
