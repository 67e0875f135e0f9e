import { createHash } from 'node:crypto';

/**
 * The podcast:guid of a feed that was assigned none: a UUIDv5 of its address without scheme and trailing slashes, in
 * the namespace of podcasts (Podcasting 2.0, guid).
 */
export const podcastGuid = (feed: URL): string =>
  uuidV5(feed.href.replace(/^\w+:\/\//, '').replace(/\/+$/, ''), 'ead4c236-bf58-58c6-a2c6-a6b28d128cb6');

/** A UUID made of a name (RFC 9562, section 5.5). */
function uuidV5(name: string, namespace: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
