import { v5 } from 'uuid';

/** The namespace of podcasts (Podcasting 2.0, guid). */
const podcasts = 'ead4c236-bf58-58c6-a2c6-a6b28d128cb6';

/**
 * The podcast:guid of a feed that was assigned none: a UUIDv5 of its address without scheme and trailing slashes
 * (Podcasting 2.0, guid).
 */
export const podcastGuid = (feed: URL): string => v5(feed.href.replace(/^\w+:\/\//, '').replace(/\/+$/, ''), podcasts);
