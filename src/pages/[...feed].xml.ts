import type { APIRoute, GetStaticPaths } from 'astro';
import { catalog } from '#catalog/collections.ts';
import type { Catalog } from '#catalog/records.ts';
import { type FeedDocument, feedDocuments } from '#feeds/document.ts';
import { feedList } from '#feeds/list.ts';
import { podcastFeed } from '#feeds/podcast-feed.ts';
import { siteFeed } from '#feeds/site-feed.ts';
import { published } from './_publication.ts';
import { keyed } from './_keyed.ts';

/** Every feed in XML, wherever it stands: `/rss.xml`, `/podcast.xml`, `/topics/<slug>/rss.xml`, `/rss/page-2.xml`. */
export const getStaticPaths = (async () => {
  const all = await catalog();
  return keyed(
    feedList(all)
      .filter(({ kind }) => kind !== 'json')
      .flatMap((feed) => feedDocuments(feed, all.show.podcast?.feedSize))
      .map((document) => ({
        params: { feed: document.url.slice(1, -'.xml'.length) },
        props: { show: all.show, document },
      })),
  );
}) satisfies GetStaticPaths;

interface Props {
  show: Catalog['show'];
  document: FeedDocument;
}

export const GET: APIRoute<Props> = async ({ props: { show, document }, site }) => {
  const written = document.feed.kind === 'podcast' ? podcastFeed : siteFeed;
  const xml = await written(...(await published(document, show, new URL(site ?? ''))));
  return new Response(xml, { headers: { 'Content-Type': 'application/rss+xml; charset=utf-8' } });
};
