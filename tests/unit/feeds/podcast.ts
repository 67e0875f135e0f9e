import { parseRssFeed } from 'feedsmith';
import { expect } from 'vitest';
import type { Content } from '#catalog/content.ts';
import type { Catalog } from '#catalog/records.ts';
import { podcastFeed } from '#feeds/podcast-feed.ts';
import { brokenRules } from '../../build/feeds-rules.ts';
import { catalogOf, documentsOf, publication } from './publication.ts';

const unchanged = (catalog: Catalog) => catalog;

/** The podcast feed of a content folder at `address`, as text. */
export async function podcastXml(
  given: Partial<Content>,
  { address = '/podcast.xml', html = '<p>Notes.</p>', change = unchanged } = {},
): Promise<string> {
  const catalog = change(catalogOf(given));
  const [document] = documentsOf(catalog, address);
  return podcastFeed(document, publication(catalog, { html }));
}

/** The same as feedsmith reads it; an error if it breaks a rule of RSS. */
export async function podcast(...of: Parameters<typeof podcastXml>) {
  const xml = await podcastXml(...of);
  expect(brokenRules(xml, `https://files.example${of[1]?.address ?? '/podcast.xml'}`)).toEqual([]);
  return parseRssFeed(xml);
}
