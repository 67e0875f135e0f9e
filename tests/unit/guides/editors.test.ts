import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { vocabulary } from '#model/vocabulary.ts';
import { folderWith, problemsIn } from '../authoring/content-folder.ts';

const snippets = JSON.parse(readFileSync('.vscode/vocabulary.code-snippets', 'utf8')) as Record<
  string,
  { prefix: string; body: string[] }
>;

/** A snippet as it stands where its author went from stop to stop and changed nothing. */
const taken = ({ body }: { body: string[] }) =>
  body
    .join('\n')
    .replaceAll(/\$\{\d+(?:\|([^,|]*)[^|]*\||:([^}]*))\}/g, (_, first?: string, text?: string) => first ?? text ?? '');

/** The parts of others come with them. */
const parts = new Set(['Marketing', 'Sales', 'SharedGoal']);

test('every component of the vocabulary has a snippet', () => {
  expect(Object.keys(snippets).toSorted()).toEqual(
    Object.keys(vocabulary)
      .filter((name) => !parts.has(name))
      .toSorted(),
  );
  for (const [name, { prefix }] of Object.entries(snippets)) expect(prefix).toBe(name.toLowerCase());
});

test.each(Object.entries(snippets).filter(([name]) => name !== 'Line'))(
  'the snippet %s passes the check',
  async (_, snippet) => {
    const text = readFileSync('tests/fixtures/invalid/base/posts/the-dry-pipeline/index.mdx', 'utf8');
    const known = taken(snippet)
      .replace('some-person', 'ada-drizzle')
      .replace('some-whitepaper', 'the-damp-funnel')
      .replace('some-episode', 'rain-is-a-lead');
    const picture = readFileSync('tests/fixtures/invalid/base/episodes/rain-is-a-lead/cover.jpg');
    const post = 'posts/the-dry-pipeline';
    const folder = await folderWith({ [`${post}/index.mdx`]: `${text}\n${known}\n`, [`${post}/picture.jpg`]: picture });
    expect(await problemsIn(folder)).toEqual([]);
  },
);
