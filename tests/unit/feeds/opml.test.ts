import { parseOpml } from 'feedsmith';
import { expect, test } from 'vitest';
import { opml } from '#feeds/opml.ts';
import { episode, show } from '../../fakes/content.ts';
import { audio, catalogOf, site } from './publication.ts';

test('every feed is in the list, with its name, its address and its page', () => {
  const catalog = catalogOf({
    show: show({ title: 'Fog "&" <co> ]]>' }),
    episodes: [episode({ slug: 'e1', season: 1, audio })],
  });
  const { head, body } = parseOpml(opml(catalog, site));
  expect(head?.title).toBe('Fog "&" <co> ]]>');
  expect(body?.outlines?.map(({ xmlUrl }) => xmlUrl)).toEqual(
    catalog.feeds.map(({ url }) => `https://files.example${url}`),
  );
  expect(body?.outlines?.[1]).toEqual({
    text: 'Fog "&" <co> ]]> (podcast)',
    title: 'Fog "&" <co> ]]>',
    type: 'rss',
    version: 'RSS2',
    language: 'en-GB',
    xmlUrl: 'https://files.example/podcast.xml',
    htmlUrl: 'https://files.example/',
  });
  expect(new Set(body?.outlines?.map(({ type }) => type))).toEqual(new Set(['rss']));
  for (const { xmlUrl, version } of body?.outlines ?? [])
    expect(version).toBe(xmlUrl?.endsWith('.json') ? undefined : 'RSS2');
});

test('names stand on one line, however their authors broke them', () => {
  const catalog = catalogOf({ show: show({ title: ' Fog\n  and rain\n', owner: { name: 'Nobody\nat all' } }) });
  const xml = opml(catalog, site);
  expect(xml).toContain('<title>Fog and rain</title>');
  expect(xml).toContain('<ownerName>Nobody at all</ownerName>');
  expect(parseOpml(xml).body?.outlines?.[0]?.text).toBe('Fog and rain');
});
