import { TZDate } from '@date-fns/tz';
import { z } from 'astro/zod';
import { pathOf } from '#catalog/aliases.ts';
import { pictureEndings } from '#model/field.ts';
import { type Nearest, nearestOf } from './closest-match.ts';
import { nearestCategory } from './nearest-category.ts';
import { nearestLanguage } from './nearest-language.ts';
import { slugOf } from './slug.ts';
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

export const pictureFile = new RegExp(`\\.(?:${pictureEndings.join('|')})$`, 'i');

const certain = (value: unknown): Nearest => ({ value, isCertain: true });
const possible = (value: unknown): Nearest => ({ value, isCertain: false });

/** The value that is valid for a schema and most like what was written; nothing where the folder offers none. */
export function nearestValid(field: FieldSchema, value: unknown, known: Known): Nearest | undefined {
  const { schema, meta } = field;
  const { reference, file, values, examples = [], format } = meta;
  const text = plainText(value);
  if (reference) return nearestOf(text, known.slugs(reference));
  if (file) return nearestOf(text, endingIn(file, known));
  if (values && text) return nearestOf(text, values(), ofFew);
  if (format === 'category' && text) return nearestCategory(text);
  if (format === 'language' && text) return nearestLanguage(text) ?? example(examples);
  if (format === 'date' && text) return nearestDate(text, known.timezone) ?? example(examples);
  if (format === 'slug' && text) return possible(slugOf(text));
  if (format === 'guid') return schema?.safeParse(text.trim()).success ? certain(text.trim()) : undefined;
  if (format === 'path' && text) return schema?.safeParse(oldPath(text)).success ? certain(oldPath(text)) : undefined;
  if (schema instanceof z.ZodEnum) return nearestOf(text, schema.options.map(String), ofFew);
  if (schema instanceof z.ZodString && text.length > (schema.maxLength ?? Infinity))
    return possible(shortened(text, schema.maxLength ?? Infinity));
  if (schema instanceof z.ZodNumber && typeof value === 'number') {
    const within = Math.min(Math.max(value, schema.minValue ?? value), schema.maxValue ?? value);
    if (within !== value && schema.safeParse(within).success) return possible(within);
  }
  if (schema instanceof z.ZodArray) return list(field, value, known);
  if (schema instanceof z.ZodObject) return group(schema, value, known);
  if (schema instanceof z.ZodUnion) {
    const option = unionOption(schema, value);
    if (option) return nearestValid(option, value, known);
  }
  const [first] = examples;
  if (typeof first === 'string' && first.startsWith('./')) {
    const pictures = known.files.filter((each) => pictureFile.test(each));
    return nearestOf(text || first, pictures) ?? possible(first);
  }
  const others = [...examples, 'Some words', 'name@example.com', 1, true].map(possible);
  return [...spellings(schema, text, known), ...others].find(({ value }) => schema?.safeParse(value).success);
}

const example = ([first]: readonly unknown[]) => (first === undefined ? undefined : possible(first));

/** Where few values are valid, more of a word may be wrong. */
const ofFew = 4;

/** A value as text: a list of one item is that item. */
function plainText(value: unknown): string {
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return only === undefined || only === null || typeof only === 'object' ? '' : String(only);
}

const endingIn = (endings: readonly string[], { files }: Known) =>
  files.filter((each) => endings.some((ending) => each.toLowerCase().endsWith(`.${ending}`)));

