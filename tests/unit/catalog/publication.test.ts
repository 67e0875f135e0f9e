import { expect, test } from 'vitest';
import { buildCatalog } from '#catalog/graph.ts';
import { unpublished } from '#catalog/publication.ts';
import { content, episode, page, person, post, show, whitepaper } from '../../fakes/content.ts';

const now = new Date('2026-11-22T05:00:00Z');
const publishedAt = '2026-11-22';
const timezone = 'America/New_York';

test.each([
  ['a millisecond before its moment', 'scheduled', -1],
  ['at its moment', undefined, 0],
  ['a millisecond after its moment', undefined, 1],
])('%s an entry is %s', (_, state, shift) => {
  const moment = new Date(now.getTime() + shift);
  expect(unpublished({ publishedAt }, timezone, moment)).toBe(state);
  expect(unpublished({ publishedAt: '2026-11-22T00:00:00-05:00' }, 'Asia/Kolkata', moment)).toBe(state);
});

test('a draft is a draft whatever its date, and what has no date is published', () => {
  expect(unpublished({ draft: true, publishedAt: '2020-01-01' }, timezone, now)).toBe('draft');
  expect(unpublished({ draft: true, publishedAt: '2030-01-01' }, timezone, now)).toBe('draft');
  expect(unpublished({ draft: true }, timezone, now)).toBe('draft');
  expect(unpublished({ draft: false }, timezone, now)).toBeUndefined();
  expect(unpublished({}, timezone, now)).toBeUndefined();
});

const everything = content({
  show: show({ timezone }),
  people: [person({ slug: 'joel' }), person({ slug: 'ghost', draft: true })],
  episodes: [
    episode({ slug: 'out', number: 1, publishedAt }),
    episode({ slug: 'soon', number: 2, publishedAt: '2026-11-23' }),
    episode({ slug: 'rough', number: 3, draft: true }),
  ],
  posts: [
    post({ slug: 'out' }),
    post({ slug: 'soon', publishedAt: '2027-01-01' }),
    post({ slug: 'rough', draft: true }),
  ],
  whitepapers: [whitepaper({ slug: 'out' }), whitepaper({ slug: 'soon', publishedAt: '2026-11-22T00:00:01-05:00' })],
  pages: [page({ slug: 'about' }), page({ slug: 'imprint', draft: true })],
});

test('the site holds nothing that is not published, in no list', () => {
  const { catalog, problems } = buildCatalog(everything, { now, preview: false });
  expect(problems).toEqual([]);
  expect(catalog.episodes.map(({ slug }) => slug)).toEqual(['out']);
  expect(catalog.posts.map(({ slug }) => slug)).toEqual(['out']);
  expect(catalog.whitepapers.map(({ slug }) => slug)).toEqual(['out']);
  expect(catalog.people.map(({ slug }) => slug)).toEqual(['joel']);
  expect(catalog.pages.map(({ slug }) => slug)).toEqual(['about']);
  expect(catalog.show.pages).toEqual([{ title: 'The usual page', url: '/about/' }]);
  expect(catalog.topics.flatMap(({ entries }) => entries.map(({ slug }) => slug))).toEqual(['out', 'out', 'out']);
  expect(JSON.stringify(catalog)).not.toMatch(/soon|rough|ghost|imprint/);
});

test('the site knows when the next entry is due, and of no draft', () => {
  const nextDue = (now: string) => buildCatalog(everything, { now: new Date(now), preview: false }).catalog.nextDue;
  const due = nextDue(now.toISOString());
  expect(due?.getTime()).toBeGreaterThan(now.getTime());
  expect(nextDue('2999-01-01')).toBeUndefined();
  const on = buildCatalog(everything, { now: due ?? now, preview: false }).catalog;
  expect(on.episodes.length + on.posts.length + on.whitepapers.length).toBeGreaterThan(3);
});

test('a preview holds everything, and says of each why it is not published', () => {
  const { catalog, problems } = buildCatalog(everything, { now, preview: true });
  const states = (list: { slug: string; unpublished?: string | undefined }[]) =>
    Object.fromEntries(list.map(({ slug, unpublished }) => [slug, unpublished]));
  expect(problems).toEqual([]);
  expect(states(catalog.episodes)).toEqual({ out: undefined, soon: 'scheduled', rough: 'draft' });
  expect(states(catalog.posts)).toEqual({ out: undefined, soon: 'scheduled', rough: 'draft' });
  expect(states(catalog.whitepapers)).toEqual({ out: undefined, soon: 'scheduled' });
  expect(states(catalog.people)).toEqual({ joel: undefined, ghost: 'draft' });
  expect(states(catalog.pages)).toEqual({ about: undefined, imprint: 'draft' });
});
