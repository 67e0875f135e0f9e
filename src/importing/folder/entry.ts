import { stat } from 'node:fs/promises';
import type { ArchivedFile, ArchivedPiece, Lost, Part } from '#importing/archive.ts';
import { plainText } from '#importing/html.ts';
import { dateOf, type Fields, textOf, timeOf } from './fields.ts';
import { isData } from './front-matter.ts';
import type { Gathered } from './gathered.ts';
import type { Kind } from './locate.ts';
import { recordingOf } from './recording.ts';

/** What a generator knows of one entry beside its front matter. */
export interface Entry {
  /** The path of its file, by which a second run knows it. */
  file: string;
  kind: 'posts' | 'pages';
  slug: string;
  title: string;
  /** The date that its file's name says. */
  date?: Date | string | undefined;
  html: string;
  /** What its text says before the mark that ends a summary. */
  excerpt?: string | undefined;
  /** The path of its page on the old site, and older ones. */
  addresses: string[];
  /** Whom the whole site, or its folder, says it is by. */
  author?: unknown;
  fields: Fields;
  isDraft: boolean;
  /** Addresses of a picture that lies beside it and that themes show at its head. */
  beside?: string | undefined;
  /** What the generator's own feed calls it. */
  guid?: string | undefined;
  /** What a feed for podcasts calls it, where the site has one of its own; null where that is not known. */
  episodeGuid?: string | null | undefined;
  keywords: readonly string[];
  topics: readonly string[];
  lost: Lost[];
}

export interface Site {
  gathered: Gathered;
  /** `https://old.example.com`, where the folder says it. */
  origin?: string | undefined;
  timezone?: string | undefined;
  now: Date;
  /** What stands before `podcast_file`. */
  mediaPrefix?: string | undefined;
  /** The address by which a picture or a file of the entry is known; where it lies is noted. */
  address: (address: string, kind: Kind) => string;
  /** Where a file that is named so lies on the disk. */
  fileOf: (address: string) => string | undefined;
}

/** What stands before the mark that ends a summary, as plain text: without its notes, which the whole text has. */
export const excerptOf = (before: string, htmlOf: (text: string) => string): string =>
  plainText({ html: htmlOf(before.replaceAll(/\[\^[^\]]+\]/g, '')) }).trim();

/** Front matter that says how something looks or is listed, which the site decides by itself. */
const unsaid: ReadonlySet<string> = new Set(
  'layout template type weight menu toc showtoc tocopen math katex mathjax mermaid comments sitemap url slug permalink id ref linktitle markup outputs outputformats lightgallery eleventyexcludefromcollections eleventynavigation classes author_profile read_time share related header_type usepagebundles nocomment'.split(
    ' ',
  ),
);

/** An entry in the one form of all archives. */
export async function pieceOf(entry: Entry, site: Site): Promise<ArchivedPiece> {
  const { fields, lost } = entry;
  const { gathered, timezone, now } = site;
  const isPage = entry.kind === 'pages';
  const recording = isPage
    ? undefined
    : await recordingOf(fields, {
        prefix: site.mediaPrefix,
        absolute: (address) => (site.origin === undefined ? undefined : URL.parse(address, `${site.origin}/`)?.href),
        bytes: async (address) => {
          const path = site.fileOf(address);
          return path === undefined ? undefined : (await stat(path)).size;
        },
        lost,
      });
  const kind = recording ? 'episodes' : entry.kind;
  const title = fields.text('title') ?? entry.title;
  const summary =
    fields.text('description', 'summary', 'excerpt', 'lead', 'abstract') ?? fields.text('subtitle') ?? entry.excerpt;
  const said = fields.take('date', 'published_at', 'pubdate', 'published_date');
  const shown = fields.take('publishdate');
  // Hugo shows a page from its `publishDate` on, and calls it of its `date` all the same.
  const isLater = timeOf(dateOf(shown, timezone)) > now.getTime();
  const dated = isLater ? dateOf(shown, timezone) : (dateOf(said, timezone) ?? dateOf(shown, timezone) ?? entry.date);
  if (said !== undefined && dateOf(said, timezone) === undefined)
    lost.push({ what: 'date', detail: `Its date “${String(textOf(said) ?? JSON.stringify(said))}” is none` });
  const updated = dateOf(
    fields.take(
      'lastmod',
      'last_modified_at',
      'modified',
      'updated',
      'updated_at',
      'updateddate',
      'lastmodified',
      'last_updated',
    ),
    timezone,
  );
  const expires = dateOf(fields.take('expirydate', 'expires'), timezone);
  const isExpired = expires !== undefined && timeOf(expires) <= now.getTime();
  if (isExpired)
    lost.push({ what: 'expired', detail: `The old site showed it until ${textOfDate(expires)}: it is a draft here` });
  else if (expires !== undefined)
    lost.push({
      what: 'expires',
      detail: `The old site shows it until ${textOfDate(expires)}: here nothing ends by itself`,
    });
  const isHidden = ['hidden', 'private', 'unlisted'].some((name) => /^(?:true|yes)$/i.test(fields.text(name) ?? ''));
  if (isHidden)
    lost.push({
      what: 'hidden',
      detail: 'The old site listed it nowhere: it is a draft here, since all that is published is listed',
    });
  const cover = isPage ? undefined : coverOf(entry, site);
  const film = fields.text('youtube', 'youtube_id', 'youtubeid');
  const filmHtml =
    film && !film.includes(' ')
      ? `\n<iframe src="${film.startsWith('http') ? film.replaceAll('"', '') : `https://www.youtube.com/watch?v=${encodeURIComponent(film)}`}"></iframe>`
      : '';
  const parts = partsOf(fields, gathered, kind, entry.author);
  for (const role of ['hosts', 'guests', 'authors'] as const)
    if (parts[role].length > 0 && (kind === 'pages' || (kind === 'posts' && role !== 'authors')))
      lost.push({
        what: 'people',
        detail: `${role}: ${parts[role].map(({ person }) => person).join(', ')}; ${kind === 'pages' ? 'a page' : 'a post'} names none`,
      });
  const topics = isPage ? [] : [...new Set(entry.topics.map((each) => gathered.topic(each)))];
  if (isPage && (entry.topics.length > 0 || entry.keywords.length > 0))
    lost.push({ what: 'topics', detail: `${[...entry.topics, ...entry.keywords].join(', ')}: a page has none` });
  if (isPage && entry.fields.has('guid')) fields.take('guid');
  const ofFeed = recording && entry.episodeGuid !== undefined ? (entry.episodeGuid ?? undefined) : entry.guid;
  const guid = fields.text('guid') ?? recording?.guid ?? ofFeed;
  if (recording && guid === undefined)
    lost.push({
      what: 'guid',
      detail:
        'The folder does not say what its feed calls this episode: give it the guid that it has there before you publish it, or apps take it for a new one',
    });
  fields.rest(lost, unsaid);
  return {
    key: entry.file,
    place: entry.file,
    kind,
    ...(entry.slug && { slug: entry.slug }),
    title: words(title),
    ...(dated !== undefined && { publishedAt: dated }),
    ...(updated !== undefined && { updatedAt: updated }),
    ...(summary && { summary: words(summary) }),
    body: {
      html: entry.html + filmHtml,
      ...(site.origin !== undefined && { base: `${site.origin}${entry.addresses[0] ?? '/'}` }),
    },
    draft: entry.isDraft || isExpired || isHidden,
    hosts: kind === 'episodes' ? parts.hosts : [],
    guests: kind === 'episodes' ? parts.guests : [],
    authors: kind === 'posts' ? parts.authors : [],
    topics,
    keywords: isPage ? [] : [...new Set(entry.keywords)],
    ...(cover && { cover }),
    ...(!isPage && guid !== undefined && { guid }),
    addresses: entry.addresses.map((address) => address.replaceAll(/\s/g, (space) => encodeURIComponent(space))),
    fields: recording?.fields ?? {},
    lost,
  };
}

