import { languageTag } from '#importing/fields.ts';
import { TZDate } from '@date-fns/tz';
import type { Lost } from '#importing/archive.ts';
import { shortened } from '#importing/html.ts';
import { type Data, isData } from './front-matter.ts';

/** The fields of an entry, each taken once: what is left has no place here. Names are the same in capitals. */
export class Fields {
  readonly #data: Map<string, { name: string; value: unknown }>;

  constructor(data: Data) {
    this.#data = new Map(Object.entries(data).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  }

  has(name: string): boolean {
    const found = this.#data.get(name.toLowerCase())?.value;
    return found !== undefined && found !== null && found !== '';
  }

  /** The first of some fields that says something; all of them count as taken. */
  take(...names: string[]): unknown {
    let found: unknown;
    for (const name of names) {
      if (found === undefined && this.has(name)) found = this.#data.get(name.toLowerCase())?.value;
      if (found === this.#data.get(name.toLowerCase())?.value || !this.has(name)) this.#data.delete(name.toLowerCase());
    }
    return found;
  }

  text(...names: string[]): string | undefined {
    const found = this.take(...names);
    if (found === undefined) return undefined;
    return textOf(found);
  }

  list(...names: string[]): string[] {
    return names.flatMap((name) => listOf(this.take(name)));
  }

  peek(name: string): unknown {
    return this.#data.get(name.toLowerCase())?.value;
  }

  /** What nobody took, in one line. */
  rest(lost: Lost[], unsaid: ReadonlySet<string> = new Set()): void {
    const left = [...this.#data.entries()].filter(([key, { value }]) => !unsaid.has(key) && says(value));
    if (left.length === 0) return;
    const told = left.map(
      ([, { name, value }]) => `${name}: ${shortened(typeof value === 'string' ? value : JSON.stringify(value), 80)}`,
    );
    lost.push({ what: 'front-matter', detail: `Nothing here has a place for ${told.join('; ')}` });
  }
}

const says = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** A text, a number or a truth value as a text; undefined for what is none. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value.trim() || undefined
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined;

/** A list, or a text with commas in it. */
export const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value]).flatMap(
    (each) => textOf(each) ?? [],
  );

/** A moment, or a day where no time is said; undefined where it is none. Without a zone it is one of `timezone`. */
export function dateOf(value: unknown, timezone: string | undefined): Date | string | undefined {
  if (value instanceof Date) {
    const toml = value as Date & { isDate?: () => boolean; isLocal?: () => boolean };
    if (Number.isNaN(value.getTime())) return undefined;
    if (toml.isDate?.()) return value.toISOString().slice(0, 10);
    return toml.isLocal?.() ? dateOf(value.toISOString(), timezone) : new Date(value.getTime());
  }
  const text = textOf(value);
  if (text === undefined) return undefined;
  const [, year, month, day, hour, minute, second, zone] =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt-]|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|z|UTC|GMT|[+-]\d{2}:?\d{2})?.*)?$/.exec(
      text,
    ) ?? [];
  if (year === undefined) {
    const said = /^[a-z]{3,9}[ ,]|^\d{1,2} [a-z]{3}|^\d{4}\/\d/i.test(text) ? new Date(text) : undefined;
    return said && !Number.isNaN(said.getTime()) ? said : undefined;
  }
  const two = (part: string | undefined) => (part ?? '0').padStart(2, '0');
  const dayText = `${year}-${two(month)}-${two(day)}`;
  if (Number.isNaN(Date.parse(dayText)) || !new Date(dayText).toISOString().startsWith(dayText)) return undefined;
  if (hour === undefined) return dayText;
  const offset =
    zone === undefined
      ? undefined
      : /^(?:z|utc|gmt)$/i.test(zone)
        ? 'Z'
        : zone.includes(':')
          ? zone
          : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const moment =
    offset === undefined && timezone !== undefined
      ? new Date(
          new TZDate(
            Number(year),
            Number(month) - 1,
            Number(day),
            Number(hour),
            Number(minute),
            Number(second ?? 0),
            timezone,
          ).getTime(),
        )
      : new Date(`${dayText}T${two(hour)}:${two(minute)}:${two(second)}${offset ?? 'Z'}`);
  return Number.isNaN(moment.getTime()) ? dayText : moment;
}

/** The time of a date, for comparing. */
export const timeOf = (date: Date | string | undefined): number =>
  date === undefined ? Number.NaN : new Date(date).getTime();

/** A value somewhere in data, by its path: `params.feed.explicit`; names are the same in capitals. */
export function at(data: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, name) => {
    if (!isData(found)) return undefined;
    const key = Object.keys(found).find((each) => each.toLowerCase() === name.toLowerCase());
    return key === undefined ? undefined : found[key];
  }, data);
}

/** A language as BCP 47 writes it. */
export function languageOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : languageTag(text);
}