/** What may have been meant by a value of the wrong type or form: "3" by a number, "www.example.com" by an address. */
function spellings(schema: z.ZodType | undefined, text: string, known: Known): Nearest[] {
  if (!text) return [];
  if (schema instanceof z.ZodBoolean) {
    if (/^(?:yes|y|on|true|explicit)$/i.test(text)) return [certain(true)];
    return [/^(?:no|n|off|false|clean)$/i.test(text) ? certain(false) : possible(text === '1')];
  }
  if (schema instanceof z.ZodNumber) {
    // The point of "No. 3" is none of a number.
    const number = Number.parseFloat(text.replaceAll(/[^\d.-]|(?<!\d)\.|\.(?!\d)/g, ''));
    const isPlain = /^\s*-?\d+(?:\.\d+)?\s*$/.test(text);
    return [isPlain ? certain(number) : possible(number), possible(Math.max(1, Math.round(Math.abs(number))))];
  }
  const word = text.trim().replaceAll(/[\s?#_]+/g, '-');
  const printable = text.replaceAll(/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]+/gu, ' ').trim();
  const entries = ['episodes', 'posts']
    .flatMap((name) => known.slugs(name).map((slug) => `${name}/${slug}`))
    .filter((each) => schema?.safeParse(each).success);
  const named = entries.filter((each) => each.endsWith(`/${text}`));
  const entry = named.length === 1 ? certain(named[0]) : nearestOf(text, entries);
  const parts = text.split(/[/=&?\s]+/);
  const valid = parts.filter((part) => schema?.safeParse(part).success);
  return [
    certain(text),
    possible(printable),
    /^www\.[\w.-]+(?:\/\S*)?$/.test(text) ? certain(`https://${text}`) : possible(`https://${text}`),
    /^[a-z]{2,3}_[a-z]{2,4}$/i.test(text) ? certain(word) : possible(word),
    word === text ? certain(`/${word}`) : possible(`/${word.replace(/^\//, '')}`),
    ...(entry ? [entry] : []),
    ...valid.map(valid.length === 1 ? certain : possible),
  ];
}

/** A list with its items put right; "a, b" is two items where items are slugs. */
function list({ schema, meta }: FieldSchema, value: unknown, known: Known): Nearest | undefined {
  const item = fieldSchema(schema as z.ZodArray, [0], meta);
  const written = typeof value === 'string' && item.meta.reference ? value.split(/\s*,\s*/) : value;
  const items: unknown[] = Array.isArray(written) ? written : [written ?? undefined];
  const right = items.flatMap((each) => nearestIfWrong(item, each, known) ?? []);
  if (right.length > 0)
    return all(
      right.map(({ value }) => value),
      right,
      items.length,
    );
  const only = nearestValid(item, undefined, known);
  return possible(only ? [only.value] : []);
}

/** A group with its fields put right; a plain value is taken for its first field. */
function group(schema: z.ZodObject, value: unknown, known: Known): Nearest {
  const fields = Object.entries(shape(schema) ?? {});
  const plain = typeof value === 'object' || value === undefined ? {} : { [fields[0]?.[0] ?? '']: value };
  const written: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : plain;
  const wanted = fields.filter(([key, field]) => written[key] !== undefined || !field.safeParse(undefined).success);
  const right = wanted.map(([key]) => nearestIfWrong(fieldSchema(schema, [key]), written[key], known));
  const parts = right.filter((each) => each !== undefined);
  return all(Object.fromEntries(wanted.map(([key], i) => [key, right[i]?.value])), parts, wanted.length);
}

/** A value of parts, which is certain where all of them are. */
const all = (value: unknown, parts: readonly Nearest[], count: number): Nearest => ({
  value,
  isCertain: parts.length === count && parts.every(({ isCertain }) => isCertain),
});

const nearestIfWrong = (field: FieldSchema, value: unknown, known: Known): Nearest | undefined => {
  const { schema, meta } = field;
  const right = meta.reference ? known.slugs(meta.reference).includes(String(value)) : schema?.safeParse(value).success;
  return right ? certain(value) : nearestValid(field, value, known);
};

/**
 * A date with its parts brought into range ("2026-13-40" gives "2026-12-31"; "22.11.2026" gives "2026-11-22"), and a
 * time with the offset that it has in a time zone. It is certain where it says the same moment in the right form: "3/4/2026"
 * is two days, and a time without an offset is as many moments as there are zones.
 */
function nearestDate(text: string, timezone: string): Nearest | undefined {
  const day = dayOf(text);
  if (!day) return undefined;
  const { value, isCertain } = day;
  const time = /(?:^|[T\s,])(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(?:([ap])\.?m\.?)?/i.exec(text);
  if (!time) return { value: day.value, isCertain: isCertain && !/\d[T:]/.test(text) };
  const [h = 0, min = 0, s = 0] = time.slice(1, 4).map((part) => Number(part ?? 0));
  const half = time[4]?.toLowerCase();
  const hour = half ? (h % 12) + (half === 'p' ? 12 : 0) : h;
  const isInRange = hour < 24 && min < 60 && s < 60;
  const two = (value: number, most: number) => String(Math.min(value, most)).padStart(2, '0');
  const local = `${String(value)}T${two(hour, 23)}:${two(min, 59)}:${two(s, 59)}`;
  const offset = offsetOf(text.slice(time.index + time[0].length));
  if (offset !== undefined) return { value: local + offset, isCertain: isCertain && isInRange };
  const inZone = new TZDate(...(local.split(/\D/).map((part, i) => Number(part) - (i === 1 ? 1 : 0)) as Six), timezone);
  return possible(inZone.toISOString().replace('.000', ''));
}

type Six = [number, number, number, number, number, number];

/** The offset from UTC that a text ends with, as ISO 8601 writes it; none where it names a zone otherwise. */
function offsetOf(text: string): string | undefined {
  if (/^\s*(?:Z|UTC|GMT)\s*$/i.test(text)) return 'Z';
  const [, sign, hours, minutes = '00'] = /^\s*(?:UTC|GMT)?([+-])(\d\d):?(\d\d)?\s*$/i.exec(text) ?? [];
  return sign === undefined ? undefined : `${sign}${hours}:${minutes}`;
}

/** The day that a text names: ISO 8601. */
function dayOf(text: string): Nearest | undefined {
  const digits = /^\s*(\d{4})(\d\d)(\d\d)(?!\d)/.exec(text)?.slice(1) ?? text.match(/\d+/g) ?? [];
  const [first = 0, second = 1, third = 1] = digits.map(Number);
  const isYearFirst = first > 31;
  // In words, or with a year of two digits.
  if (!isYearFirst && third < 1900) return dayInWords(text);
  const [year, a, b] = isYearFirst ? [first, second, third] : [third, second, first];
  if (year < 1900 || year > 9999) return undefined;
  // 11/22/2026 can only be the 22nd of November.
  const [month, day] = !isYearFirst && a > 12 && b <= 12 ? [b, a] : [a, b];
  const isDotted = /^\s*\d\d?\.\s?\d\d?\.\s?\d{4}/.test(text);
  const isOne = isYearFirst || isDotted || a > 12 || b > 12 || a === b;
  const inRange = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
  const m = inRange(month, 1, 12);
  const d = inRange(day, 1, new Date(Date.UTC(year, m, 0)).getUTCDate());
  const two = (value: number) => String(value).padStart(2, '0');
  return { value: `${year}-${two(m)}-${two(d)}`, isCertain: isOne && digits.length >= 3 && m === month && d === day };
}

function dayInWords(text: string): Nearest | undefined {
  const date = new Date(`${text.replace(/(\d)(?:st|nd|rd|th)\b/, '$1')} UTC`);
  if (Number.isNaN(date.getTime())) return undefined;
  const isWhole = /[a-z]{3}/i.test(text) && /\b\d{4}\b/.test(text) && /\b\d\d?(?!\d|:)/.test(text);
  return { value: date.toISOString().slice(0, 10), isCertain: isWhole };
}

/** The path of an old link, however it was copied: with its host, without its slash, with spaces as people read them. */
function oldPath(text: string): string | undefined {
  const link = text.trim().replace(/#.*$/s, '').replaceAll('\\', '/');
  const path = /^\/*[a-z][a-z\d+.-]*:\/|^\/\/[^/]*\.|^www\./i.test(link)
    ? pathOf(link.replace(/^www\./i, '//www.'))
    : link;
  return path && `/${path.replace(/^\/+/, '').replaceAll(/\s+/g, '%20')}`;
}

function shortened(text: string, most: number): string {
  const cut = text.slice(0, most);
  return `${cut.slice(0, cut.lastIndexOf(' ', most - 1)).replace(/[\s,;:.]+$/, '')}…`;
}
