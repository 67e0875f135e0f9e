import { expect, test } from 'vitest';
import type { Content } from '#catalog/content.ts';
import { buildCatalog } from '#catalog/graph.ts';
import { personEntryPages, personPage } from '#catalog/person-pages.ts';
import type { PersonRecord } from '#catalog/records.ts';
import { content, episode, person, post, whitepaper } from '../../fakes/content.ts';

const day = (i: number) => `2026-01-${String(i).padStart(2, '0')}`;

function joelIn(given: Partial<Content>): PersonRecord {
  const all = content({ people: [person({ slug: 'joel', name: 'Joel' })], ...given });
  const { catalog, problems } = buildCatalog(all, { now: new Date('2026-11-22T12:00:00Z'), preview: false });
  expect(problems).toEqual([]);
  return catalog.people[0] as PersonRecord;
}
const slugs = (list: readonly { slug: string }[]) => list.map(({ slug }) => slug);

const joel = joelIn({
  episodes: Array.from({ length: 20 }, (_, i) =>
    episode({ slug: `e${i + 1}`, publishedAt: day(i + 1), ...(i === 9 && { guests: ['joel'] }) }),
  ),
  posts: [post({ slug: 'p', publishedAt: day(5) })],
  whitepapers: [whitepaper({ slug: 'w', publishedAt: day(8), authors: ['joel'] })],
});

test('who made no more than one page holds has all of it on their own', () => {
  const { hosted, appeared, wrote, isCut } = personPage(joel, 23);
  expect(isCut).toBe(false);
  expect(hosted).toEqual(joel.hosted);
  expect(hosted).toHaveLength(20);
  expect(slugs(appeared)).toEqual(['e10']);
  expect(slugs(wrote)).toEqual(['p', 'w']);
  expect(personEntryPages(joel, 23)).toEqual([]);
});

test('who made more has the newest of each list there, and the rest on pages of everything, each entry once', () => {
  const { hosted, appeared, wrote, isCut } = personPage(joel, 10);
  expect(isCut).toBe(true);
  expect(slugs(hosted)).toEqual(['e20', 'e19', 'e18', 'e17', 'e16', 'e15']);
  expect(slugs(appeared)).toEqual(['e10']);
  expect(slugs(wrote)).toEqual(['w', 'p']);
  const pages = personEntryPages(joel, 10);
  expect(pages.map(({ entries }) => entries.length)).toEqual([10, 10, 2]);
  const all = pages.flatMap(({ entries }) => entries);
  expect(new Set(all).size).toBe(22);
  const dates = all.map(({ publishedAt }) => publishedAt.iso);
  expect(dates).toEqual(dates.toSorted().toReversed());
});

test('what a person is called says nothing of their lists, so that their later pages change with the list alone', () => {
  const { person: profile } = personPage(joel, 10);
  expect(profile).toMatchObject({ name: 'Joel', isGuest: true, feeds: [{ url: '/people/joel/rss.xml' }] });
  for (const list of ['hosted', 'appeared', 'wrote', 'entries']) expect(profile).not.toHaveProperty(list);
});
