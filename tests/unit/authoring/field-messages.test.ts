import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { editionOf, folderWith } from './content-folder.ts';

const post = readFileSync('tests/fixtures/invalid/base/posts/the-dry-pipeline/index.mdx', 'utf8');
const problems = async (files: Record<string, string>) =>
  (await editionOf(await folderWith(files))).problems.map(({ what, line }) => [what, line]);

test.each([
  ['\\r', 'a carriage return ("\\r")', '\\r'],
  ['\\a', 'the control character U+0007', '\\u0007'],
])('a %s in a text is named as what is wrong with it', async (written, named, shown) => {
  const text = post.replace(/^title:.*$/m, `title: "Dry${written} pipes"`);
  expect(await problems({ 'posts/the-dry-pipeline/index.mdx': text })).toEqual([
    [`"title" has ${named} in it, which no text may have: "Dry${shown} pipes"`, expect.any(Number)],
  ]);
});

test('a role of somebody who is not in the episode is told at its line', async () => {
  const file = 'episodes/the-umbrella-says-no/index.mdx';
  const episode = readFileSync(`tests/fixtures/invalid/base/${file}`, 'utf8');
  const roles = (who: string) => ({
    [file]: episode.replace('number: 2', `number: 2\nroles:\n  ${who}: The customer`),
  });
  expect(await problems(roles('ada-drizzle'))).toEqual([]);
  expect(await problems(roles('ada-drizle'))).toEqual([
    ['"ada-drizle" has a role in this episode, and is neither its host nor its guest', 6],
  ]);
});

describe('a value of another kind is told with what it is and what it is to be', () => {
  const episode = readFileSync('tests/fixtures/invalid/base/episodes/the-umbrella-says-no/index.mdx', 'utf8');
  const told = async (field: string, written: string) => {
    const other = new RegExp(`^${field}:.*\\n(?: .*\\n)*`, 'm');
    const text = `---\n${field}: ${written}\n${episode.replace(other, '').replace(/^---\n/, '')}`;
    const all = await problems({ 'episodes/the-umbrella-says-no/index.mdx': text });
    return all.map(([what]) => what);
  };

  test.for([
    ['title', '3', '"title" must be text, not a number (3)'],
    ['title', 'true', '"title" must be text, not true'],
    ['title', '[a]', '"title" must be text, not a list'],
    ['title', '{ a: b }', '"title" must be text, not a group of fields'],
    ['title', '', '"title" has no value: the title, without a number: numbers have their own field.'],
    ['title', '""', '"title" is empty'],
    ['number', 'two', '"number" must be a number, not text ("two")'],
    ['number', '1.5', '"number" must be a whole number, not a number (1.5)'],
    ['number', '-1', '"number" must be more than -1'],
    ['season', '0', '"season" must be more than 0'],
    ['draft', '"yes"', '"draft" must be true or false, not text ("yes")'],
    ['episodeType', 'ful', '"episodeType" must be full, trailer or bonus, not text ("ful")'],
    ['hosts', '[]', '"hosts" is empty'],
    ['hosts', '[3]', '"hosts[0]" must be the slug of one of the people, not a number (3)'],
    ['hosts', '[{ a: b }]', '"hosts[0]" must be the slug of one of the people, not a group of fields'],
    ['publishedAt', '3', '"publishedAt" is not a date: a number (3). A day is written as 2026-11-22'],
    ['publishedAt', 'soon', '"publishedAt" is not a date: "soon". A day is written as 2026-11-22'],
    [
      'publishedAt',
      '2025-01-02T03:04',
      '"publishedAt" is not a date: "2025-01-02T03:04". A time is written with its offset from UTC',
    ],
    ['links', '{ a: b }', '"links" must be a list, not a group of fields'],
    ['soundbites', '[{ start: 1, duration: 130, title: A }]', '"soundbites[0].duration" must be at most 120'],
  ] as const)('%s: %s', async ([field, written, what]) => {
    expect(await told(field, written)).toEqual([what]);
  });

  test.for([
    ['U+0001', 1],
    ['U+000B', 11],
    ['U+0010', 16],
    ['U+009F', 159],
  ] as const)('a text with the control character %s by its number', async ([name, code]) => {
    const escaped = `\\x${code.toString(16).padStart(2, '0')}`;
    expect((await told('summary', `"It${escaped} rains"`))[0]).toContain(
      `"summary" has the control character ${name} in it, which no text may have: `,
    );
  });

  test('an unknown field by those that there are, or by that which is there already', async () => {
    expect(await told('zzzzzzzz', '1')).toEqual([
      expect.stringMatching(/^Unknown field "zzzzzzzz": there are title, /),
    ]);
    expect(await told('titel', 'Fog')).toEqual(['Unknown field "titel": "title" is there already']);
  });

  test('a text that is too long by its length and by that which it may have', async () => {
    expect(await told('summary', 'x'.repeat(301))).toEqual(['"summary" is 301 characters long; it may have 300']);
  });
});
