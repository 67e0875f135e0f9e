import { appendFile, cp, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { problemsIn } from '../authoring/content-folder.ts';
import { archiveOf, emptyFolder, entry, fates, folderOf, imported, importedFile, said } from './folder.ts';

const fixture = 'tests/fixtures/archives/hugo';
const config = { 'hugo.toml': "baseURL = 'https://keepers.example.org/'\ntitle = 'Keepers'\n" };
const post = (body: string, more = '') => ({
  ...config,
  'content/posts/a.md': `---\ntitle: A\ndate: 2020-01-02\n${more}---\n${body}`,
});

test('what comes of a folder passes the check as it stands', async () => {
  const content = await emptyFolder();
  expect(fates(await imported(fixture, content))).toEqual(['written']);
  expect(await problemsIn(content)).toEqual([]);
});

test('a post has its text, note, figure, film and code, and its links lead to the new addresses', async () => {
  const content = await emptyFolder();
  await imported(fixture, content);
  expect(await entry(content, 'posts/the-first-lamp')).toBe(`---
title: The first lamp
publishedAt: 2019-05-01T08:00:00Z
updatedAt: 2019-06-01
summary: The lamp was cold.
authors: [wilma-wick]
topics: [lamps-oil]
keywords: [brass, oil]
cover:
  src: ./lamp.png
  alt: The first lamp
aliases: [/light/2019/05/the-first-lamp/, /light/lamp, /light/posts/old-lamp]
guid: https://keepers.example.org/light/2019/05/the-first-lamp/
---

The lamp was _cold_.[^1]

It has ~~no~~ a wick, costs $5 or $10, and is at [https://lamps.example.com/](https://lamps.example.com/). See the bell, or [the fog](/episodes/fog/), or nobody.

<Figure caption="The lamp in May">

![A brass lamp](./lamp.png)

</Figure>

<Video title="The first lamp" youtube="abcdefghijk" />

<Callout kind="note">

**Mind the oil**

Trim the **wick** daily.

- first
- second

</Callout>

Keep the light

\`\`\`go
func main() { lamp{} }
\`\`\`

Write \`{{< figure src="x.png" >}}\`, or:

\`\`\`md
{{< youtube id >}}
{{< tide_gauge port="Shown" >}}
\`\`\`

\`\`\`
indented { code }
\`\`\`

**Raw** words \`Ctrl\`

## A heading

&#x69;mport \\{ nothing \\} from anywhere

<Figure caption="At night">

![Late](./lamp.png)

</Figure>

[^1]: As _cold_ as the sea.
`);
});

test('an episode of Castanet has its recording, people and guid as the feed of that theme had them', async () => {
  const content = await emptyFolder();
  await imported(fixture, content);
  const fog = await entry(content, 'episodes/fog');
  expect(fog).toContain('number: 7\n');
  expect(fog).toContain('hosts: [wilma-wick]\nguests: [gus-bell]\n');
  expect(fog).toContain(
    '  url: https://media.example.com/keepers/fog.mp3\n  type: audio/mpeg\n  bytes: 1234567\n  duration: 602\n',
  );
  expect(fog).toContain('guid: https://media.example.com/keepers/fog.mp3\n');
  expect(fog).toContain('<Video title="An episode of fog" youtube="abcdefghijk" />');
  expect(await entry(content, 'episodes/calm')).toContain('guid: calm-1\n');
  expect(await entry(content, 'people/wilma-wick')).toContain('Keeps a light.');
});

test('what is not kept is named with its line, and nobody is told of what nobody saw', async () => {
  const found = said(await imported(fixture, await emptyFolder()));
  expect(found).toContainEqual({
    what: 'shortcode',
    detail: '{{< tide_gauge port="Nowhere" >}}: there is nothing like it here',
    line: 25,
  });
  const told = found.map(({ detail }) => detail).join('\n');
  expect(told).toContain('1 page in “fr”');
  expect(told).toContain('color: red');
  expect(told).toContain('until 2024-01-01');
  expect(told).not.toContain('Hidden');
  expect(told).not.toContain('Shown');
});

test('a second run changes nothing, from wherever the folder lies then', async () => {
  const content = await emptyFolder();
  await imported(fixture, content);
  const elsewhere = join(content, '../elsewhere');
  await cp(fixture, elsewhere, { recursive: true });
  expect(fates(await imported(elsewhere, content))).toEqual(['unchanged']);
});

test('what was edited since is left alone, and what is new in the folder comes', async () => {
  const content = await emptyFolder();
  const folder = join(content, '../site');
  await cp(fixture, folder, { recursive: true });
  await imported(folder, content);
  await appendFile(join(content, 'posts/the-first-lamp/index.mdx'), '\nA word of its author.\n');
  await appendFile(join(folder, 'content/posts/first-lamp.md'), '\nA word of the old site.\n');
  await appendFile(join(folder, 'content/episode/fog.md'), '\nIt stayed.\n');
  const { results } = await imported(folder, content);
  const fateOf = (file: string) => results.find((each) => each.file.startsWith(file))?.fate;
  expect(fateOf('posts/the-first-lamp')).toBe('edited');
  expect(fateOf('episodes/fog')).toBe('updated');
  expect(await entry(content, 'posts/the-first-lamp')).toContain('A word of its author.');
});

describe('a text of Hugo’s is what its readers saw', () => {
  test.each([
    ['a shortcode in a list', '- a\n  {{% note %}}\n  b\n  {{% /note %}}\n- c\n', ['b'], []],
    ['shortcodes in shortcodes', '{{< tabs >}}{{< tab "One" >}}**x**{{< /tab >}}{{< /tabs >}}\n', ['**x**'], ['tab']],
    ['Markdown around a shortcode', 'a {{< badge >}}b{{< /badge >}} c\n', ['a b c'], ['badge']],
    ['a shortcode over lines', '{{< figure\n  src="https://e.example/x.png"\n  alt="X y"\n>}}\n', ['X y'], []],
    ['a shortcode that is never closed', 'a {{< oops b\n\nc', ['a \\{\\{\\< oops b', 'c'], []],
    ['braces that are none', 'a {{ .Title }} b\n', ['a \\{\\{ .Title \\}\\} b'], []],
    ['a link with a shortcode', '[x]({{< ref "/posts/a.md" >}}#y)\n', ['[x](/posts/a/)'], []],
    ['a definition list', 'Lamp\n: A light.\n', ['Lamp', 'A light.'], []],
    ['goldmark’s attributes', 'A line.\n{.red #x}\n', ['A line.'], []],
    ['formulas', '$$\na_b*c*d\n$$\n', ['a_b*c*d'], ['$$']],
    ['dollars', 'From $5 to $6_000_ or so\n', ['From $5 to $6'], []],
    ['an anchor to a heading', '[down](#a-b)\n\n## A b\n', ['[down](#a-b)'], []],
    ['an anchor to an id', '[down](#x)\n\n## A b {#x}\n', ['[down](#a-b)'], []],
    ['raw HTML', '{{< rawhtml >}}<p>one <em>two</em></p>{{< /rawhtml >}}\n', ['one _two_'], []],
    ['a comment', '{{< comment >}}gone{{< /comment >}}stays\n', ['stays'], []],
    ['windows’ line ends', 'a\r\n\r\n```\r\nb\r\n```\r\n', ['a\n\n```\nb\n```'], []],
    [
      'highlighted Markdown',
      '{{< highlight md >}}\n```x\n{{</* ref */>}}\n```\n{{< /highlight >}}\n',
      ['````md\n```x'],
      [],
    ],
  ])('%s', async (_, body, texts, named) => {
    const { text, lost } = await importedFile(post(body), 'posts/a');
    for (const each of texts) expect.soft(text).toContain(each);
    const told = lost.map(({ detail }) => detail).join('\n');
    for (const each of named) expect.soft(told).toContain(each);
  });
});

describe('old addresses are those that Hugo made', () => {
  const addressesOf = async (files: Record<string, string>) => {
    const { pieces } = await archiveOf(await folderOf({ ...config, ...files }));
    return Object.fromEntries(pieces.map(({ key, addresses }) => [key, addresses]));
  };

  test.each([
    ['of a section', { 'content/posts/A b.md': '---\ndate: 2020-01-02\n---\n' }, ['/posts/a-b/']],
    ['of a slug', { 'content/posts/A b.md': '---\nslug: C\ndate: 2020-01-02\n---\n' }, ['/posts/c/']],
    ['of an url', { 'content/posts/A b.md': '---\nurl: /x/y.html\ndate: 2020-01-02\n---\n' }, ['/x/y.html']],
    ['of a bundle', { 'content/posts/A b/index.md': '---\ndate: 2020-01-02\n---\n' }, ['/posts/a-b/']],
    ['of a page at the top', { 'content/A b.md': '---\n---\n' }, ['/a-b/']],
  ])('%s', async (_, files: Record<string, string>, expected) =>
    expect(Object.values(await addressesOf(files))[0]).toEqual(expected),
  );

  test('of patterns, and in its ugly form', async () => {
    const found = await addressesOf({
      'hugo.toml': `baseURL = 'https://keepers.example.org/'\nuglyURLs = true\n[permalinks]\nposts = '/:year/:month/:day/:title'\n`,
      'content/posts/a.md': '---\ntitle: The Lamp, lit\ndate: 2020-01-02\n---\n',
    });
    expect(found['content/posts/a.md']).toEqual(['/2020/01/02/the-lamp-lit.html']);
  });
});

describe('what is no text of a site is a word in the report, never an end', () => {
  test('bytes, other encodings, broken front matter, links that lead out', async () => {
    const folder = await folderOf({
      ...post('Right.'),
      'content/posts/bytes.md': new Uint8Array([0, 1, 2, 3]),
      'content/posts/latin.md': Buffer.from('---\ntitle: Caf\xe9\ndate: 2020-01-02\n---\nCaf\xe9.', 'latin1'),
      'content/posts/broken.md': '---\ntitle: [a\ndate: 2020-01-02\n---\nKept all the same.',
      'content/posts/toml.md': '+++\ntitle = \n+++\nKept as well.',
      'content/posts/org.org': '#+TITLE: x',
    });
    const outside = await folderOf({ 'content/posts/outside.md': '---\ntitle: O\ndate: 2020-01-02\n---\nOf another.' });
    await symlink(join(outside, 'content/posts'), join(folder, 'content/outside'));
    await symlink(folder, join(folder, 'content/round'));
    const content = await emptyFolder();
    const outcome = await imported(folder, content);
    expect(fates(outcome)).toEqual(['written']);
    const told = said(outcome).map(({ what }) => what);
    expect(told).toEqual(expect.arrayContaining(['file', 'encoding', 'front-matter', 'symlink', 'format']));
    expect(await entry(content, 'posts/latin')).toContain('Café.');
    expect(outcome.results.map(({ place }) => place).join()).not.toContain('outside');
  });

  test('a file beside the folder is no picture of it', async () => {
    const folder = await folderOf(post('![x](../../../secret.png) ![y](/../secret.png)'));
    await writeFile(join(folder, '../secret.png'), 'secret');
    const { files } = await archiveOf(folder);
    expect(files).toEqual({});
  });
});

describe('a folder of none of them says so', () => {
  const errorOf = async (files: Record<string, string>, inside = '') => {
    const folder = await folderOf(files);
    return archiveOf(join(folder, inside)).then(
      () => '',
      (error: Error) => error.message,
    );
  };

  test('what was looked for', async () => expect(await errorOf({ 'a.txt': 'x' })).toContain('Looked for: hugo.toml'));
  test('the folder above', async () =>
    expect(await errorOf(post('x'), 'content')).toMatch(/npm run import -- \S+\/site$/));
  test('the folder inside', async () =>
    expect(await errorOf({ 'keepers-main/hugo.toml': '', 'keepers-main/content/a.md': 'x' })).toMatch(
      /npm run import -- \S+\/keepers-main$/,
    ));
  test('Zola', async () =>
    expect(await errorOf({ 'config.toml': 'base_url = "https://e.example"', 'content/a.md': '+++\n+++\n' })).toContain(
      'Zola',
    ));
  test('a content folder of this site', async () =>
    expect(await errorOf({ 'show.yaml': 'title: x', 'posts/a/index.mdx': 'x' })).toContain('already'));
  test('no content', async () => expect(await errorOf({ 'hugo.toml': '' })).toContain('looked in content/'));
});

test('no file of another’s is deleted by a run that fails in its middle', async () => {
  const content = await emptyFolder();
  const folder = await folderOf(post('Right.'));
  await imported(folder, content);
  await rm(join(folder, 'content'), { recursive: true });
  await expect(imported(folder, content)).rejects.toThrow('no content');
  expect(await entry(content, 'posts/a')).toContain('Right.');
});

test('topics in letters that no slug has are as many as they were', async () => {
  const { topics } = await archiveOf(
    await folderOf({
      ...config,
      'content/posts/a.md': '---\ntitle: A\ncategories: [行业, Sea-Side]\ndate: 2020-01-02\n---\n.',
      'content/posts/b.md': '---\ntitle: B\ncategories: [编程, sea side]\ndate: 2020-01-02\n---\n.',
    }),
  );
  expect(topics.map(({ title }) => title)).toEqual(['行业', 'Sea-Side', '编程']);
});

test('no word is lost on the way, wherever shortcodes stand in a text', async () => {
  let seed = 11;
  const random = (most: number) => (((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648) * most) | 0;
  const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)] as Item;
  const shapes: ((word: string) => string)[] = [
    (word) => `${word} `,
    (word) => `\n\n${word}\n\n`,
    (word) => `\n- ${word}\n`,
    (word) => `\n  1. ${word}\n`,
    (word) => `\n> ${word}\n`,
    (word) => `\n## ${word} {#x}\n`,
    (word) => `**${word}**`,
    (word) => `\`${word} {{< y >}}\``,
    (word) => `\n\`\`\`go {hl_lines=[1]}\n${word} {{< y >}}\n\`\`\`\n`,
    (word) => `\n    ${word}\n`,
    (word) => `[${word}]({{< ref "a" >}})`,
    (word) => `![${word}](https://e.example/${word}.png "t${word}")`,
    (word) => `{{< box >}}${word}{{< /box >}}`,
    (word) => `\n{{% note "${word}" %}}\n${word} a\n{{% /note %}}\n`,
    (word) => `\n{{< tab label="${word}" >}}\n| a | b |\n| - | - |\n| ${word} | c |\n{{< /tab >}}\n`,
    (word) => `{{< figure src="/x.png" caption="${word}" >}}`,
    (word) => `\n{{< highlight js >}}\n${word}\n{{< /highlight >}}\n`,
    (word) => `{{</* ${word} */>}}`,
    (word) => `<div>${word}</div>`,
    (word) => `\n<p>\n${word}\n</p>\n`,
    (word) => `{{ ${word} }} {% ${word} %} <${word}@example.com>`,
    (word) => `[^${word}]\n\n[^${word}]: ${word}\n\n`,
    (word) => `\n${word}\n: ${word}\n\n`,
    (word) => `{{< open >}}${word} `,
    (word) => `\n| a |\n| - |\n| ${word} {{< box >}}${word}{{< /box >}} |\n\n`,
    (word) => `\nimport ${word} from '${word}'\n`,
    (word) => `\n$$\n${word}_a_b\n$$\n`,
  ];
  const texts = Array.from({ length: 150 }, (_, run) => {
    const words = Array.from({ length: 12 }, (_each, i) => `w${run}x${i}y`);
    return { words, body: words.map((word) => pick(shapes)(word)).join('') };
  });
  const files = Object.fromEntries(
    texts.map(({ body }, i) => [`content/posts/p${i}.md`, `---\ntitle: P\ndate: 2020-01-02\n---\n${body}`]),
  );
  const content = await emptyFolder();
  const outcome = await imported(await folderOf({ ...config, ...files }), content);
  expect(fates(outcome)).toEqual(['written']);
  // What no page showed is told.
  const told = said(outcome)
    .filter(({ what }) => what === 'note')
    .map(({ detail }) => detail)
    .join('\n');
  for (const [i, { words, body }] of texts.entries()) {
    const text = (await entry(content, `posts/p${i}`)).replace(/^---\n[\s\S]*?\n---\n/, '');
    const missing = words.filter((word) => !text.includes(word) && !told.includes(word));
    expect.soft(missing, `${body}\n=>\n${text}`).toEqual([]);
  }
  expect(await problemsIn(content)).toEqual([]);
});
