import type { z } from 'astro/zod';
import { fieldName, type SchemaInput, valueAt } from './fields.ts';
import { nearestOf } from './closest-match.ts';
import type { Problem } from './problem.ts';
import { fieldSchema, shape } from './schema.ts';
import type { Field } from './yaml.ts';

/** "person" for `people`, "topic" for `topics`. */
export const nounOf = (collection: string): string =>
  collection === 'people' ? 'person' : collection.replace(/s$/, '');

/**
 * The references to nothing in front matter that its schema refuses for another reason: the catalog, which tells them
 * otherwise, never sees it.
 */
export function referenceProblems(root: z.ZodType, { file, written, data, known }: SchemaInput): Problem[] {
  const fields = Object.keys(shape(root) ?? {}).flatMap((key): Field[] => {
    const value = valueAt(data, [key]);
    return Array.isArray(value) ? value.map((_item, i) => [key, i]) : [[key]];
  });
  return fields.flatMap((field): Problem | [] => {
    const { schema, meta } = fieldSchema(root, field);
    const value = valueAt(data, field);
    if (!meta.reference || typeof value !== 'string' || !schema?.safeParse(value).success) return [];
    const slugs = known.slugs(meta.reference);
    if (slugs.length === 0 || slugs.includes(value)) return [];
    const near = nearestOf(value, slugs);
    const { line, paste } = written.correct(field, near?.value);
    const what = `Unknown ${nounOf(meta.reference)} "${value}"`;
    const sure = near?.isCertain ? paste : undefined;
    return { what, file, line, field: fieldName(field), nearest: near?.value, paste: sure };
  });
}
