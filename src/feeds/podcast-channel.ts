import type { Catalog, FeedLink, Picture } from '#catalog/records.ts';
import { seasonCover } from '#catalog/seasons.ts';
import { url } from '#site/url.ts';
import { channelElements, rfc2822 } from './channel.ts';
import { type FeedDocument, publishedAt, type Publication } from './document.ts';
import { element, type Child } from './element.ts';
import { enclosures } from './enclosure.ts';
import type { EpisodePiece } from './list.ts';
import { isArtwork, pictureUrl, podcastImage } from './podcast-artwork.ts';
import { clipped, descriptionLimit } from './podcast-description.ts';
import { podcastGuid } from './podcast-guid.ts';
import { persons } from './podcast-person.ts';

/** What the channel of a podcast says before its items. */
export function podcastChannel(document: FeedDocument, publication: Publication): Child[] {
  const { feed } = document;
  const { site } = publication;
  return [
    element('title', {}, feed.title),
    element('link', {}, new URL(feed.page, site).href),
    element('description', {}, clipped(feed.description, descriptionLimit)),
    channelElements(document, publication),
    itunes(document, publication),
    podcast(document, publication),
  ];
}

/** Apple, page 823: what it asks of a channel. */
function itunes({ feed }: FeedDocument, { show, site }: Publication): Child[] {
  const { owner, podcast } = show;
  const cover = coverOf(feed, show);
  return [
    cover && element('itunes:image', { href: pictureUrl(cover, site) }),
    show.categories?.map(category),
    element('itunes:explicit', {}, String(show.explicit)),
    element('itunes:author', {}, owner.name),
    element('itunes:type', {}, show.type),
    // Apple reads the owner no more; other directories send their proof of ownership there.
    owner.email !== undefined &&
      element('itunes:owner', {}, element('itunes:name', {}, owner.name), element('itunes:email', {}, owner.email)),
    podcast?.newFeedUrl !== undefined && element('itunes:new-feed-url', {}, podcast.newFeedUrl),
    podcast?.complete && element('itunes:complete', {}, 'Yes'),
    podcast?.block && element('itunes:block', {}, 'Yes'),
  ];
}

/** The picture of a season where the feed is that of a season, if it has one; that of the show otherwise. */
function coverOf({ of }: FeedLink, show: Catalog['show']): Picture | undefined {
  const season = typeof of === 'object' && 'season' in of ? seasonCover(show, of.season) : undefined;
  return season && isArtwork(season) ? season : show.cover;
}

/** "Business > Marketing" as a category with its subcategory (Apple, page 823). */
function category(path: string): Child {
  const [top = '', sub] = path.split('>').map((part) => part.trim());
  return element('itunes:category', { text: top }, sub !== undefined && element('itunes:category', { text: sub }));
}

/** The channel's tags of Podcasting 2.0, each by the document of its name. */
function podcast({ feed, trailers, podroll: partners }: FeedDocument, { show, site }: Publication): Child[] {
  const {
    locked = true,
    license,
    funding,
    txt,
    podroll = [],
    location,
    updateFrequency,
    complete,
    block,
  } = show.podcast ?? {};
  const cover = coverOf(feed, show);
  const known = new Set(podroll.map(({ guid }) => guid));
  const recommended = [...podroll, ...partners.filter(({ guid }) => !known.has(guid))];
  return [
    element('podcast:guid', {}, guidOf(feed, show, site)),
    element('podcast:medium', {}, 'podcast'),
    element('podcast:locked', { owner: show.owner.email }, locked ? 'yes' : 'no'),
    license && element('podcast:license', { url: license.url }, license.name),
    persons(show.hosts, [], site),
    cover && podcastImage(cover, site),
    trailers.map((trailer) => announcement(trailer, site)),
    funding?.map(({ url, text }) => element('podcast:funding', { url }, text)),
    txt?.map(({ purpose, value }) => element('podcast:txt', { purpose }, value)),
    location &&
      element(
        'podcast:location',
        { rel: location.rel, geo: location.geo, osm: location.osm, country: location.country },
        location.name,
      ),
    updateFrequency &&
      element(
        'podcast:updateFrequency',
        { complete: complete ? 'true' : undefined, rrule: updateFrequency.rrule },
        updateFrequency.text,
      ),
    recommended.length > 0 &&
      element(
        'podcast:podroll',
        {},
        recommended.map(({ guid, url, title }) =>
          element('podcast:remoteItem', { feedGuid: guid, feedUrl: url, title }),
        ),
      ),
    block && element('podcast:block', {}, 'yes'),
  ];
}

/** The guid that was assigned is that of the whole podcast; the feeds of its parts have their own. */
function guidOf({ url: address }: FeedLink, { podcast }: Catalog['show'], site: URL): string {
  const assigned = address === url.podcast ? podcast?.guid : undefined;
  return assigned ?? podcastGuid(new URL(address, site));
}

/** Podcasting 2.0, trailer: a recording that announces what is to come. */
function announcement(trailer: EpisodePiece, site: URL): Child {
  const [enclosure] = enclosures(trailer, site);
  if (!enclosure) return undefined;
  const { url, length, type } = enclosure;
  const pubdate = rfc2822(publishedAt(trailer));
  return element('podcast:trailer', { pubdate, url, length, type, season: trailer.season }, trailer.title);
}