const textOfDate = (date: Date | string) => (date instanceof Date ? date.toISOString().slice(0, 10) : date);

/** Markdown or HTML in a field of plain text, as its words. */
const words = (text: string): string =>
  /[*_`<[&\\]/.test(text)
    ? plainText({ markdown: text.replaceAll(/^(\s*)([#>+-]|\d+\.)/g, '$1\\$2') })
        .replaceAll(/\s+/g, ' ')
        .trim()
    : text;

/** Who is named. In an episode its authors are its hosts where no hosts are named. */
function partsOf(
  fields: Fields,
  gathered: Gathered,
  kind: ArchivedPiece['kind'],
  instead: unknown,
): Record<'hosts' | 'guests' | 'authors', Part[]> {
  const hosts = gathered.parts(fields.take('hosts', 'host') ?? []);
  const guests = gathered.parts(fields.take('guests', 'guest') ?? []);
  const own = gathered.parts(split(fields.take('authors', 'author') ?? instead ?? []));
  return kind === 'episodes'
    ? {
        hosts: hosts.length > 0 ? hosts : own.filter(({ person }) => !guests.some((each) => each.person === person)),
        guests,
        authors: own,
      }
    : { hosts, guests, authors: own };
}

/** `A, B and C` in a field of one line are three. */
const split = (value: unknown): unknown => (typeof value === 'string' ? value.split(/,\s+|\s+(?:and|&)\s+/) : value);

function coverOf({ fields, beside }: Entry, { address, origin }: Site): ArchivedFile | undefined {
  const names = [
    'cover',
    'featured_image',
    'featuredimage',
    'feature_image',
    'featureimage',
    'episode_image',
    'image',
    'images',
    'thumbnail',
    'banner',
    'hero',
    'hero_image',
    'heroimage',
    'feature',
    'img',
    'og_image',
    'ogimage',
    'header',
    'coverimage',
    'cover_image',
  ];
  const alts = fields.text(
    'cover_alt',
    'image_alt',
    'imagealt',
    'featured_image_alt',
    'featureimagealt',
    'alt',
    'hero_alt',
  );
  for (const name of names) {
    const value = fields.peek(name);
    const [first] = Array.isArray(value) ? (value as unknown[]) : [value];
    const record = isData(first) ? first : undefined;
    const path = record
      ? textOf(
          ['image', 'src', 'url', 'path', 'feature', 'teaser', 'overlay_image', 'og_image', 'filename', 'file']
            .map((key) => record[key])
            .find((each) => typeof each === 'string' && each),
        )
      : textOf(first);
    if (!path || !/[./]/.test(path) || path.includes('{')) continue;
    fields.take(name);
    const alt = (record && textOf(record['alt'] ?? record['caption'])) ?? alts;
    const found = address(path, 'cover');
    if (!/^https?:/.test(found) && origin === undefined && !found.startsWith('/')) continue;
    return { url: found, ...(alt && { alt: words(alt) }) };
  }
  return beside === undefined ? undefined : { url: beside, ...(alts && { alt: alts }) };
}
