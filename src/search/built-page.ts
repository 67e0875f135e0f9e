import { glob, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { SearchFilters } from '#catalog/records.ts';

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

/** A page of the built site that search knows. */
export interface BuiltPage {
  /** The path that readers open: `/episodes/<slug>/`. */
  url: string;
  file: string;
  meta: ShownMeta;
  filters: SearchFilters;
}

/**
 * The pages of the site in `folder` that carry a search record, those without a date
 * first and then the oldest: the same site gives the same index, and a new entry moves few others.
 */
export async function builtPages(folder: string): Promise<BuiltPage[]> {
  const pages: BuiltPage[] = [];
  for await (const path of glob('**/*.html', { cwd: folder })) {
    const file = join(folder, path);
    const record = marked.exec(await readFile(file, 'utf8'))?.[1];
    const url = `/${path.split(sep).join('/')}`.replace(/\/index\.html$/, '/');
    if (record) pages.push({ url, file, ...(JSON.parse(record) as Pick<BuiltPage, 'meta' | 'filters'>) });
  }
  const date = ({ meta }: BuiltPage) => meta.date ?? '';
  return pages.toSorted((a, b) => compare(date(a), date(b)) || compare(a.url, b.url));
}

/**
 * A page as Pagefind reads it: its title, label, people and topics can be searched, its filters
 * chosen. A name counts beside the title, so that who asks for a person or a topic is led to their page.
 */
export function pagefindHtml({ meta, filters }: BuiltPage, html: string): string {
  const { person = [], topic = [] } = filters;
  const isName = ['Person', 'Organisation', 'Topic'].includes(meta.kind);
  const attributes = [
    `data-pagefind-meta="title:${escaped(meta.title)}"`,
    meta.label ? `data-pagefind-meta="label:${escaped(meta.label)}"` : '',
    isName ? `data-pagefind-meta="name:${escaped(meta.title)}"` : '',
    isName || person.length === 0 ? '' : `data-pagefind-meta="people:${escaped(person.join(', '))}"`,
    isName || topic.length === 0 ? '' : `data-pagefind-meta="topics:${escaped(topic.join(', '))}"`,
    // Without it Pagefind would take the first picture of the page, and have the words of its address searched.
    'data-pagefind-meta="image:-"',
    // For an index that is kept as Pagefind writes it; sorting by it leaves out pages without.
    `data-pagefind-sort="date:${meta.date ?? '0000'}"`,
    ...Object.entries(filters).flatMap(([name, values]) =>
      values.map((value) => `data-pagefind-filter="${name}:${escaped(value)}"`),
    ),
  ];
  return html.replace(marked, () => attributes.map((attribute) => `<template ${attribute}></template>`).join(''));
}

const marked = /<template data-search(?:="")?>(.*?)<\/template>/s;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);
