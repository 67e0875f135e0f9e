import { expect } from 'vitest';
import type { Content } from '#catalog/content.ts';
import { buildCatalog } from '#catalog/graph.ts';
import type { Catalog } from '#catalog/records.ts';
import type { About, Page } from '#metadata/about.ts';
import { jsonLd } from '#metadata/json-ld.ts';
import type { Palette } from '#site/palette.ts';
import type { Thing } from '#metadata/thing.ts';
import { content } from '../../fakes/content.ts';

export const site = new URL('https://files.example');
export const at = (path: string): string => new URL(path, site).href;

/** The catalog of what is given, at a moment after all that tests date. */
export function catalogOf(given: Partial<Content>): Catalog {
  const { catalog, problems } = buildCatalog(content(given), { now: new Date('2026-11-22T12:00:00Z'), preview: false });
  expect(problems).toEqual([]);
  return catalog;
}

/** The first of a list that has one. */
export function only<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined) throw new Error('There is nothing in the list');
  return first;
}

/** A page about something, as the layouts describe it. */
export const pageOf = ({ show }: Catalog, path: string, about?: About, more: Partial<Page> = {}): Page => ({
  site,
  url: new URL(path, site),
  show,
  title: `Something · ${show.title}`,
  description: 'What there is to see.',
  about,
  crumbs:
    path === '/'
      ? []
      : [
          { title: show.title, url: '/' },
          { title: 'Something', url: path },
        ],
  hidden: false,
  ...more,
});

/** The things that a page describes, by their type. */
export function graphOf(page: Page): Record<string, Thing> {
  const document = JSON.parse(jsonLd(page) ?? '') as { '@context': string; '@graph': Thing[] };
  expect(document['@context']).toBe('https://schema.org');
  return Object.fromEntries(document['@graph'].map((thing) => [thing['@type'], thing]));
}

const theme = (desk: string) => ({
  ...{ desk, paper: '#fbf6ea', folder: '#e3cd9b', ink: '#1f1b15', pencil: '#655a48', typed: '#574c36' },
  ...{ rule: '#cdb985', marketing: '#b3321a', sales: '#0b5d74', shared: '#4b2350' },
});
export const palette: Palette = { light: theme('#eeeeee'), dark: theme('#111111') };

export const mp3 = { bytes: 14_400_000, type: 'audio/mpeg', duration: 1805 } as const;
export const mp4 = { bytes: 80_000_000, type: 'video/mp4', duration: 61.6 } as const;
