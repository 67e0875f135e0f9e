import { z } from 'astro/zod';
import { nearest } from './problem.ts';
import type { FieldSchema } from './schema.ts';

/** What the names and files of the content folder offer as valid values. */
export interface Known {
  /** The slugs of a collection, and the keys of topics.yaml. */
  slugs: (to: string) => string[];
  /** The `./` paths that lie beside the entry. */
  files: string[];
}

/** The value that is valid for a schema and most like what was written. */
export function nearestValid({ schema, meta }: FieldSchema, value: unknown, known: Known): unknown {
  const { reference, file, values, examples, format } = meta;
  const text = value === undefined || value === null ? '' : String(value);
  if (reference) return nearest(text, known.slugs(reference)) ?? examples?.[0];
  if (file)
    return (
      nearest(
        text,
        known.files.filter((each) => file.some((ending) => each.endsWith(`.${ending}`))),
      ) ?? examples?.[0]
    );
  if (values && text) return nearest(text, values());
  if (format === 'date' && text) return nearestDate(text) ?? examples?.[0];
  if (schema instanceof z.ZodEnum) return nearest(text, schema.options.map(String));
  if (schema instanceof z.ZodString && typeof value === 'string' && value.length > (schema.maxLength ?? Infinity))
    return shortened(value, schema.maxLength ?? Infinity);
  const candidate = coerced(schema, value);
  if (candidate !== undefined && schema?.safeParse(candidate).success) return candidate;
  if (examples) return examples[0];
  if (schema instanceof z.ZodString) return 'Some words';
  return schema instanceof z.ZodBoolean ? true : schema instanceof z.ZodNumber ? 1 : undefined;
}

/** What was meant by a value of the wrong type: "3" for a number, 3 for a text, one item for a list. */
function coerced(schema: z.ZodType | undefined, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (schema instanceof z.ZodNumber && typeof value === 'number') return Math.max(1, Math.round(Math.abs(value)));
  if (schema instanceof z.ZodNumber) return Number.parseFloat(String(value).replaceAll(/[^\d.-]/g, ''));
  if (schema instanceof z.ZodBoolean) return /^(yes|y|on|1|true)$/i.test(String(value));
  if (schema instanceof z.ZodArray) return [value];
  if (schema instanceof z.ZodString && typeof value !== 'object') return String(value);
  return undefined;
}

/** A date with its parts brought into range: "2026-13-40" gives "2026-12-31"; "22.11.2026" gives "2026-11-22". */
function nearestDate(text: string): string | undefined {
  const parts = text.match(/\d+/g)?.map(Number) ?? [];
  const [first = 0, second = 1, third = 1] = parts;
  const [year, month, day] = first > 31 ? [first, second, third] : [third, second, first];
  if (year < 1900) return undefined;
  const inRange = (value: number, most: number) => Math.min(Math.max(value, 1), most);
  const m = inRange(month, 12);
  const d = inRange(day, new Date(Date.UTC(year, m, 0)).getUTCDate());
  const date = [String(year).padStart(4, '0'), String(m).padStart(2, '0'), String(d).padStart(2, '0')].join('-');
  const time = /[T ](\d\d:\d\d)/.exec(text)?.[1];
  return time ? `${date}T${time}:00Z` : date;
}

function shortened(text: string, most: number): string {
  const cut = text.slice(0, most);
  return `${cut.slice(0, cut.lastIndexOf(' ', most - 1)).replace(/[\s,;:.]+$/, '')}…`;
}
