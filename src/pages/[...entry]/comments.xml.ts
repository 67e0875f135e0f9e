import type { APIRoute, GetStaticPaths } from 'astro';
import { catalog } from '#catalog/collections.ts';
import { commentsFeed, type CommentedPiece } from '#feeds/comments-feed.ts';
import { keyed } from '../_keyed.ts';

/** The comments on each entry that has some: `/episodes/<slug>/comments.xml`. */
export const getStaticPaths = (async () => {
  const { show, episodes, posts } = await catalog();
  const { title, language } = show;
  return keyed(
    [...episodes, ...posts].flatMap(({ title: of, url, discussion }) => {
      const { feed, comments = [] } = discussion ?? {};
      if (feed === undefined) return [];
      const props = { show: { title, language }, title: of, url, comments, feed } satisfies CommentedPiece;
      return [{ params: { entry: url.slice(1, -1) }, props }];
    }),
  );
}) satisfies GetStaticPaths;

export const GET: APIRoute<CommentedPiece> = async ({ props, site }) =>
  new Response(await commentsFeed(props, new URL(site ?? '')), {
    headers: { 'Content-Type': 'application/rss+xml; charset=utf-8' },
  });
