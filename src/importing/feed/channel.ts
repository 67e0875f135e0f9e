import type { RssFeed } from 'feedsmith';
import type { Lost } from '#importing/archive.ts';
import { plainText } from '#importing/html.ts';

type Feed = RssFeed.Feed<string>;

/** What a channel says of the series: fields of `show.yaml` by their names there. What has no place there is named. */
export function showOf(channel: Feed, items: readonly RssFeed.Item<string>[], lost: Lost[]): Record<string, unknown> {
  const { title, description, language, copyright, itunes } = channel;
  const categories = (itunes?.categories ?? []).flatMap(({ text, categories }) =>
    categories?.length ? categories.map((each) => `${text} > ${each.text}`) : text ? [text] : [],
  );
  const owner = itunes?.owner?.name ?? itunes?.author;
  const podcast = podcastOf(channel, items);
  for (const name of Object.keys(channel.podcast ?? {}))
    if (!kept.has(name))
      lost.push({ what: `podcast:${name}`, detail: `podcast:${name} of the feed has no place here` });
  if (
    itunes?.newFeedUrl !== undefined &&
    itunes.newFeedUrl !== channel.atom?.links?.find(({ rel }) => rel === 'self')?.href
  )
    lost.push({ what: 'feed', detail: `The feed says that it has moved to ${itunes.newFeedUrl}: import that one` });
  return {
    title,
    description: plainText({ html: description ?? '' }).trim() || undefined,
    language,
    copyright,
    ...(owner && { owner: { name: owner, ...(itunes?.owner?.email && { email: itunes.owner.email }) } }),
    ...(categories.length > 0 && { categories }),
    ...(itunes?.explicit && { explicit: true }),
    ...(itunes?.type === 'serial' && { type: 'serial' }),
    ...(Object.keys(podcast).length > 0 && { podcast }),
  };
}

/** Tags of the channel that are read, by feedsmith's names; `persons` are the hosts. Whose podcast it is says no more than `block`. */
const kept = new Set([
  ...['guid', 'locked', 'license', 'fundings', 'txts', 'podroll', 'locations', 'updateFrequency', 'persons', 'season'],
  ...['podping', 'medium'],
]);

/** Podcasting 2.0's and Apple's tags of the channel, as the model has them. */
function podcastOf({ podcast, itunes }: Feed, items: readonly RssFeed.Item<string>[]): Record<string, unknown> {
  const { guid, locked, license, fundings = [], txts = [], locations = [], updateFrequency, podroll } = podcast ?? {};
  const seasons = new Map(
    items.flatMap(({ podcast }) =>
      podcast?.season?.name ? [[Math.trunc(Number(podcast.season.number)), podcast.season.name] as const] : [],
    ),
  );
  const [location] = locations;
  const fields: Record<string, unknown> = {
    guid: guid?.toLowerCase(),
    locked: locked?.value,
    license: license?.display && { name: license.display, url: license.url },
    funding: listed(fundings.map(({ url, display }) => url && { url, text: short(display ?? url) })),
    txt: listed(txts.map(({ display, purpose }) => display && { purpose, value: display })),
    podroll: listed(
      (podroll?.remoteItems ?? []).map(
        ({ feedGuid, feedUrl, title }) => feedGuid && { guid: feedGuid, url: feedUrl, title },
      ),
    ),
    location: location?.display && {
      ...{ name: short(location.display), geo: location.geo, osm: location.osm, country: location.country },
      rel: location.rel === 'creator' ? 'creator' : undefined,
    },
    updateFrequency: updateFrequency?.display && { text: short(updateFrequency.display), rrule: updateFrequency.rrule },
    seasons: listed([...seasons].map(([number, name]) => ({ number, name: short(name) }))),
    complete: (itunes?.complete ?? updateFrequency?.complete) || undefined,
    block: itunes?.block || undefined,
  };
  return defined(fields);
}

/** As long as the model lets it be. */
const short = (text: string): string => text.slice(0, 128);

function listed(values: readonly unknown[]): unknown[] | undefined {
  const found = values.filter(Boolean);
  return found.length > 0 ? found : undefined;
}

/** Fields without those that are not said, at any depth. */
function defined(fields: Record<string, unknown>): Record<string, unknown> {
  const value = (each: unknown): unknown =>
    Array.isArray(each)
      ? each.map(value)
      : typeof each === 'object' && each !== null
        ? defined(each as Record<string, unknown>)
        : each;
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, each]) => (each === undefined || each === '' ? [] : [[name, value(each)]])),
  );
}
