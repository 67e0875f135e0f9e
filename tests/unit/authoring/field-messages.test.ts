import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
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
