import type { Catalog, EpisodeRecord } from '#catalog/records.ts';
import { url } from '#site/url.ts';
import { playables, playerSize } from './players.ts';
import { socialImage } from './social-card.ts';
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

/** The player of an episode as other sites frame it. Undefined for an episode that has no player. */
export function oembed(episode: EpisodeRecord, show: Catalog['show'], site: URL): Oembed | undefined {
  const [first] = playables(episode);
  if (!first) return undefined;
  const { width, height } = playerSize[first.kind];
  const address = (path: string) => new URL(path, site).href;
  const frame = {
    src: address(url.embed(episode.slug)),
    title: `${episode.title} · ${show.title}`,
    width: String(width),
    height: String(height),
    loading: 'lazy',
    allow: 'fullscreen',
    style: 'border:0;max-width:100%',
  };
  const attributes = Object.entries(frame).map(([name, value]) => `${name}="${quoted(value)}"`);
  return {
    version: '1.0',
    type: 'rich',
    title: episode.title,
    author_name: episode.hosts.map(({ name }) => name).join(', '),
    author_url: address(url.hosts),
    provider_name: show.title,
    provider_url: address(url.home),
    cache_age: 86_400,
    thumbnail_url: address(socialImage({ kind: 'episodes', record: episode }, show).path),
    thumbnail_width: socialSize.width,
    thumbnail_height: socialSize.height,
    html: `<iframe ${attributes.join(' ')}></iframe>`,
    width,
    height,
  };
}

/** Text as the value of an attribute in double quotes. */
const quoted = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
