import { TZDate } from '@date-fns/tz';
import { z } from 'astro/zod';
import { closestMatch } from './closest-match.ts';
import { type FieldSchema, fieldSchema, shape, unionOption } from './schema.ts';

/** What the content folder offers as valid values. */
export interface Known {
  /** The slugs of a collection, and the keys of topics.yaml. */
  slugs: (to: string) => string[];
  /** The `./` paths beside the entry. */
  files: readonly string[];
  /** The show's time zone (IANA). */
  timezone: string;
}

export const pictureFile = /\.(jpe?g|png|webp|avif|gif|svg)$/i;

/** The value that is valid for a schema and most like what was written; nothing where the folder offers none. */
export function nearestValid(field: FieldSchema, value: unknown, known: Known): unknown {
  const { schema, meta } = field;
  const { reference, file, values, examples = [], format } = meta;
  const text = plainText(value);
  if (reference) return closestMatch(text, known.slugs(reference));
  if (file) return closestMatch(text, endingIn(file, known));
  if (values && text) return closestMatch(text, values());
  if (format === 'date' && text) return nearestDate(text, known.timezone) ?? examples[0];
  if (schema instanceof z.ZodEnum) return closestMatch(text, schema.options.map(String));
  if (schema instanceof z.ZodString && text.length > (schema.maxLength ?? Infinity))
    return shortened(text, schema.maxLength ?? Infinity);
  if (schema instanceof z.ZodArray) return list(field, value, known);
  if (schema instanceof z.ZodObject) return group(schema, value, known);
  if (schema instanceof z.ZodUnion) {
    const option = unionOption(schema, value);
    if (option) return nearestValid(option, value, known);
  }
  const example = examples[0];
  if (typeof example === 'string' && example.startsWith('./'))
    return (
      closestMatch(
        text || example,
        known.files.filter((each) => pictureFile.test(each)),
      ) ?? example
    );
  const candidates = [...spellings(schema, text, known), ...examples, 'Some words', 'name@example.com', 1, true];
  return candidates.find((candidate) => schema?.safeParse(candidate).success);
}

/** A value as text: a list of one item is that item. */
function plainText(value: unknown): string {
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return only === undefined || only === null || typeof only === 'object' ? '' : String(only);
}

const endingIn = (endings: readonly string[], { files }: Known) =>
  files.filter((each) => endings.some((ending) => each.toLowerCase().endsWith(`.${ending}`)));

/** What may have been meant by a value of the wrong type or form: "3" by a number, "www.example.com" by an address. */
function spellings(schema: z.ZodType | undefined, text: string, known: Known): unknown[] {
  if (!text) return [];
  if (schema instanceof z.ZodBoolean) return [/^(yes|y|on|1|true)$/i.test(text)];
  if (schema instanceof z.ZodNumber) {
    const number = Number.parseFloat(text.replaceAll(/[^\d.-]/g, ''));
    return [number, Math.max(1, Math.round(Math.abs(number)))];
  }
  const word = text.trim().replaceAll(/[\s?#_]+/g, '-');
  const printable = text.replaceAll(/\p{Cc}+/gu, ' ').trim();
  const entries = ['episodes', 'posts'].flatMap((name) => known.slugs(name).map((slug) => `${name}/${slug}`));
  const entry = closestMatch(
    text,
    entries.filter((each) => schema?.safeParse(each).success),
  );
  const parts = text.split(/[/=&?\s]+/);
  return [text, printable, `https://${text}`, word, `/${word.replace(/^\//, '')}`, ...(entry ? [entry] : []), ...parts];
}

/** A list with its items put right; "a, b" is two items where items are slugs. */
function list({ schema, meta }: FieldSchema, value: unknown, known: Known): unknown {
  const item = fieldSchema(schema as z.ZodArray, [0], meta);
  const written = typeof value === 'string' && item.meta.reference ? value.split(/\s*,\s*/) : value;
  const items: unknown[] = Array.isArray(written) ? written : [written ?? undefined];
  const right = items.map((each) => nearestIfWrong(item, each, known)).filter((each) => each !== undefined);
  return right.length > 0 ? right : [nearestValid(item, undefined, known)].filter((each) => each !== undefined);
}

/** A group with its fields put right; a plain value is taken for its first field. */
function group(schema: z.ZodObject, value: unknown, known: Known): unknown {
  const fields = Object.entries(shape(schema) ?? {});
  const plain = typeof value === 'object' || value === undefined ? {} : { [fields[0]?.[0] ?? '']: value };
  const written: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : plain;
  return Object.fromEntries(
    fields
      .filter(([key, field]) => written[key] !== undefined || !field.safeParse(undefined).success)
      .map(([key]) => [key, nearestIfWrong(fieldSchema(schema, [key]), written[key], known)]),
  );
}

const nearestIfWrong = (field: FieldSchema, value: unknown, known: Known) => {
  const { schema, meta } = field;
  const right = meta.reference ? known.slugs(meta.reference).includes(String(value)) : schema?.safeParse(value).success;
  return right ? value : nearestValid(field, value, known);
};

/**
 * A date with its parts brought into range ("2026-13-40" gives "2026-12-31"; "22.11.2026" gives "2026-11-22"), and a
 * time with the offset that it has in a time zone.
 */
function nearestDate(text: string, timezone: string): string | undefined {
  const digits = /^(\d{4})(\d\d)(\d\d)$/.exec(text)?.slice(1) ?? text.match(/\d+/g) ?? [];
  const [first = 0, second = 1, third = 1] = digits.map(Number);
  const [year, month, day] = first > 31 ? [first, second, third] : [third, second, first];
  if (year < 1900 || year > 9999) {
    const inWords = new Date(`${text} UTC`);
    return Number.isNaN(inWords.getTime()) ? undefined : inWords.toISOString().slice(0, 10);
  }
  const inRange = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
  const m = inRange(month, 1, 12);
  const d = inRange(day, 1, new Date(Date.UTC(year, m, 0)).getUTCDate());
  const time = /[T ](\d\d?):(\d\d)(?::(\d\d))?/
    .exec(text)
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  const two = (value: number) => String(value).padStart(2, '0');
  if (!time) return `${year}-${two(m)}-${two(d)}`;
  const [h, min, s] = [inRange(time[0] ?? 0, 0, 23), inRange(time[1] ?? 0, 0, 59), inRange(time[2] ?? 0, 0, 59)];
  const offset = /(?:Z|[+-]\d\d:\d\d)$/.exec(text)?.[0];
  const local = `${year}-${two(m)}-${two(d)}T${two(h)}:${two(min)}:${two(s)}`;
  return offset ? local + offset : new TZDate(year, m - 1, d, h, min, s, timezone).toISOString().replace('.000', '');
}

function shortened(text: string, most: number): string {
  const cut = text.slice(0, most);
  return `${cut.slice(0, cut.lastIndexOf(' ', most - 1)).replace(/[\s,;:.]+$/, '')}…`;
}
