import type { APIRoute, GetStaticPaths } from 'astro';
import { catalog } from '#catalog/collections.ts';
import type { Catalog } from '#catalog/records.ts';
import { type FeedDocument, feedDocuments } from '#feeds/document.ts';
import { jsonFeed } from '#feeds/json-feed.ts';
import { feedList } from '#feeds/list.ts';
import { published } from './_publication.ts';
import { keyed } from './_keyed.ts';

/** The feed in JSON: `/feed.json`, `/feed/page-2.json`. */
export const getStaticPaths = (async () => {
  const all = await catalog();
  return keyed(
    feedList(all)
      .filter(({ kind }) => kind === 'json')
      .flatMap((feed) => feedDocuments(feed, all.show.podcast?.feedSize))
      .map((document) => ({
        params: { feed: document.url.slice(1, -'.json'.length) },
        props: { show: all.show, document },
      })),
  );
}) satisfies GetStaticPaths;

interface Props {
  show: Catalog['show'];
  document: FeedDocument;
}

export const GET: APIRoute<Props> = async ({ props: { show, document }, site }) =>
  new Response(await jsonFeed(...(await published(document, show, new URL(site ?? '')))), {
    headers: { 'Content-Type': 'application/feed+json; charset=utf-8' },
  });
