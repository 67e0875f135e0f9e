import { describe, expect, test } from 'vitest';
import { addressOf, emptyQuery, isAsking, queryOf, toggled } from '#components/search/query.ts';

describe('an address', () => {
  test.each([
    '/search/',
    '/search/?q=fog+horn',
    '/search/?q=fog&kind=Post&kind=Episode&topic=Ships+%26+leads&sort=newest',
  ])('%s says all of the query that it came from', (address) => {
    expect(addressOf(queryOf(new URL(address, 'http://site').search))).toBe(address);
  });

  test('with what search does not know asks for the rest', () => {
    expect(queryOf('?q=fog&colour=red&sort=oldest&kind=&kind=Post&kind=Post')).toEqual({
      words: 'fog',
      choices: [{ facet: 'kind', value: 'Post' }],
      sort: 'best',
    });
  });
});

test('a choice is added in the order of the facets, and taken back when it is made again', () => {
  const topic = { facet: 'topic', value: 'Pricing' } as const;
  const kind = { facet: 'kind', value: 'Post' } as const;
  const both = toggled(toggled(emptyQuery, topic), kind);
  expect(both.choices).toEqual([kind, topic]);
  expect(toggled(both, topic).choices).toEqual([kind]);
});

test('blanks alone ask for nothing, a filter alone for all that has it', () => {
  expect(isAsking({ ...emptyQuery, words: '  ' })).toBe(false);
  expect(isAsking(queryOf('?topic=Pricing'))).toBe(true);
});
