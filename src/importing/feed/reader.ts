import { readFile } from 'node:fs/promises';
import { parseRssFeed, type RssFeed } from 'feedsmith';
import { isSameSite } from '#importing/addresses.ts';
import type { Archive, ArchivedPerson, ArchivedPiece, Lost, Part, RemoteTranscript } from '#importing/archive.ts';
import { type Chapter, chapterTitle } from '#importing/chapters.ts';
import { fetched } from '#importing/fetched.ts';
import { plainText } from '#importing/html.ts';
import { mediaType } from '#importing/media-type.ts';
import { withParagraphs } from '#importing/paragraphs.ts';
import { type ReadContext, type Reader, type Source, UnreadableArchive } from '#importing/source.ts';
import { decodedXml } from '#importing/xml-encoding.ts';
import { seconds } from '#site/length.ts';
import { showOf } from './channel.ts';

type Feed = RssFeed.Feed<string>;
type Item = RssFeed.Item<string>;
type Person = NonNullable<NonNullable<Item['podcast']>['persons']>[number];

/** Of a show of decades; a feed of more is none. */
const mostPages = 500;
const mostBytes = 100e6;

/** A podcast's RSS feed, in a file or at its address; a paged one (RFC 5005) is followed to its end. */
export const feed: Reader = {
  recognizes: ({ kind, beginning }) => kind === 'address' || (kind === 'file' && /<rss[\s>]/i.test(beginning)),
  read: async (source, context) => {
    const pages = await pagesOf(source, context);
    const [first] = pages;
    if (!first) throw new UnreadableArchive(`${source.location} has nothing in it.`);
    return archiveOf(
      first,
      pages.flatMap(({ items }) => items ?? []),
      first.atom?.links?.find(({ rel }) => rel === 'self')?.href ?? source.location,
    );
  },
};

async function pagesOf(source: Source, context: ReadContext): Promise<Feed[]> {
  const pages: Feed[] = [];
  const seen = new Set([source.location]);
  for (let at: string | undefined = source.location; at !== undefined && pages.length < mostPages;) {
    const page: Feed = parsed(await textAt(at, context), at);
    pages.push(page);
    const next: string | undefined = page.atom?.links?.find(({ rel }) => rel === 'next')?.href;
    at = next !== undefined && URL.canParse(next) && !seen.has(next) && !context.isOffline ? next : undefined;
    if (at !== undefined) seen.add(at);
    context.progress(`${pages.length} pages of the feed`);
  }
  return pages;
}

async function textAt(location: string, context: ReadContext): Promise<string> {
  if (!/^https?:/i.test(location)) return decodedXml(await readFile(location));
  const bytes = await fetched(location, context, mostBytes).catch((error: Error) => {
    throw new UnreadableArchive(`${location} ${error.message}.`);
  });
  return decodedXml(bytes);
}

