import { expect, test } from 'vitest';
import { compare } from '#publishing/comparison.ts';
import { forgotten, nextLedger } from '#publishing/next-ledger.ts';
import { ledger, published } from './published.ts';

const moved = [{ from: '/posts/one/', to: '/posts/two/' }];

test('what is published now is added', () => {
  const next = nextLedger(ledger(published('posts/one')), ledger(published('posts/one'), published('posts/two')), []);
  expect([...next.keys()]).toEqual(['d-files:posts/one', 'd-files:posts/two']);
});

test('what vanished is kept', () => {
  const next = nextLedger(ledger(published('posts/one')), ledger(published('posts/two')), []);
  expect([...next.keys()]).toEqual(['d-files:posts/one', 'd-files:posts/two']);
});

test('the addresses that an entry had are kept, over several moves', () => {
  const at = (slug: string) => ledger(published('posts/one', { url: `/posts/${slug}/` }));
  const second = nextLedger(at('one'), at('two'), moved);
  expect(second.get('d-files:posts/one')?.formerly).toEqual(['/posts/one/']);
  const third = nextLedger(second, at('three'), [
    { from: '/posts/one/', to: '/posts/three/' },
    { from: '/posts/two/', to: '/posts/three/' },
  ]);
  expect([...third.keys()]).toEqual(['d-files:posts/one']);
  expect(third.get('d-files:posts/one')?.formerly).toEqual(['/posts/one/', '/posts/two/']);
});

test('an entry that is a part of another one now goes on as a former address of that', () => {
  const two = published('posts/two');
  const next = nextLedger(ledger(published('posts/one'), two), ledger(two), moved);
  expect([...next.keys()]).toEqual(['d-files:posts/two']);
  expect(next.get('d-files:posts/two')?.formerly).toEqual(['/posts/one/']);
});

test('an entry that would come as new is not noted, so that it stays lost until it is put right', () => {
  const next = nextLedger(ledger(published('posts/one')), ledger(published('posts/two')), moved);
  expect([...next.keys()]).toEqual(['d-files:posts/one']);
});

test('the player, transcript and chapters that an episode had are kept beside those that it has', () => {
  const beside = (name: string) => ({
    players: [`/${name}/`],
    transcripts: [`/${name}.vtt`],
    chapters: [`/${name}.json`],
  });
  const next = nextLedger(
    ledger(published('episodes/e', beside('a'))),
    ledger(published('episodes/e', beside('b'))),
    [],
  );
  expect(next.get('d-files:episodes/e')).toMatchObject({
    players: ['/b/', '/a/'],
    transcripts: ['/b.vtt', '/a.vtt'],
    chapters: ['/b.json', '/a.json'],
  });
});

test('an entry whose address leads to a page of another kind is kept, so that the address is watched', () => {
  const next = nextLedger(ledger(published('posts/one')), ledger(), [{ from: '/posts/one/', to: '/about/' }]);
  expect([...next.keys()]).toEqual(['d-files:posts/one']);
});

test('a recording that is lost stays in the ledger beside the new one, and stays lost', () => {
  const now = ledger(published('episodes/one', { enclosures: ['/episodes/one/b.mp3'] }));
  const next = nextLedger(ledger(published('episodes/one', { enclosures: ['/episodes/one/a.mp3'] })), now, []);
  expect(next.get('d-files:episodes/one')?.enclosures).toEqual(['/episodes/one/b.mp3', '/episodes/one/a.mp3']);
  expect(compare(next, now, []).lost).toMatchObject([{ address: '/episodes/one/a.mp3' }]);
});

test('what is forgotten is lost no more, and new if it is still there', () => {
  const before = forgotten(ledger(published('posts/one'), published('posts/two')), ['d-files:posts/one']);
  expect([...before.keys()]).toEqual(['d-files:posts/two']);
  expect(compare(before, ledger(published('posts/two')), []).lost).toEqual([]);
  expect(compare(before, ledger(published('posts/one'), published('posts/two')), []).added).toHaveLength(1);
});

test('to write the same again changes nothing', () => {
  const once = nextLedger(ledger(), ledger(published('posts/one')), []);
  expect(nextLedger(once, ledger(published('posts/one')), [])).toEqual(once);
});
