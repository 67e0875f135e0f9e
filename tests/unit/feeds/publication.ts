import { expect } from 'vitest';
import type { Content } from '#catalog/content.ts';
import { buildCatalog } from '#catalog/graph.ts';
import type { Body, Catalog, Picture } from '#catalog/records.ts';
import { type FeedDocument, feedDocuments, type Publication } from '#feeds/document.ts';
import { feedList } from '#feeds/list.ts';
import { notes } from '#feeds/notes.ts';
import { content } from '../../fakes/content.ts';

export const site = new URL('https://files.example');

/** The catalog of what is given; an error where an author would be shown one. */
export function catalogOf(given: Partial<Content>): Catalog {
  const { catalog, problems } = buildCatalog(content(given), { now: new Date('2026-11-22T12:00:00Z'), preview: false });
  expect(problems).toEqual([]);
  return catalog;
}

/** What endpoints would know; every body is `html`, and `rendered` counts how often one is asked for. */
export function publication(
  { show }: Catalog,
  { at = site, html = '<p>Hello.</p>', rendered }: { at?: URL; html?: string; rendered?: (body: Body) => void } = {},
): Publication {
  const bodyHtml = (body: Body) => {
    rendered?.(body);
    return Promise.resolve(html);
  };
  return { show, site: at, notes: (piece) => notes(piece, at, bodyHtml) };
}

/** The documents of the feed at `address`. */
export function documentsOf(catalog: Catalog, address: string): [FeedDocument, ...FeedDocument[]] {
  const feed = feedList(catalog).find(({ url }) => url === address);
  const [first, ...others] = feed ? feedDocuments(feed, catalog.show.podcast?.feedSize) : [];
  if (!first) throw new Error(`There is no feed ${address}`);
  return [first, ...others];
}

/** A recording on another host. */
export const audio = { url: 'https://media.example/a.mp3', bytes: 1234, type: 'audio/mpeg', duration: 61.6 } as const;
export const video = { url: 'https://media.example/v.mp4', bytes: 56_789, type: 'video/mp4', duration: 61.6 } as const;

/** A picture as Astro would have read it. */
export const picture = (
  name: string,
  width: number,
  height: number,
  format: 'jpg' | 'png' | 'webp' = 'jpg',
): Picture => ({
  src: { src: `/_astro/${name}.abc.${format}`, width, height, format },
  alt: `The picture ${name}`,
});
