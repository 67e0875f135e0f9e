import { seasonName } from '#catalog/feed-links.ts';
import type { Recording } from '#catalog/records.ts';
import { rfc2822 } from './channel.ts';
import { commentElements } from './comment-elements.ts';
import { publishedAt, type Publication } from './document.ts';
import { element, type Child, type Element } from './element.ts';
import { type Enclosure, enclosures } from './enclosure.ts';
import type { EpisodePiece } from './list.ts';
import { isArtwork, pictureUrl, podcastImage } from './podcast-artwork.ts';
import { briefDescription, episodeDescription } from './podcast-description.ts';
import { persons } from './podcast-person.ts';

/**
 * An episode as an item of the podcast: whole, or by its summary and what it cannot do without, so that an archive stays
 * small. It has a recording file, which is its enclosure.
 */
export async function podcastItem(episode: EpisodePiece, isWhole: boolean, publication: Publication): Promise<Element> {
  const { site, notes } = publication;
  const [enclosure, ...others] = enclosures(episode, site);
  return element(
    'item',
    {},
    element('title', {}, episode.title),
    isWhole && episode.subtitle !== undefined && element('itunes:subtitle', {}, episode.subtitle),
    element('link', {}, new URL(episode.url, site).href),
    element('guid', { isPermaLink: 'false' }, episode.guid),
    element('pubDate', {}, rfc2822(publishedAt(episode))),
    element('description', {}, isWhole ? episodeDescription(episode, site) : briefDescription(episode)),
    isWhole && element('content:encoded', {}, await notes(episode)),
    enclosure && element('enclosure', { url: enclosure.url, length: enclosure.length, type: enclosure.type }),
    episode.updatedAt && element('atom:updated', {}, episode.updatedAt.iso),
    commentElements(episode, site),
    itunes(episode, publication, enclosure, isWhole),
    podcast(episode, publication, others, isWhole),
  );
}

/** Apple, page 823: what it asks of an item. A trailer has no number of its own. */
function itunes(
  episode: EpisodePiece,
  { show, site }: Publication,
  enclosure: Enclosure | undefined,
  isWhole: boolean,
): Child[] {
  const { explicit, season, episodeType } = episode;
  const cover = artworkOf(episode);
  const number = numberOf(episode);
  return [
    enclosure?.duration !== undefined && element('itunes:duration', {}, Math.round(enclosure.duration)),
    cover && element('itunes:image', { href: pictureUrl(cover, site) }),
    (isWhole || explicit !== show.explicit) && element('itunes:explicit', {}, String(explicit)),
    (isWhole || episodeType !== 'full') && element('itunes:episodeType', {}, episodeType),
    season !== undefined && element('itunes:season', {}, season),
    // Apple: a number is not zero.
    Boolean(number) && element('itunes:episode', {}, number),
  ];
}

function podcast(
  episode: EpisodePiece,
  { show, site }: Publication,
  others: readonly Enclosure[],
  isWhole: boolean,
): Child[] {
  const { season, label, chaptersUrl, soundbites, hosts, guests, thumb } = episode;
  const number = numberOf(episode);
  const language = episode.language ?? show.language;
  const name = season === undefined ? undefined : seasonName(show, season);
  return [
    season !== undefined && (isWhole || name !== undefined) && element('podcast:season', { name }, season),
    (isWhole || number === 0) && number !== undefined && element('podcast:episode', { display: label }, number),
    transcript(episode, language, site),
    chaptersUrl !== undefined &&
      element('podcast:chapters', { url: new URL(chaptersUrl, site).href, type: 'application/json+chapters' }),
    isWhole &&
      soundbites.map(({ start, duration, title }) =>
        element('podcast:soundbite', { startTime: start, duration }, title),
      ),
    isWhole ? persons(hosts, guests, site) : otherPersons(episode, show, site),
    isWhole && thumb && podcastImage(thumb, site),
    others.map(({ url, length, type }) =>
      element('podcast:alternateEnclosure', { type, length, title: 'Video' }, element('podcast:source', { uri: url })),
    ),
    episode.alternates.map(({ url, bytes, type, title, language: lang }) =>
      element(
        'podcast:alternateEnclosure',
        { type, length: bytes, title, lang },
        element('podcast:source', { uri: new URL(url, site).href }),
      ),
    ),
    contentLinks(episode),
  ];
}

/** A trailer has no number, whatever its author wrote. */
const numberOf = ({ episodeType, number }: EpisodePiece) => (episodeType === 'trailer' ? undefined : number);

/** The picture of an episode, where it may be its artwork; an app falls back to the show's. */
const artworkOf = ({ thumb }: EpisodePiece) => (thumb && isArtwork(thumb) ? thumb : undefined);

/** Podcasting 2.0, person: those of the channel are those of an item that names nobody. */
function otherPersons({ hosts, guests }: EpisodePiece, show: Publication['show'], site: URL): Child {
  const isUsual =
    guests.length === 0 && hosts.map(({ slug }) => slug).join() === show.hosts.map(({ slug }) => slug).join();
  if (isUsual) return undefined;
  return persons(hosts, guests, site).map(({ attributes: { role, href }, ...person }) => ({
    ...person,
    attributes: { role, href },
  }));
}

/** Podcasting 2.0, transcript: one with times for each cue is a file of captions. */
function transcript({ transcript, transcriptElsewhere }: EpisodePiece, language: string, site: URL): Child {
  if (transcriptElsewhere) {
    const { url, type } = transcriptElsewhere;
    const rel = type === 'text/vtt' || type === 'application/x-subrip' ? 'captions' : undefined;
    return element('podcast:transcript', { url, type, language, rel });
  }
  if (!transcript) return undefined;
  const [, ending = ''] = /\.(\w+)$/.exec(transcript.url) ?? [];
  const type = transcriptTypes.get(ending.toLowerCase());
  const rel = ending.toLowerCase() === 'json' ? undefined : 'captions';
  return element('podcast:transcript', { url: new URL(transcript.url, site).href, type, language, rel });
}

const transcriptTypes = new Map([
  ['vtt', 'text/vtt'],
  ['srt', 'application/x-subrip'],
  ['json', 'application/json'],
]);

/** Podcasting 2.0, contentLink: where else the episode is to be seen or read. */
const contentLinks = ({ video, source, links }: EpisodePiece): Child[] => [
  filmLink(video),
  links.map(({ url, label }) => element('podcast:contentLink', { href: url }, label)),
  source !== undefined && element('podcast:contentLink', { href: source }, 'Where it first appeared'),
];

function filmLink(video: Recording | undefined): Child {
  if (video?.kind === 'youtube')
    return element(
      'podcast:contentLink',
      { href: `https://www.youtube.com/watch?v=${video.id}` },
      'Watch it on YouTube',
    );
  if (video?.kind === 'vimeo')
    return element('podcast:contentLink', { href: `https://vimeo.com/${video.id}` }, 'Watch it on Vimeo');
  return undefined;
}
