import { expect, test } from 'vitest';
import type { Picture } from '#catalog/records.ts';
import { jsonFeed } from '#feeds/json-feed.ts';
import { withServedPictures } from '#feeds/pictures.ts';
import { podcastFeed } from '#feeds/podcast-feed.ts';
import { siteFeed } from '#feeds/site-feed.ts';
import { episode, post } from '../../fakes/content.ts';
import { audio, catalogOf, documentsOf, picture, publication } from './publication.ts';

test('every picture that a feed names is one that the site serves, and each is made once', async () => {
  const catalog = catalogOf({ episodes: [episode({ slug: 'e1', audio })], posts: [post({ slug: 'p' })] });
  const face = picture('face', 600, 800);
  for (const each of [
    catalog.show.hosts,
    ...[...catalog.episodes, ...catalog.posts].map(({ people }) => people),
  ].flat())
    each.photo = face;
  for (const each of [...catalog.episodes, ...catalog.posts]) each.cover = picture(each.slug, 1400, 1400);
  catalog.show.cover = picture('cover', 1500, 1500);
  const made: string[] = [];
  const serve = ({ src, alt }: Picture) => {
    made.push(src.src);
    return Promise.resolve({ src: { ...src, src: src.src.replace('.abc', '.served') }, alt });
  };
  for (const [address, write] of [
    ['/podcast.xml', podcastFeed],
    ['/rss.xml', siteFeed],
    ['/feed.json', jsonFeed],
  ] as const) {
    made.length = 0;
    const written = await write(
      ...(await withServedPictures(documentsOf(catalog, address)[0], publication(catalog), serve)),
    );
    expect(written).toContain('.served.');
    expect(written).not.toContain('.abc.');
    expect(new Set(made).size).toBe(made.length);
  }
});