function parsed(text: string, location: string): Feed {
  try {
    return parseRssFeed(text);
  } catch {
    const link = /<link\b[^>]*type=["']application\/rss\+xml["'][^>]*>/i.exec(text)?.[0];
    const found = link && URL.parse(/href=["']([^"']+)/i.exec(link)?.[1] ?? '', location)?.href;
    throw new UnreadableArchive(
      found
        ? `${location} is a web page. Its feed is another address:\n\n  npm run import -- ${found}`
        : /<rss[\s>]/i.test(text)
          ? `${location} is an RSS feed that cannot be read: it is cut off, or not well-formed. Fetch it again.`
          : /<(?:feed|rdf:RDF)[\s>]/i.test(text)
            ? `${location} is a feed in ${/<feed[\s>]/i.test(text) ? 'Atom' : 'RSS 1.0'}, which is not read here: podcasts have one in RSS 2.0.`
            : `${location} is no RSS feed. A WordPress export is imported from its file.`,
    );
  }
}

function archiveOf(channel: Feed, items: readonly Item[], location: string): Archive {
  const lost: Lost[] = [];
  const address = URL.canParse(channel.link ?? '') ? channel.link : undefined;
  const people = new Map<string, ArchivedPerson>();
  const hosts = (channel.podcast?.persons ?? []).filter((person) => roleOf(person) === 'host');
  const authors = hosts.length > 0 ? hosts : [{ display: channel.itunes?.author ?? '' }];
  const hostKeys = authors.flatMap((person) => (taken(people, person) ?? []).map((part) => part.person));
  const pieces = items.map((item, i) => pieceOf(item, { channel, address, people, place: `item ${i + 1}` }));
  dateUndated(pieces);
  const names = [...new Set(pieces.flatMap(({ topics }) => topics))];
  return {
    kind: 'podcast feed',
    series: {
      ...(address !== undefined && { address }),
      fields: { ...showOf(channel, items, lost), hosts: hostKeys },
      ...(channel.itunes?.image && { cover: { url: channel.itunes.image } }),
    },
    people: [...people.values()],
    topics: names.map((name) => ({ key: name, title: name })),
    ...(URL.canParse(location) && { feed: location }),
    ...{ pieces, comments: [], lost },
  };
}

/** Gives items without a date that of the one below them, which is older: apps would take one of today for new. */
function dateUndated(pieces: readonly ArchivedPiece[]): void {
  for (const [i, piece] of pieces.entries()) {
    if (piece.publishedAt !== undefined) continue;
    const dated = (each: ArchivedPiece) => each.publishedAt !== undefined;
    const neighbour = pieces.slice(i + 1).find(dated) ?? pieces.slice(0, i).findLast(dated);
    if (neighbour?.publishedAt === undefined) continue;
    piece.publishedAt = neighbour.publishedAt;
    piece.lost.push({
      what: 'date',
      detail: `It has no date: it has that of “${neighbour.title}”, beside which it stands`,
    });
  }
}

/** Tags of an item that are read, by feedsmith's names. */
const kept = new Set([
  'transcripts',
  'chapters',
  'soundbites',
  'persons',
  'season',
  'episode',
  'alternateEnclosures',
  'images',
]);

interface Around {
  channel: Feed;
  address: string | undefined;
  people: Map<string, ArchivedPerson>;
  place: string;
}

function pieceOf(item: Item, around: Around): ArchivedPiece {
  const { channel, address, people } = around;
  const { itunes, podcast } = item;
  const lost: Lost[] = [];
  const enclosure = item.enclosures?.find(({ url }) => URL.canParse(url ?? ''));
  const recording = recordingOf(item, lost);
  const title = (item.title ?? itunes?.title ?? '').trim();
  const html = item.content?.encoded ?? item.description ?? itunes?.summary ?? '';
  const short = item.content?.encoded ? (itunes?.summary ?? item.description) : itunes?.subtitle;
  const summary = short === undefined ? '' : plainText({ html: withParagraphs(short) }).trim();
  const publishedAt = item.pubDate === undefined ? undefined : new Date(item.pubDate);
  const isDated = publishedAt !== undefined && !Number.isNaN(publishedAt.getTime());
  if (publishedAt && !isDated) lost.push({ what: 'date', detail: `Its date “${item.pubDate}” is none` });
  const parts = { host: [] as Part[], guest: [] as Part[] };
  for (const person of podcast?.persons ?? []) {
    const role = roleOf(person);
    // "Co-host" and "guest host" are hosts by another name.
    const kind = /\bhost\b/.test(role) ? 'host' : /\bguest\b/.test(role) ? 'guest' : undefined;
    const own = kind === role || person.role === undefined ? {} : { role: person.role.trim() };
    if (kind) parts[kind].push(...(taken(people, person) ?? []).map((part) => ({ ...part, ...own })));
    else lost.push({ what: 'person', detail: `${person.display}, ${role}: only hosts and guests have a place` });
  }
  for (const name of Object.keys(podcast ?? {}))
    if (!kept.has(name)) lost.push({ what: `podcast:${name}`, detail: `podcast:${name} has no place here` });
  const guid = item.guid?.value ?? enclosure?.url ?? item.link;
  if (item.guid?.value === undefined && guid !== undefined)
    lost.push({ what: 'guid', detail: `It has no guid, and apps know it by its address: ${guid}` });
  const link = item.link !== undefined && isSameSite(item.link, address) ? URL.parse(item.link) : undefined;
  const { season, episode, episodeType } = itunes ?? {};
  const chapters = chaptersOf(item);
  // Without a title it has that of its episode (Podcasting 2.0, soundbite).
  const soundbites = (podcast?.soundbites ?? []).flatMap(({ startTime, duration, display }) =>
    startTime === undefined || !duration ? [] : [{ start: startTime, duration, title: display ?? title }],
  );
  const image = itunes?.image !== channel.itunes?.image ? itunes?.image : undefined;
  return {
    key: guid ?? `${title} ${item.pubDate ?? ''}`,
    place: `${around.place}, "${title || '(no title)'}"`,
    kind: recording ? 'episodes' : 'posts',
    title,
    ...(isDated && { publishedAt }),
    ...(summary && { summary }),
    body: { html: /<[a-z][^>]*>/i.test(html) ? html : withParagraphs(html), ...(address && { base: address }) },
    draft: false,
    ...{ hosts: parts.host, guests: parts.guest, authors: [] },
    topics: [...new Set((item.categories ?? []).flatMap(({ name }) => name?.trim() || []))],
    keywords: itunes?.keywords ?? [],
    ...(image !== undefined && { cover: { url: image } }),
    ...(guid !== undefined && { guid }),
    addresses: link && link.pathname !== '/' ? [link.pathname + link.search] : [],
    fields: recording
      ? {
          ...recording,
          ...(Number.isInteger(episode) && { number: episode }),
          ...(season && { season }),
          ...(['trailer', 'bonus'].includes(episodeType ?? '') && { episodeType }),
          ...(itunes?.explicit !== undefined && itunes.explicit !== (channel.itunes?.explicit ?? false)
            ? { explicit: itunes.explicit }
            : {}),
          ...(chapters.length > 0 && { chapters }),
          ...(soundbites.length > 0 && { soundbites }),
          ...alternatesOf(item, lost),
        }
      : {},
    ...(recording && { transcripts: transcriptsOf(item, lost) }),
    ...(recording &&
      podcast?.chapters?.url &&
      URL.canParse(podcast.chapters.url) && { chapters: podcast.chapters.url }),
    lost,
  };
}

/** The recording stays where it is, under the address to the letter: apps have it already. */
function recordingOf({ enclosures = [], itunes }: Item, lost: Lost[]): Record<string, unknown> | undefined {
  for (const { url = '', type = '', length } of enclosures) {
    const isVideo = type.startsWith('video/') || /\.(?:mp4|m4v|mov)(?:[?#]|$)/i.test(url);
    const media = URL.canParse(url) ? mediaType(url, type, isVideo) : undefined;
    if (!media) {
      lost.push({
        what: 'recording',
        detail: `${url} (${type || 'of no type'}) is no MP3, M4A or MP4, which podcast apps ask for: it is not kept`,
      });
      continue;
    }
    if (type && media !== type) lost.push({ what: 'type', detail: `Its recording was called ${type}: it is ${media}` });
    const duration = itunes?.duration;
    return {
      [isVideo ? 'video' : 'audio']: {
        ...{ url, type: media },
        // Some hosts write 0 or a seconds’ count there.
        ...(length && length > 1000 && { bytes: length }),
        ...(duration && duration > 0 && { duration }),
      },
    };
  }
  return undefined;
}

/** The same recording in other files that the model knows (Podcasting 2.0, alternateEnclosure). */
function alternatesOf({ podcast, enclosures = [] }: Item, lost: Lost[]): Record<string, unknown> {
  const alternates = (podcast?.alternateEnclosures ?? []).flatMap(
    ({ type = '', length, lang, title, sources = [] }) => {
      const url = sources.find(({ uri }) => /^https?:/.test(uri ?? ''))?.uri;
      if (url === undefined || enclosures.some((each) => each.url === url)) return [];
      const media = type.startsWith('audio/') ? mediaType(url, type, false) : undefined;
      if (media) {
        const file = { url, type: media, ...(length && length > 1000 && { bytes: Math.round(length) }) };
        return [{ file, title: (title ?? type).slice(0, 32), ...(lang && { language: lang }) }];
      }
      lost.push({ what: 'alternate', detail: `${url} (${type}): other forms of a recording are MP3 or M4A here` });
      return [];
    },
  );
  return alternates.length > 0 ? { alternates } : {};
}

/** Transcripts of a type that the model knows, the one that pages show best first. */
function transcriptsOf({ podcast }: Item, lost: Lost[]): RemoteTranscript[] {
  const found = (podcast?.transcripts ?? []).flatMap(({ url = '', type: said = '' }) => {
    const type = transcriptType(said, url);
    if (type && URL.canParse(url)) return [{ url, type }];
    lost.push({ what: 'transcript', detail: `${url} (${said || 'of no type'}) is of a kind that has no place here` });
    return [];
  });
  const rank = ({ type }: RemoteTranscript) => readable.indexOf(type);
  return found.toSorted((a, b) => rank(a) - rank(b));
}

const readable = ['text/vtt', 'application/x-subrip', 'application/json', 'text/html', 'text/plain'];

/** The type that the model has for what hosts write in many ways (Podcasting 2.0, transcript); by its ending where they say none. */
function transcriptType(said: string, url: string): string | undefined {
  const type = said.split(';')[0]?.trim().toLowerCase() ?? '';
  const ending = /\.(vtt|srt|json|html?|txt)$/i.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase() ?? '';
  if (/^(?:application|text)\/(?:x-)?(?:srt|subrip)$/.test(type)) return 'application/x-subrip';
  if (/^(?:application|text)\/(?:x-)?(?:vtt|webvtt)$/.test(type)) return 'text/vtt';
  if (readable.includes(type) && !(type === 'text/plain' && /^(?:vtt|srt|json)$/.test(ending))) return type;
  return { vtt: 'text/vtt', srt: 'application/x-subrip', json: 'application/json', txt: 'text/plain' }[ending];
}

/** Chapters that the item itself has (Podlove Simple Chapters). */
function chaptersOf({ psc }: Item): Chapter[] {
  return (psc?.chapters ?? []).flatMap(({ start, title, href }) =>
    start && title?.trim()
      ? [{ start: seconds(start), title: chapterTitle(title), ...(href && URL.canParse(href) && { url: href }) }]
      : [],
  );
}

const roleOf = ({ role }: Person): string => role?.trim().toLowerCase() || 'host';

/** Notes a person, known by their name; nothing for one without. */
function taken(people: Map<string, ArchivedPerson>, { display, href, img }: Person): Part[] | undefined {
  // RSS writes people as `mail@example.com (Name)`; their addresses are not kept.
  const name = display?.trim().replace(/^\S+@\S+\s+\((.+)\)$/, '$1');
  if (!name || /^\S+@\S+$/.test(name)) return undefined;
  if (!people.has(name))
    people.set(name, {
      ...{ key: name, name, addresses: [] },
      ...(href && URL.canParse(href) && { links: [{ label: 'Web site', url: href }] }),
      ...(img && URL.canParse(img) && { photo: { url: img } }),
    });
  return [{ person: name }];
}
