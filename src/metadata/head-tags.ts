import type { EpisodeRecord } from '#catalog/records.ts';
import { url } from '#site/url.ts';
import { nameOf, type Page, partOf } from './about.ts';
import { icons } from './icons.ts';
import { playables } from './players.ts';
import type { Palette } from '#site/palette.ts';
import { socialImage } from './social-card.ts';
import { socialSize } from './social-drawing.ts';

/** An element of the head that has no content. */
export interface HeadTag {
  element: 'meta' | 'link';
  attributes: Record<string, string>;
}

/**
 * What a page says of itself in its head, but for its title, description and canonical address: Open Graph (ogp.me),
 * X's card, the pages before and after it in a list, its player for other sites (oEmbed), its text as Markdown, its icons
 * and colours.
 */
export function headTags(page: Page, { light, dark }: Palette): HeadTag[] {
  return [
    ...openGraph(page).map(([property, content]) => meta({ property, content })),
    // The rest of the card X takes from Open Graph.
    meta({ name: 'twitter:card', content: 'summary_large_image' }),
    ...neighbours(page),
    ...player(page),
    ...markdown(page),
    link({ rel: 'icon', href: url.favicon, sizes: '32x32' }),
    link({ rel: 'icon', href: url.mark, type: 'image/svg+xml' }),
    link({ rel: 'apple-touch-icon', href: url.icon('apple-touch-icon'), sizes: `${side}x${side}` }),
    link({ rel: 'manifest', href: url.manifest }),
    meta({ name: 'theme-color', content: light.desk, media: '(prefers-color-scheme: light)' }),
    meta({ name: 'theme-color', content: dark.desk, media: '(prefers-color-scheme: dark)' }),
  ];
}

const side = icons['apple-touch-icon'].size;

const meta = (attributes: Record<string, string>): HeadTag => ({ element: 'meta', attributes });
const link = (attributes: Record<string, string>): HeadTag => ({ element: 'link', attributes });

type Property = [name: string, content: string];

function openGraph(page: Page): Property[] {
  const { site, show, about, description, hidden, modified } = page;
  const image = socialImage(about, show);
  return [
    ['og:title', nameOf(page)],
    ['og:description', about?.kind === 'home' ? show.tagline : description],
    ['og:type', typeOf(page)],
    // A page that search engines are not to know has no address to be shared by.
    ...(hidden ? [] : [['og:url', page.url.href] satisfies Property]),
    ['og:site_name', show.title],
    ['og:locale', localeOf(show.language)],
    ['og:image', new URL(image.path, site).href],
    ['og:image:width', String(socialSize.width)],
    ['og:image:height', String(socialSize.height)],
    ['og:image:type', 'image/png'],
    ['og:image:alt', image.alt],
    ...article(page),
    ...(modified ? [['article:modified_time', modified.iso] satisfies Property] : []),
    ...(about?.kind === 'episodes' ? media(about.record, site) : []),
  ];
}

function typeOf({ about }: Page): string {
  if (about?.kind === 'posts' || about?.kind === 'whitepapers') return 'article';
  if (about?.kind === 'people' && !about.part) return about.record.kind === 'person' ? 'profile' : 'website';
  if (about?.kind !== 'episodes') return 'website';
  const [first] = playables(about.record);
  return first ? { video: 'video.other', audio: 'music.song' }[first.kind] : 'article';
}

function article({ site, about }: Page): Property[] {
  if (about?.kind !== 'episodes' && about?.kind !== 'posts' && about?.kind !== 'whitepapers') return [];
  const { publishedAt, topics, people } = about.record;
  return [
    ['article:published_time', publishedAt.iso],
    ['article:section', { episodes: 'Episodes', posts: 'Posts', whitepapers: 'Whitepapers' }[about.kind]],
    ...people.map(({ url }): Property => ['article:author', new URL(url, site).href]),
    ...topics.map(({ title }): Property => ['article:tag', title]),
  ];
}

/** The recordings, by the type that Open Graph has for each; a length in whole seconds. */
function media(episode: EpisodeRecord, site: URL): Property[] {
  return playables(episode).flatMap(({ kind, recording }): Property[] => [
    [`og:${kind}`, new URL(recording.url, site).href],
    [`og:${kind}:type`, recording.type],
    ...durationOf(kind, recording.duration),
  ]);
}

const durationOf = (kind: 'audio' | 'video', duration: number | undefined): Property[] =>
  duration === undefined
    ? []
    : [[kind === 'video' ? 'video:duration' : 'music:duration', String(Math.round(duration))]];

/** `en-GB` as `en_GB`; a language alone has the territory where most of its readers are. */
function localeOf(language: string): string {
  const { language: code, region } = new Intl.Locale(language).maximize();
  return region ? `${code}_${region}` : code;
}

function neighbours({ about }: Page): HeadTag[] {
  const part = partOf(about);
  if (!part) return [];
  const { url: list, current = 1, last = 1 } = part;
  return [
    ...(current > 1 ? [link({ rel: 'prev', href: url.listPage(list, current - 1) })] : []),
    ...(current < last ? [link({ rel: 'next', href: url.listPage(list, current + 1) })] : []),
  ];
}

function player({ site, about }: Page): HeadTag[] {
  if (about?.kind !== 'episodes' || playables(about.record).length === 0) return [];
  const { slug, title } = about.record;
  const href = new URL(url.oembed(slug), site).href;
  return [link({ rel: 'alternate', type: 'application/json+oembed', href, title })];
}

/** An entry is the same in `index.md` beside its page. */
function markdown({ about }: Page): HeadTag[] {
  switch (about?.kind) {
    case 'episodes':
    case 'posts':
    case 'whitepapers':
    case 'people':
    case 'partners':
    case 'pages':
      return partOf(about)
        ? []
        : [link({ rel: 'alternate', type: 'text/markdown', href: url.markdown(about.record.url) })];
    default:
      return [];
  }
}
