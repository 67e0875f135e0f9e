import { z } from 'astro/zod';
import type { Field } from './source.ts';

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

export function fieldSchema(root: z.ZodType, field: Field): FieldSchema {
  let found = unwrapped(root);
  for (const step of field) {
    if (found.schema instanceof z.ZodUnion) {
      const options = (found.schema.options as z.ZodType[]).map(unwrapped);
      found =
        options.find(({ schema }) =>
          typeof step === 'number' ? schema instanceof z.ZodArray : shape(schema)?.[step],
        ) ?? found;
    }
    const next: unknown = found.schema instanceof z.ZodArray ? found.schema.element : shape(found.schema)?.[step];
    found = next instanceof z.ZodType ? unwrapped(next) : { schema: undefined, meta: {} };
  }
  return found;
}

/** The fields of an object schema. */
export const shape = (schema: z.ZodType | undefined): Record<string | number, z.ZodType> | undefined =>
  schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : undefined;

function unwrapped(schema: z.ZodType): FieldSchema {
  const own = (schema.meta() ?? {}) as Meta;
  if (!(schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)) return { schema, meta: own };
  const inner = unwrapped(schema.unwrap() as z.ZodType);
  return { schema: inner.schema, meta: { ...inner.meta, ...own } };
}
