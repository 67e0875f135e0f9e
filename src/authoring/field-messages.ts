import type { z } from 'astro/zod';
import { shown } from './problem.ts';
import type { FieldSchema } from './schema.ts';

/** What is wrong with the value of a field, which is called `name`. */
export function fieldMessage(name: string, value: unknown, issue: z.core.$ZodIssue, { meta }: FieldSchema): string {
  const { description, reference, format, file } = meta;
  if (value === undefined) return `Missing field ${name}${description ? `: ${lowerFirst(description)}` : ''}`;
  if (value === null) return `${name} has no value${description ? `: ${lowerFirst(description)}` : ''}`;
  if (format === 'date') return notADate(name, value);
  if (reference) return `${name} must be the slug of one of the ${reference}, not ${kind(value)}`;
  if (file && typeof value === 'string')
    return `${name} must be a file beside the entry, written "./name" and ending in ${either(file.map((each) => `.${each}`))}, not ${shown(value)}`;
  const control = typeof value === 'string' ? controlIn(value) : undefined;
  if (control !== undefined) return `${name} has ${control} in it, which no text may have: ${shown(value)}`;
  switch (issue.code) {
    case 'invalid_type':
      return `${name} must be ${article(issue.expected)}, not ${kind(value)}`;
    case 'too_big':
      return typeof value === 'string'
        ? `${name} is ${value.length} characters long; it may have ${issue.maximum}`
        : `${name} must be at most ${issue.maximum}`;
    case 'too_small':
      return typeof value === 'number' ? `${name} must be more than ${least(issue)}` : `${name} is empty`;
    case 'invalid_value':
      return `${name} must be ${either(issue.values.map(String))}, not ${kind(value)}`;
    case 'custom':
      return `${name} ${issue.message}: ${shown(value)}`;
    default:
      return `${name} is not valid: ${shown(value)}${description ? `. ${description}` : ''}`;
  }
}

/** The first control character of a text, other than line breaks and tabs, as an editor would call it. */
function controlIn(text: string): string | undefined {
  const [sign] = /(?![\n\t])\p{Cc}/u.exec(text) ?? [];
  if (sign === undefined) return undefined;
  if (sign === '\r') return 'a carriage return ("\\r")';
  return `the control character U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function notADate(name: string, value: unknown): string {
  const timed = typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]\d/.test(value);
  const rule = timed ? 'A time is written with its offset from UTC' : 'A day is written as 2026-11-22';
  return `${name} is not a date: ${typeof value === 'string' ? shown(value) : kind(value)}. ${rule}`;
}

const least = ({ minimum, inclusive }: z.core.$ZodIssueTooSmall) => (inclusive ? Number(minimum) - 1 : Number(minimum));

/** What a value is, with the value itself where it is short. */
function kind(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a group of fields';
  return typeof value === 'boolean' ? String(value) : `${article(typeof value)} (${shown(value)})`;
}

const article = (type: string) =>
  ({ string: 'text', array: 'a list', object: 'a group of fields', int: 'a whole number', boolean: 'true or false' })[
    type
  ] ?? `a ${type}`;

const either = (words: readonly string[]) => words.join(', ').replace(/, ([^,]*)$/, ' or $1');

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
