import type { APIRoute, GetStaticPaths } from 'astro';
import { catalog } from '#catalog/collections.ts';
import { type Framed, framed, oembed } from '#metadata/oembed.ts';
import { hasPlayer } from '#metadata/players.ts';
import { keyed } from '../_keyed.ts';

/** What tells other sites how to frame an episode's player. */
export const getStaticPaths = (async () => {
  const { show, episodes } = await catalog();
  return keyed(
    episodes
      .filter(hasPlayer)
      .map((episode) => ({ params: { slug: episode.slug }, props: { ...framed(show, episode) } })),
  );
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ [Key in keyof Framed]: Framed[Key] }> = ({ props, site }) =>
  Response.json(oembed(props, new URL(site ?? '')));
