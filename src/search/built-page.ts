import { hash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { SearchFilters } from '#catalog/records.ts';
import { indexedText } from '#site/search-text.ts';
import { indexedHtml } from './indexed-html.ts';

/** What is shown of a page among the results. */
export interface ShownMeta {
  title: string;
  summary: string;
  kind: string;
  label?: string;
  /** ISO 8601. */
  date?: string;
  shown_date?: string;
  /** The address of a small picture. */
  image?: string;
  image_alt?: string;
}

/** What a page tells the search of itself. */
export interface Found {
  meta: ShownMeta;
  filters: SearchFilters;
  /** Another one for any other page. */
  digest: string;
}

/** A page of the built site that search knows. */
export interface BuiltPage extends Found {
  /** The path that readers open: `/episodes/<slug>/`. */
  url: string;
  file: string;
}

/** The pages of the site in `folder` that carry a search record. */
export async function builtPages(folder: string): Promise<BuiltPage[]> {
  const pages: BuiltPage[] = [];
  for await (const path of glob('**/*.html', { cwd: folder })) {
    const found = markedRecord(await readFile(join(folder, path), 'utf8'));
    if (found) pages.push(builtPage(folder, path.split(sep).join('/'), found));
  }
  return pages;
}

/** The page whose file is at `path` in the site in `folder`. */
export const builtPage = (folder: string, path: string, found: Found): BuiltPage => ({
  url: `/${path}`.replace(/\/index\.html$/, '/'),
  file: join(folder, path),
  ...found,
});

/**
 * Pages in the order in which they are indexed, those without a date first and then the oldest: the same site gives the
 * same index, and a new entry moves few others.
 */
export function inOrder(pages: readonly BuiltPage[]): BuiltPage[] {
  const date = ({ meta }: BuiltPage) => meta.date ?? '';
  return pages.toSorted((a, b) => compare(date(a), date(b)) || compare(a.url, b.url));
}

/** The record that a page carries in its head; only those that have one can be found. */
export function markedRecord(html: string): Found | undefined {
  const record = marked.exec(html)?.[1];
  if (record === undefined) return undefined;
  return { ...(JSON.parse(record) as Omit<Found, 'digest'>), digest: hash('sha256', html) };
}

/**
 * The language that a page is indexed in: the one that it says it is in, and none for Chinese and Japanese. Pagefind would
 * part their words by a dictionary, and the words of a question otherwise than those of a text; {@link indexedHtml} parts
 * them in any language.
 */
export function languageOf(html: string): string {
  const language = lang.exec(html)?.[2] ?? 'en';
  return /^(?:ja|zh)\b/i.test(language) ? 'unknown' : language;
}

const lang = /(<html[^>]*\slang=")([^"]+)/;

/**
 * A page that has every field that {@link pagefindHtml} can give one. Pagefind numbers the fields of the pages that it
 * reads, and leaves out pages without a word.
 */
export const everyField = (language: string): string =>
  `<html lang="${language}"><head>${fields.map((name) => `<template data-pagefind-meta="${name}:-"></template>`).join('')}</head><body data-pagefind-body>word</body></html>`;

const fields = ['title', 'label', 'name', 'people', 'topics', 'image'];

/**
 * A page as Pagefind reads it: its title, label, people and topics can be searched, its filters
 * chosen. A name counts beside the title, so that who asks for a person or a topic is led to their page.
 */
export function pagefindHtml({ meta, filters }: BuiltPage, html: string): string {
  const { person = [], topic = [] } = filters;
  const isName = ['Person', 'Organisation', 'Topic'].includes(meta.kind);
  const searched = (name: string, text: string) => `data-pagefind-meta="${name}:${escaped(indexedText(text))}"`;
  const attributes = [
    searched('title', meta.title),
    meta.label ? searched('label', meta.label) : '',
    isName ? searched('name', meta.title) : '',
    isName || person.length === 0 ? '' : searched('people', person.join(', ')),
    isName || topic.length === 0 ? '' : searched('topics', topic.join(', ')),
    // Without it Pagefind would take the first picture of the page, and have the words of its address searched.
    'data-pagefind-meta="image:-"',
    // For an index that is kept as Pagefind writes it; sorting by it leaves out pages without.
    `data-pagefind-sort="date:${meta.date ?? '0000'}"`,
    ...Object.entries(filters).flatMap(([name, values]) =>
      values.map((value) => `data-pagefind-filter="${name}:${escaped(value)}"`),
    ),
  ];
  return indexedHtml(html)
    .replace(lang, `$1${languageOf(html)}`)
    .replace(marked, () => attributes.map((attribute) => `<template ${attribute}></template>`).join(''));
}

const marked = /<template data-search(?:="")?>(.*?)<\/template>/s;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);
