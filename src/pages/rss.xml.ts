import type { APIRoute } from 'astro';
import { catalog, renderBody } from '#catalog/collections.ts';
import { proseHtml } from '#components/prose/html.ts';
import { siteFeed } from '#feeds/site-feed.ts';

export const GET: APIRoute = async ({ site }) => {
  const feed = await siteFeed(await catalog(), new URL(site ?? ''), async ({ body }) => {
    const { Content } = await renderBody(body);
    return proseHtml(Content, body.mentions);
  });
  return new Response(feed, { headers: { 'Content-Type': 'application/rss+xml; charset=utf-8' } });
};
