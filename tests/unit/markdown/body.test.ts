import { type MdastNode, markdownToMdast } from 'satteri';
import { describe, expect, test } from 'vitest';
import { plainHtml } from '#feeds/plain-html.ts';
import { bodyBlocks } from '#markdown/body.ts';
import { written } from '#markdown/nodes.ts';

const page = new URL('https://files.example/episodes/e1/');
const markdown = (html: string) => written(bodyBlocks(plainHtml(html, page, { languages: true })));

describe('a text is Markdown', () => {
  test.each([
    [
      'headings and paragraphs',
      '<h2 id="a">A goal</h2><p>Go <em>on</em>, <b>now</b>.</p>',
      '## A goal\n\nGo _on_, **now**.',
    ],
    ['a heading above those of a text', '<h1>Loud</h1>', '## Loud'],
    [
      'links and places on the page',
      '<p><a href="/about/">a</a> <a href="#b">b</a></p>',
      '[a](https://files.example/about/) [b](https://files.example/episodes/e1/#b)',
    ],
    ['a link that leads nowhere', '<p><a href="javascript:x()">a</a></p>', 'a'],
    [
      'a link whose words are its address',
      '<p><a href="https://a.example/">https://a.example/</a></p>',
      '[https://a.example/](https://a.example/)',
    ],
    [
      'a picture',
      '<figure><img src="/_astro/a.b1.webp" alt="A [gull]"><figcaption>Deb</figcaption></figure>',
      '![A \\[gull\\]](https://files.example/_astro/a.b1.webp)\n\nDeb',
    ],
    ['lists', '<ul><li>a<ol start="3"><li>b</li><li>c</li></ol></li><li>d</li></ul>', '- a\n\n  3. b\n  4. c\n\n- d'],
    [
      'tasks',
      '<ul><li><input type="checkbox" checked disabled> a</li><li><input type="checkbox" disabled> b</li></ul>',
      '- ☑ a\n- ☐ b',
    ],
    ['a quote', '<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
    [
      'code',
      '<pre><code class="language-js">a &lt; b;\n&lt;p></code></pre><p><code>`x`</code></p>',
      '```js\na < b;\n<p>\n```\n\n`` `x` ``',
    ],
    [
      'a table',
      '<table><thead><tr><th align="right">n</th><th>a|b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
      '| n | a\\|b |\n| -: | - |\n| 1 | 2 |',
    ],
    ['what is struck', '<p><del>no</del></p>', '~~no~~'],
    ['a line that ends', '<p>a<br>b</p>', 'a\\\nb'],
    ['a break', '<p>a</p><hr><p>b</p>', 'a\n\n---\n\nb'],
    ['a recording', '<audio src="/a.mp3"></audio>', '[Listen: a.mp3](https://files.example/a.mp3)'],
    ['words outside of a paragraph', 'a <em>b</em>', 'a _b_'],
  ])('with %s', (_, html, expected) => {
    expect(markdown(html)).toBe(`${expected}\n`);
  });

  test.each([
    ['a tag', '<p>'],
    ['a component', '<Callout kind="tip">'],
    ['an expression', '{1 + 1}'],
    ['a heading', '# a'],
    ['a list', '- a'],
    ['a number', '1. a'],
    ['a quote', '> a'],
    ['emphasis', '*a* _b_ __c__ ~~d~~'],
    ['code', '`a`'],
    ['a link', '[a](javascript:x) ![b](c) [d]: e'],
    ['an entity', '&amp; &#60; &copy;'],
    ['an escape', '\\* \\'],
    ['a rule', '***'],
    ['a comment', '<!-- a -->'],
    ['a table', '| a | b |'],
  ])('in which %s that is text stays text', (_, text) => {
    const shown = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const nodes = nodesOf(markdown(`<p>${shown}</p>`));
    expect(nodes.map(({ type }) => type)).toEqual(expect.arrayContaining(['root', 'paragraph', 'text']));
    expect(new Set(nodes.map(({ type }) => type)).size).toBe(3);
    expect(nodes.map((node) => ('value' in node ? node.value : '')).join('')).toBe(text);
  });

  test('in which an address is as people copy it', () => {
    const text = 'https://a.example/b_c www.a.example joel@example.com';
    expect(markdown(`<p>${text}</p>`)).toBe(`${text}\n`);
  });

  test('without what only a page can use', () => {
    expect(markdown('<!-- a --><script>b()</script><form><input></form><iframe src="/x/"></iframe><p>c</p>')).toBe(
      'c\n',
    );
  });

  test('of no words, of nothing', () => {
    expect(bodyBlocks('')).toEqual([]);
  });
});

/** All that a reader of Markdown finds. */
function nodesOf(text: string): MdastNode[] {
  const walk = (node: MdastNode): MdastNode[] => [node, ...('children' in node ? node.children.flatMap(walk) : [])];
  return walk(markdownToMdast(text));
}
