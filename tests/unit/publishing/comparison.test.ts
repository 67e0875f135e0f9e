import { expect, test } from 'vitest';
import { compare } from '#publishing/comparison.ts';
import { ledger, published } from './published.ts';

const nothing = { added: [], changed: [], moved: [], lost: [] };
const episode = '/episodes/one/';

test('what is as it was is nothing to tell', () => {
  expect(compare(ledger(published('posts/one')), ledger(published('posts/one')), [])).toEqual(nothing);
});

test('an entry that the ledger does not know is added', () => {
  const { added, ...rest } = compare(ledger(), ledger(published('posts/one')), []);
  expect(added.map(({ guid }) => guid)).toEqual(['d-files:posts/one']);
  expect(rest).toEqual({ changed: [], moved: [], lost: [] });
});

test('a title and a date that changed are told with what they were', () => {
  const now = published('posts/one', { title: 'New', publishedAt: '2026-02-01T00:00:00.000Z', digest: 'other' });
  const { changed, lost } = compare(ledger(published('posts/one', { title: 'Old' })), ledger(now), []);
  expect(changed.flatMap(({ changes }) => changes)).toEqual([
    { field: 'title', before: 'Old', after: 'New' },
    { field: 'publishedAt', before: '2026-01-01T00:00:00.000Z', after: '2026-02-01T00:00:00.000Z' },
  ]);
  expect(lost).toEqual([]);
});

test('another text under the same title is a change of content', () => {
  const { changed } = compare(ledger(published('posts/one')), ledger(published('posts/one', { digest: 'new' })), []);
  expect(changed[0]?.changes).toEqual([{ field: 'content', before: 'posts/one', after: 'new' }]);
});

test('an entry that is gone is lost', () => {
  const { lost } = compare(ledger(published('posts/one')), ledger(), []);
  expect(lost).toMatchObject([{ guid: 'd-files:posts/one', what: 'entry', address: '/posts/one/' }]);
});

const toTwo = [{ from: '/posts/one/', to: '/posts/two/' }];

test('an alias explains that an entry is gone which is a part of another one now', () => {
  const [one, two] = [published('posts/one'), published('posts/two')];
  const { lost, moved } = compare(ledger(one, two), ledger(two), toTwo);
  expect(lost).toEqual([]);
  expect(moved).toMatchObject([{ guid: 'd-files:posts/one', to: '/posts/two/' }]);
});

test('an entry under another slug and the same guid is at another address, and nothing is lost', () => {
  const now = ledger(published('posts/one', { url: '/posts/two/' }));
  const { lost, moved, changed } = compare(ledger(published('posts/one')), now, toTwo);
  expect([lost, moved]).toEqual([[], []]);
  expect(changed[0]?.changes).toEqual([{ field: 'url', before: '/posts/one/', after: '/posts/two/' }]);
});

test('an entry that took the place of another one under a guid of its own would come as new', () => {
  const { lost } = compare(ledger(published('posts/one')), ledger(published('posts/two')), toTwo);
  expect(lost).toMatchObject([{ guid: 'd-files:posts/one', what: 'guid', now: { guid: 'd-files:posts/two' } }]);
});

test('an entry at its address under another guid would come as new', () => {
  const [, entry] = published('posts/one');
  const { lost } = compare(ledger(published('posts/one')), ledger(['urn:x', entry]), []);
  expect(lost).toMatchObject([{ guid: 'd-files:posts/one', what: 'guid', now: { guid: 'urn:x' } }]);
});

test.each([
  ['transcripts', 'transcript', '/episodes/one/said.vtt'],
  ['chapters', 'chapters', '/episodes/one/chapters.json'],
  ['players', 'player', '/oembed/one.json'],
  ['enclosures', 'enclosure', '/episodes/one/audio.mp3'],
])('the address of its %s is lost, unless it leads to a file', (field, what, address) => {
  const before = ledger(published('episodes/one', { [field]: [address] }));
  const now = ledger(published('episodes/one'));
  expect(compare(before, now, []).lost).toMatchObject([{ what, address }]);
  expect(compare(before, now, [{ from: address, to: '/episodes/one/' }]).lost).toHaveLength(1);
  expect(compare(before, now, [{ from: address, to: '/episodes/two/other' }]).lost).toEqual([]);
});

test('a redirect to anywhere from another address explains nothing', () => {
  const redirects = [{ from: '/posts/other/', to: '/posts/two/' }];
  expect(compare(ledger(published('posts/one')), ledger(), redirects).lost).toHaveLength(1);
});

test('a recording at another address is lost, even under an alias of its page', () => {
  const before = published('episodes/one', { enclosures: [`${episode}audio.mp3`] });
  const now = published('episodes/one', { enclosures: [`${episode}audio-2.mp3`] });
  const { lost, changed } = compare(ledger(before), ledger(now), []);
  expect(lost).toMatchObject([{ what: 'enclosure', address: `${episode}audio.mp3` }]);
  expect(changed[0]?.changes.map(({ field }) => field)).toEqual(['enclosures']);
});

test('a first recording is a change and no loss', () => {
  const now = published('episodes/one', { enclosures: [`${episode}audio.mp3`] });
  const { lost, changed } = compare(ledger(published('episodes/one')), ledger(now), []);
  expect(lost).toEqual([]);
  expect(changed).toHaveLength(1);
});

test('a former address that leads nowhere any more is lost', () => {
  const before = ledger(published('posts/two', { formerly: ['/posts/one/'] }));
  const now = ledger(published('posts/two'));
  expect(compare(before, now, []).lost).toMatchObject([{ what: 'address', address: '/posts/one/' }]);
  expect(compare(before, now, [{ from: '/posts/one/', to: '/posts/two/' }]).lost).toEqual([]);
});

test('of two entries whose addresses lead to a new one, the first is that one under another guid, and the other is moved', () => {
  const redirects = ['one', 'two'].map((slug) => ({ from: `/posts/${slug}/`, to: '/posts/three/' }));
  const before = ledger(published('posts/one'), published('posts/two'));
  const { lost, moved } = compare(before, ledger(published('posts/three')), redirects);
  expect(lost).toMatchObject([{ guid: 'd-files:posts/one', what: 'guid', now: { guid: 'd-files:posts/three' } }]);
  expect(moved).toMatchObject([{ guid: 'd-files:posts/two', to: '/posts/three/' }]);
});

test('a redirect from an address with a query explains nothing', () => {
  const redirects = [{ from: '/posts/one/?p=1', to: '/posts/two/' }];
  const now = ledger(published('posts/two'));
  const { lost } = compare(ledger(published('posts/one'), published('posts/two')), now, redirects);
  expect(lost).toMatchObject([{ guid: 'd-files:posts/one', what: 'entry' }]);
});

test('a former address that is a page again, or leads on in capitals, is not lost', () => {
  const before = ledger(published('posts/two', { formerly: ['/posts/one/', '/posts/zero/'] }));
  const now = ledger(published('posts/two'), published('posts/one'));
  expect(compare(before, now, [{ from: '/Posts/Zero/', to: '/posts/two/' }]).lost).toEqual([]);
});
