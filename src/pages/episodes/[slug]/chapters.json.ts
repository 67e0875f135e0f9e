import type { APIRoute, GetStaticPaths } from 'astro';
import { catalog } from '#catalog/collections.ts';
import { url } from '#site/url.ts';
import { chaptersFile } from '#feeds/chapters.ts';
import { keyed } from '../../_keyed.ts';
import { served } from '../../_publication.ts';

/** The chapters that an author listed, as a file. One of the author's own stands at the same address, and goes before it. */
export const getStaticPaths = (async () => {
  const { assets, episodes } = await catalog();
  const own = new Set(assets.map(({ url }) => url));
  return keyed(
    episodes
      .filter(({ slug, chaptersUrl }) => chaptersUrl === url.chapters(slug) && !own.has(chaptersUrl))
      .map(({ slug, chapters, silentChapters }) => ({ params: { slug }, props: { chapters, silentChapters } })),
  );
}) satisfies GetStaticPaths;

export const GET: APIRoute<Parameters<typeof chaptersFile>[0]> = async ({ props, site }) =>
  new Response(await chaptersFile(props, new URL(site ?? ''), served));
