import { parseJsonFeed } from 'feedsmith';
import { expect, test } from 'vitest';
import type { Content } from '#catalog/content.ts';
import type { Catalog } from '#catalog/records.ts';
import { jsonFeed } from '#feeds/json-feed.ts';
import { episode, person, post, show, topic } from '../../fakes/content.ts';
import { audio, catalogOf, documentsOf, picture, publication, video } from './publication.ts';

async function feed(given: Partial<Content>, change = (catalog: Catalog) => catalog) {
  const catalog = change(catalogOf(given));
  const [document] = documentsOf(catalog, '/feed.json');
  return JSON.parse(await jsonFeed(document, publication(catalog))) as Record<string, unknown>;
}

test('the feed says what the series is, who makes it, and where its parts are', async () => {
  const given = { show: show({ podcast: { hub: 'https://hub.example/', complete: true } }) };
  const made = await feed(given, ({ show, ...rest }) => ({
    ...rest,
    show: { ...show, cover: picture('cover', 9, 9) },
  }));
  expect(made).toEqual({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'The Test Files',
    description: 'A series that exists in tests only.',
    home_page_url: 'https://files.example/',
    feed_url: 'https://files.example/feed.json',
    icon: 'https://files.example/_astro/cover.abc.jpg',
    favicon: 'https://files.example/favicon.ico',
    language: 'en-GB',
    authors: [{ name: 'Joel Capperella', url: 'https://files.example/people/joel/' }],
    hubs: [{ type: 'WebSub', url: 'https://hub.example/' }],
    expired: true,
    items: [],
  });
});

test('an item has all that its entry has, and its recordings as attachments', async () => {
  const made = await feed(
    {
      topics: { fog: topic('Fog') },
      people: [person({ slug: 'joel', name: 'Joel' }), person({ slug: 'ana', name: 'Ana' })],
      episodes: [
        episode({ slug: 'e1', title: 'One', topics: ['fog'], guests: ['ana'], updatedAt: '2026-02-01', audio, video }),
      ],
    },
    (catalog) => ({
      ...catalog,
      episodes: catalog.episodes.map((each) => ({ ...each, cover: picture('one', 16, 9) })),
    }),
  );
  expect(made['items']).toEqual([
    {
      id: 'd-files:episodes/e1',
      url: 'https://files.example/episodes/e1/',
      title: 'One',
      content_html: '<p>Hello.</p>',
      summary: 'What happens in the usual episode.',
      date_published: '2026-01-01T00:00:01.000Z',
      date_modified: '2026-02-01T00:00:00.000Z',
      tags: ['Fog'],
      authors: [
        { name: 'Joel', url: 'https://files.example/people/joel/' },
        { name: 'Ana', url: 'https://files.example/people/ana/' },
      ],
      language: 'en-GB',
      image: 'https://files.example/_astro/one.abc.jpg',
      banner_image: 'https://files.example/_astro/one.abc.jpg',
      attachments: [
        { url: audio.url, mime_type: 'audio/mpeg', size_in_bytes: 1234, duration_in_seconds: 62 },
        { url: video.url, mime_type: 'video/mp4', size_in_bytes: 56_789, duration_in_seconds: 62 },
      ],
    },
  ]);
});

test('hostile text is read back as it was written', async () => {
  const title = '</script> ]]> "🦞" \\u0000 & مرحبا';
  const made = await feed({ posts: [post({ slug: 'a', title })] });
  expect(parseJsonFeed(made).items?.[0]?.title).toBe(title);
});

test('an item has no field for what its entry has not', async () => {
  const { items } = await feed({ posts: [post({ slug: 'a' })] });
  const [item = {}] = items as object[];
  expect(Object.keys(item).filter((key) => /attachments|image|modified/.test(key))).toEqual([]);
});
