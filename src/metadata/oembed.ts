import type { Catalog, EpisodeRecord } from '#catalog/records.ts';
import { withPartner } from '#site/partner.ts';
import { url } from '#site/url.ts';
import { type Playable, playables, playerSize } from './players.ts';
import { socialSize } from './social-drawing.ts';

/** What a consumer of oEmbed 1.0 (oembed.com) gets of an episode: sizes in pixels, the cache's age in seconds. */
export interface Oembed {
  version: '1.0';
  type: 'rich';
  title: string;
  author_name: string;
  author_url: string;
  provider_name: string;
  provider_url: string;
  cache_age: number;
  thumbnail_url: string;
  thumbnail_width: number;
  thumbnail_height: number;
  html: string;
  width: number;
  height: number;
}

/** What is said of an episode's player, and of the series that it is in. */
export interface Framed {
  show: Pick<Catalog['show'], 'title'>;
  episode: Pick<EpisodeRecord, 'slug' | 'title' | 'audio' | 'video'> & { hosts: readonly { name: string }[] };
}

/** An episode and its series without what nothing is said of. */
export const framed = ({ title: series }: Catalog['show'], episode: EpisodeRecord): Framed => {
  const { slug, title, audio, video, hosts } = episode;
  return {
    show: { title: series },
    episode: { slug, title, audio, video, hosts: hosts.map(({ name }) => ({ name })) },
  };
};

/** The player of an episode as other sites frame it. Undefined for an episode that has no player. */
export function oembed({ show, episode }: Framed, site: URL): Oembed | undefined {
  const [first] = playables(episode);
  if (!first) return undefined;
  const { width, height } = playerSize[first.kind];
  const address = (path: string) => new URL(path, site).href;
  return {
    version: '1.0',
    type: 'rich',
    title: episode.title,
    author_name: episode.hosts.map(({ name }) => name).join(', '),
    author_url: address(url.hosts),
    provider_name: show.title,
    provider_url: address(url.home),
    cache_age: 86_400,
    thumbnail_url: address(url.social('episodes', episode.slug)),
    thumbnail_width: socialSize.width,
    thumbnail_height: socialSize.height,
    html: embedCode({ show, episode }, first.kind, site),
    width,
    height,
  };
}

/** The element that frames an episode's player; with a partner, one that counts for it. */
export function embedCode({ show, episode }: Framed, kind: Playable['kind'], site: URL, partner?: string): string {
  const { width, height } = playerSize[kind];
  const src = new URL(url.embed(episode.slug), site).href;
  const frame = {
    src: partner === undefined ? src : withPartner(src, partner),
    title: `${episode.title} · ${show.title}`,
    width: String(width),
    height: String(height),
    loading: 'lazy',
    allow: 'fullscreen',
    style: 'border:0;max-width:100%',
  };
  const attributes = Object.entries(frame).map(([name, value]) => `${name}="${quoted(value)}"`);
  return `<iframe ${attributes.join(' ')}></iframe>`;
}

/** Text as the value of an attribute in double quotes. */
const quoted = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
