import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { vocabulary } from '#model/vocabulary.ts';
import { examples } from '#prose/examples.ts';
import { folderWith, problemsIn } from '../authoring/content-folder.ts';

const named = { person: 'ada-drizzle', episode: 'rain-is-a-lead', whitepaper: 'the-damp-funnel' };
const all = examples({ ...named, picture: './picture.jpg' });

test('every component of the vocabulary has an example in the style guide', () => {
  const used = new Set(Object.values(all).flatMap((mdx) => [...mdx.matchAll(/<([A-Z]\w+)/g)].map(([, name]) => name)));
  expect([...used].toSorted()).toEqual(Object.keys(vocabulary).toSorted());
});

const post = 'posts/the-dry-pipeline';
const text = readFileSync(`tests/fixtures/invalid/base/${post}/index.mdx`, 'utf8');
const picture = readFileSync('tests/fixtures/invalid/base/episodes/rain-is-a-lead/cover.jpg');

test.each(Object.entries(all))('"%s" passes the check as it is copied', async (_, mdx) => {
  const folder = await folderWith({ [`${post}/index.mdx`]: `${text}\n${mdx}\n`, [`${post}/picture.jpg`]: picture });
  expect(await problemsIn(folder)).toEqual([]);
});

test('where the content has nothing to name, the others are left', async () => {
  const few = Object.values(examples({})).join('\n\n');
  expect(few).not.toMatch(/undefined|slug=|who=/);
  expect(await problemsIn(await folderWith({ [`${post}/index.mdx`]: `${text}\n${few}\n` }))).toEqual([]);
});
