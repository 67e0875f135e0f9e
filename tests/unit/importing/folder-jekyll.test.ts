import { describe, expect, test } from 'vitest';
import { problemsIn } from '../authoring/content-folder.ts';
import { archiveOf, emptyFolder, entry, fates, folderOf, imported, importedFile, said } from './folder.ts';

const fixture = 'tests/fixtures/archives/jekyll';
const config = { '_config.yml': 'url: https://keepers.example.org\ntitle: Keepers\n' };
const post = (body: string) => ({ ...config, '_posts/2020-01-02-a.md': `---\ntitle: A\n---\n${body}` });

test('what comes of a folder passes the check as it stands, and a second run changes nothing', async () => {
  const content = await emptyFolder();
  expect(fates(await imported(fixture, content))).toEqual(['written']);
  expect(await problemsIn(content)).toEqual([]);
  expect(fates(await imported(fixture, content))).toEqual(['unchanged']);
});

test('a post has what its tags say, and its links lead to the new addresses', async () => {
  const content = await emptyFolder();
  await imported(fixture, content);
  expect(await entry(content, 'posts/the-first-lamp')).toBe(`---
title: The first lamp
publishedAt: 2019-05-01T08:00:00Z
summary: The lamp was cold.
authors: [wilma-wick]
topics: [lamps, oil]
keywords: [brass]
cover:
  src: ./lamp.png
  alt: The first lamp
aliases: [/light/lamps/oil/2019/05/01/the-first-lamp/, /light/lamp/]
guid: https://keepers.example.org/light/lamps/oil/2019/05/01/the-first-lamp
---

The lamp was _cold_.[^1]

See [the bell](/episodes/fog-bell/), [the same](/episodes/fog-bell/), [about](/about/) or nobody.

![A brass lamp](./lamp.png)

Keep the _light_.

Mind the oil

<Video title="The first lamp" youtube="abcdefghijk" />

\`\`\`go
func main() { lamp{} }
\`\`\`

Write \`{{ page.title }}\`, or:

\`\`\`liquid
{% if lamp %}{{ lamp.oil }}{% endif %}
\`\`\`

Lit by wwick and .

In _a box_.

[^1]: As _cold_ as the sea.
`);
});

test('a post with a recording is an episode, a draft a draft, and a person has what the data say but no e-mail address', async () => {
  const content = await emptyFolder();
  await imported(fixture, content);
  expect(await entry(content, 'episodes/fog-bell')).toContain(
    '  url: https://media.example.com/bell.mp3\n  type: audio/mpeg\n  bytes: 1234567\n  duration: 62\n',
  );
  expect(await entry(content, 'posts/not-yet')).toMatch(/summary: Not yet.\ndraft: true\n/);
  const wilma = await entry(content, 'people/wilma-wick');
  expect(wilma).toContain('Keeps a light.');
  expect(wilma).not.toContain('@');
});

test('what is not kept is named with its line', async () => {
  const found = said(await imported(fixture, await emptyFolder()));
  expect(found).toContainEqual({
    what: 'template',
    detail: '{{ site.keepers }}: nothing here knows what it says',
    line: 42,
  });
  const told = found.map(({ detail }) => detail).join('\n');
  for (const each of ['_notes/one.md', 'index.html is a template', 'color: red', '2001-01-01-nobody'])
    expect.soft(told).toContain(each);
  for (const each of ['lamp.oil', 'page.title', 'README']) expect.soft(told).not.toContain(each);
});

