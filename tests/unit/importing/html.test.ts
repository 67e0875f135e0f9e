import { describe, expect, test } from 'vitest';
import { mdxToMdast } from 'satteri';
import { mdxOf } from '#importing/html.ts';

const around = { picture: () => ({ src: './p.jpg', alt: 'A picture' }), link: () => undefined, title: 'A title' };
const mdx = (html: string) => mdxOf({ html, base: 'https://old.example.com/a/' }, around).text;

describe('HTML becomes what an author would have written', () => {
  test.each([
    ['marks without words', '<p>a <b> </b><em></em>b</p>', 'a b\n'],
    ['spaces inside of marks', '<p>a <b> bold </b>b</p>', 'a **bold** b\n'],
    ['a mark around blocks', '<b><p>a</p><p>b</p></b>', '**a**\n\n**b**\n'],
    ['two breaks', 'a<br><br>b', 'a\n\nb\n'],
    ['braces, angles and modules', '<p>import {x} from 1 < 2</p>', '&#x69;mport \\{x\\} from 1 \\< 2\n'],
    ['a heading of the first rank', '<h1>A</h1><h2>B</h2>', '## A\n\n### B\n'],
    ['raised signs', '<p>E = mc<sup>2</sup>, H<sub>2</sub>O</p>', 'E = mc², H₂O\n'],
    ['code with its language', '<pre class="brush: php">a { b }</pre>', '```php\na { b }\n```\n'],
    ['a picture that leads to itself', '<a href="p.jpg"><img src="p.jpg" alt="P"></a>', '![P](./p.jpg)\n'],
    ['code of several lines', '<p>a <code>b {<br>c<br>}</code> d</p>', 'a\n\n```\nb {\nc\n}\n```\n\nd\n'],
    [
      'an address of the author’s own machine',
      '<p>at http://localhost:3000/x now</p>',
      'at `http://localhost:3000/x` now\n',
    ],
    [
      'a machine of its own',
      '<p><b>http://localhost:80</b>，x <a href="http://10.0.0.1/">y</a> https://a.example</p>',
      '**`http://localhost:80`**，x y https://a.example\n',
    ],
    [
      'an address that runs into a sign',
      '<p>http://a.example/?x="&gt;&lt;script&gt;y&lt;/script&gt; www.b.example/{c} http://d.example/e).</p>',
      '[http://a.example/?x=](http://a.example/?x=)">\\<script>y\\</script> [www.b.example/](http://www.b.example/)\\{c\\} http://d.example/e).\n',
    ],
    ['a link that is code', '<a href="javascript:x()">a</a>', 'a\n'],
    [
      'a frame of a film',
      '<iframe src="//player.vimeo.com/video/123456"></iframe>',
      '<Video title="A title" vimeo="123456" />\n',
    ],
    [
      'a pull quote',
      '<figure class="wp-block-pullquote"><blockquote><p>Q</p><cite>Me</cite></blockquote></figure>',
      '<PullQuote name="Me">\n\nQ\n\n</PullQuote>\n',
    ],
    [
      'a gallery',
      '<figure><ul class="blocks-gallery-grid"><li class="blocks-gallery-item"><figure><img src="a.jpg" alt="A"></figure></li><li class="blocks-gallery-item"><figure><img src="b.jpg" alt="B"><figcaption>C</figcaption></figure></li></ul></figure>',
      '![A](./p.jpg)\n\n<Figure caption="C">\n\n![B](./p.jpg)\n\n</Figure>\n',
    ],
    [
      'notes at the foot of a text',
      '<p>a<sup><a href="#user-content-fn-x" data-footnote-ref="">1</a></sup></p><section data-footnotes=""><h2>Footnotes</h2><ol><li id="user-content-fn-x"><p>b <a href="#user-content-fnref-x" data-footnote-backref="">↩</a></p><p>c</p></li></ol></section>',
      'a[^x]\n\n[^x]: b\n\n    c\n',
    ],
    ['a link to a heading', '<p><a href="#old">a</a></p><h2 id="old">B c</h2>', '[a](#b-c)\n\n## B c\n'],
    [
      'details',
      '<details><summary>S</summary><p>d</p></details>',
      '<Callout kind="note" title="S">\n\nd\n\n</Callout>\n',
    ],
  ])('%s', (_, html, expected) => expect(mdx(html)).toBe(expected));
});

test('no word is lost on the way, whatever the nesting', () => {
  const tags =
    'p b i em strong a span div ul li ol blockquote table tr td h1 h3 pre code sup figure figcaption details summary section dl dt dd u s del q small font center br hr'.split(
      ' ',
    );
  const signs = [
    '{',
    '}',
    '&lt;',
    '&amp;',
    '*',
    '_',
    '`',
    '[',
    ']',
    '(',
    '#',
    '1.',
    '-',
    '+',
    '|',
    '~',
    '\\',
    'import',
    'export',
    '$',
    '---',
    '!',
    ':::',
    '&nbsp;',
  ];
  let seed = 7;
  const random = (most: number) => (((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648) * most) | 0;
  for (let run = 0; run < 400; run += 1) {
    const words: string[] = [];
    let html = '';
    for (let i = 0; i < 30; i += 1) {
      const tag = tags[random(tags.length)] as string;
      const roll = random(5);
      if (roll < 2) html += `<${tag}${tag === 'a' ? ' href="https://example.com/x"' : ''}>`;
      else if (roll === 2) html += `</${tag}>`;
      else {
        const word = `w${run}x${i}y`;
        words.push(word);
        html += `${signs[random(signs.length)]}${random(2) ? ' ' : ''}${word} `;
      }
    }
    const text = mdx(html);
    const found = shownText(text);
    expect
      .soft(
        words.filter((word) => !found.includes(word)),
        `${html}\n=>\n${text}`,
      )
      .toEqual([]);
  }
});

/** The words of an MDX text as a page shows them. Throws where it is none. */
function shownText(text: string): string {
  const parts: string[] = [];
  const visit = (node: { type: string; value?: string; attributes?: { value?: unknown }[]; children?: never[] }) => {
    if (/^mdx.*(?:Expression|jsEsm)$/.test(node.type)) throw new Error(`${node.type}: ${node.value}`);
    if (node.value) parts.push(node.value);
    for (const { value } of node.attributes ?? []) if (typeof value === 'string') parts.push(value);
    for (const child of node.children ?? []) visit(child);
  };
  try {
    visit(mdxToMdast(text) as never);
  } catch (error) {
    throw new Error(`${text}\n${(error as Error).message}`, { cause: error });
  }
  return parts.join(' ');
}

test.each([
  ['https://example.com/a_b_c?d=1&e=*f', ''],
  ['http://example.com', '</a>'],
  ['http://example.com/x', '{y}'],
  ['https://example.com/plain', '. And'],
  ['www.example.com/?a=1&b=2', ')'],
  ['http://example.com', '">x</a>'],
])('the address %s in a text, before “%s”, leads there', (address, after) => {
  const tree = mdxToMdast(
    mdx(`<p>See ${`${address}${after}`.replaceAll('&', '&amp;').replaceAll('<', '&lt;')} now</p>`),
  );
  const links = [...nodesOf(tree as unknown as Node)].filter(({ type }) => type === 'link');
  expect(links.map(({ url }) => url)).toEqual([address.replace(/^www/, 'http://www')]);
});

interface Node {
  type: string;
  url?: string;
  children?: Node[];
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children ?? []) yield* nodesOf(child);
}
