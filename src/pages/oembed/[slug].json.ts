import type { APIRoute, GetStaticPaths } from 'astro';
import { catalog } from '#catalog/collections.ts';
import type { Catalog, EpisodeRecord } from '#catalog/records.ts';
import { oembed } from '#metadata/oembed.ts';
import { hasPlayer } from '#metadata/players.ts';

/** What tells other sites how to frame an episode's player. */
export const getStaticPaths = (async () => {
  const { show, episodes } = await catalog();
  return episodes.filter(hasPlayer).map((episode) => ({ params: { slug: episode.slug }, props: { show, episode } }));
}) satisfies GetStaticPaths;

interface Props {
  show: Catalog['show'];
  episode: EpisodeRecord;
}

export const GET: APIRoute<Props> = ({ props: { show, episode }, site }) =>
  Response.json(oembed(episode, show, new URL(site ?? '')));