describe('old addresses are those that Jekyll made', () => {
  test.each([
    ['by date', '', '/lamps/2020/01/02/A_b.html'],
    ['pretty', 'permalink: pretty', '/lamps/2020/01/02/A_b/'],
    ['by day of the year', 'permalink: ordinal', '/lamps/2020/002/A_b.html'],
    ['by week', 'permalink: weekdate', '/lamps/2020/W01/Thu/A_b.html'],
    ['without dates', 'permalink: none', '/lamps/A_b.html'],
    ['by a pattern', 'permalink: /blog/:short_year/:i_month/:slug', '/blog/20/1/a-b'],
    ['of a collection', 'collections: { posts: { permalink: /x/:title/ } }', '/x/A_b/'],
  ])('%s', async (_, line, expected) => {
    const files = { '_config.yml': `${line}\n`, '_posts/2020-01-02-A_b.md': '---\ncategory: Lamps\n---\n.' };
    const { pieces } = await archiveOf(await folderOf(files));
    expect(pieces[0]?.addresses).toEqual([expected]);
  });

  test('of pages, and of a draft none', async () => {
    const page = '---\ntitle: x\n---\n.';
    const { pieces } = await archiveOf(
      await folderOf({
        ...config,
        'a/index.md': page,
        'a/b.md': page,
        'c.md': '---\npermalink: /d/\n---\n.',
        '_drafts/e.md': page,
      }),
    );
    expect(Object.fromEntries(pieces.map(({ key, addresses }) => [key, addresses]))).toEqual({
      'a/index.md': ['/a/'],
      'a/b.md': ['/a/b.html'],
      'c.md': ['/d/'],
      '_drafts/e.md': [],
    });
  });
});

describe('a text of Jekyll’s is what its readers saw', () => {
  test.each([
    ['a condition in a list', '- a\n{% if x %}\n- b\n{% endif %}\n', ['- a', '- b'], ['{% if x %}']],
    ['a table behind a tag', '{% if x %}\n| a | b |\n| - | - |\n| c | d |\n{% endif %}\n', ['| c | d |'], []],
    ['an unknown block', '{% tip %}\nBe *kind*.\n{% endtip %}\n', ['<Callout', '_kind_'], []],
    ['a plugin’s block', '{% mood label="Dark" %}\nx\n{% endmood %}\n', ['**Dark**', 'x'], ['mood']],
    ['raw tags in code', '```\n{% raw %}{{ a }}{% endraw %}\n```\n', ['```\n{{ a }}\n```'], []],
    ['braces that are none', 'a {{ b and {% c\n', ['\\{\\{ b and \\{% c'], []],
    ['a gist', '{% gist keeper/123 %}\n', ['https://gist.github.com/keeper/123'], ['gist']],
    ['lists of attributes', 'a\n{: .b #c}\n\n## D {#d .e}\n{:.no_toc}\n', ['a\n\n## D\n'], []],
    ['options of kramdown', '{::options toc_levels="2" /}\na {::comment}b\n', ['a b'], []],
    [
      'a figure of two',
      '{% figure caption:"Two *lamps*" %}\n![x](https://e.example/x.png)\n{% endfigure %}\n',
      ['Two'],
      [],
    ],
  ])('%s', async (_, body, texts, named) => {
    const { text, lost } = await importedFile(post(body), 'posts/a');
    for (const each of texts) expect.soft(text).toContain(each);
    const told = lost.map(({ detail }) => detail).join('\n');
    for (const each of named) expect.soft(told).toContain(each);
  });
});

test('a feed of the folder’s own tells which guid an episode has, and where it does not, it is named', async () => {
  const feed = (guid: string) =>
    `---\n---\n<rss><channel>{% for post in site.posts %}<item><enclosure url="{{ post.mp3 }}"/><guid>${guid}</guid></item>{% endfor %}</channel></rss>`;
  const files = (guid: string) => ({
    ...config,
    'podcast.xml': feed(guid),
    '_posts/2020-01-02-a.md': '---\nmp3: https://media.example.com/a.mp3\n---\n.',
  });
  const known = await archiveOf(await folderOf(files('{{ site.url }}{{ post.url }}?x')));
  expect(known.pieces[0]?.guid).toBe('https://keepers.example.org/2020/01/02/a.html?x');
  const unknown = await archiveOf(await folderOf(files('{{ post.url | sha1 }}')));
  expect(unknown.pieces[0]?.guid).toBeUndefined();
  expect(unknown.pieces[0]?.lost.map(({ what }) => what)).toContain('guid');
});

test('a folder of Hexo’s is not taken for one of Jekyll’s', async () => {
  const folder = await folderOf({ '_config.yml': 'source_dir: source\n', 'source/_posts/a.md': 'x' });
  await expect(archiveOf(folder)).rejects.toThrow('Hexo');
});

test('a folder without a text is told so, and nothing is written', async () => {
  await expect(archiveOf(await folderOf(config))).rejects.toThrow('no text in it');
});
