import { describe, expect, test } from 'vitest';
import { problemsIn } from '../authoring/content-folder.ts';
import { archiveOf, emptyFolder, entry, fates, folderOf, imported, said } from './folder.ts';

const fixture = 'tests/fixtures/archives/eleventy';

test('what comes of a folder passes the check as it stands, and a second run changes nothing', async () => {
  const content = await emptyFolder();
  expect(fates(await imported(fixture, content))).toEqual(['written']);
  expect(await problemsIn(content)).toEqual([]);
  expect(fates(await imported(fixture, content))).toEqual(['unchanged']);
});

test('a post has what the data of its folder hand it, and its links lead to the new addresses', async () => {
  const content = await emptyFolder();
  await imported(fixture, content);
  expect(await entry(content, 'posts/first-lamp')).toBe(`---
title: The first lamp
publishedAt: 2019-05-01
summary: A lamp, and how it was lit.
authors: [wilma-wick]
keywords: [brass]
aliases: [/blog/first-lamp/]
guid: https://keepers.example.org/blog/first-lamp/
---

The lamp was _cold_. See [the bell](/posts/fog-bell/), [about](/about/) or [the bell](https://keepers.example.org/blog/fog-bell/).

![A brass lamp](./lamp.png)

<Callout kind="note">

**Mind the oil**

Trim the **wick**.

</Callout>

\`\`\`js
const x = \`{{ shown }}\`;
\`\`\`
`);
});

test('code is not run, but named with what was read of its text', async () => {
  const found = said(await imported(fixture, await emptyFolder()));
  const told = found.map(({ detail }) => detail).join('\n');
  for (const each of [
    'eleventy.config.js is code and not run',
    'metadata.js',
    'content/index.njk',
    'content/nowhere.md',
  ])
    expect.soft(told).toContain(each);
  expect(found).toContainEqual({
    what: 'template',
    detail: '{% lamp "brass" %}: there is nothing like it here',
    line: 16,
  });
});

describe('old addresses are those that Eleventy made', () => {
  test.each([
    ['of a file', 'blog/2020-01-02-a.md', '', '/blog/a/'],
    ['of a folder', 'blog/a/index.md', '', '/blog/a/'],
    ['of a file called like its folder', 'blog/a/a.md', '', '/blog/a/'],
    ['that front matter says', 'a.md', 'permalink: /x/{{ page.fileSlug }}/index.html', '/x/a/'],
    ['of a title', 'a.md', 'title: The Lamp\npermalink: "/{{ title | slugify }}/"', '/the-lamp/'],
  ])('%s', async (_, file, front, expected) => {
    const { pieces } = await archiveOf(await folderOf({ '.eleventy.js': '', [file]: `---\n${front}\n---\n.` }));
    expect(pieces[0]?.addresses).toEqual([expected]);
  });

  test('one that only code knows is named', async () => {
    const { pieces } = await archiveOf(
      await folderOf({ '.eleventy.js': '', 'a.md': '---\npermalink: "/{{ title | mine }}/"\n---\n.' }),
    );
    expect(pieces[0]?.addresses).toEqual([]);
    expect(pieces[0]?.lost.map(({ what }) => what)).toContain('address');
  });
});

test('a folder with the marks of two is the one whose configuration is there', async () => {
  const kindOf = async (files: Record<string, string>) =>
    (await archiveOf(await folderOf({ 'about.md': '---\ntitle: x\n---\n.', ...files }))).kind;
  const scripts = '{ "devDependencies": { "@11ty/eleventy": "3" } }';
  expect(await kindOf({ '_config.yml': 'title: x', '.eleventy.js': '' })).toBe('eleventy');
  expect(await kindOf({ '_config.yml': 'title: x', 'package.json': scripts })).toBe('jekyll');
  expect(await kindOf({ 'package.json': scripts })).toBe('eleventy');
});
