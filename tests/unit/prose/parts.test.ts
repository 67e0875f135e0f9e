import { describe, expect, test } from 'vitest';
import { bodyFacts, proseNodes } from '#catalog/body.ts';
import { type Part, partsOf } from '#prose/parts.ts';
import { astroHtml, components, partsHtml } from './astro-mdx.ts';

/** Every path has a picture, which is that path. */
const everyPicture = ((path: string) => path) as unknown as Parameters<typeof partsOf>[0]['picture'];

const parts = (mdx: string, picture = everyPicture): Part[] =>
  partsOf({ mdx, file: 'content/posts/a/index.mdx', picture }, components);

const constructs: [what: string, mdx: string][] = [
  [
    'headings, with the same words too',
    '# One\n\n## Two\n\n### Two\n\nThree\n---\n\n##\n\n###### Ünï “x” 日本 & 1 < 2',
  ],
  ['headings with marks in them', '## An *em*, `code`, a [link](/x/), <b>b</b>, {"text"} and ![a](./a.jpg)'],
  ['emphasis beside punctuation', '**b**, _e_; ~~d~~ ***both*** **a**b _c_d*e* *"q"* (**x**)? a*b*c'],
  ['quotes, dashes and dots', `"a 'b' c" it's rock 'n' roll '90s ("d") -- e --- f... 5'6"`],
  ['entities', '&amp; &lt; &copy; &#39; &nbsp; &unknown; &#x1F600; &quot; \u00A0 "\' <b>&gt;</b>'],
  ['escaped signs', '\\{ \\< \\* \\_ \\` \\[ \\&amp;'],
  ['line breaks', 'a\\\nb  \nc\nd<br/>e'],
  ['lists', '- a\n- b\n\n1. c\n2. d\n   - e\n\n     f\n   - g\n\n5. h\n6. i\n\n* j\n+ k'],
  ['lists of tasks', '- [x] done\n- [ ] not done\n  - [x] *it*'],
  ['quotations', '> a\n> b\n>\n> - c\n>\n> > d'],
  ['rules', 'a\n\n---\n\n***'],
  [
    'code',
    '```js title="x"\nconst a = "<b>" && \'{\';\n```\n\n~~~\nplain\n~~~\n\n- ```sh\n  ls\n  ```\n\n`a & "b" <c>`',
  ],
  [
    'tables',
    '| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | **2** | `3` | |\n| <b>x</b> | {/* c */} | ![i](./i.png) | \\| |',
  ],
  ['tables without a head, or with a corner', '| | |\n|---|---|\n| 1 | 2 |\n\n| | b |\n|---|---|\n| 1 | 2 |'],
  ['links', '[l](/x/?a=1&b=2 "t \'t\' \\"q\\"") [m][r] https://e.com/?a=1&b=2 www.x.org me@x.org\n\n[r]: /y/ "T"'],
  ['footnotes', 'a[^1] b[^n] c[^1]\n\n[^1]: Note *it*.\n[^n]: two\n\n    more'],
  [
    'pictures beside the entry',
    '![a "q" & it\'s](./p%20q.jpg "title") text ![b](sub/y.png)\n\n![c](<./p q.jpg>) ![d](../o/x.jpg)',
  ],
  ['pictures of the site and of others', '![a](/mark.svg) ![b](https://example.com/b.png)'],
  ['comments', '{/* a */}\n\nb {/* c */} d\n\n<span>{/* e */}</span>'],
  ['texts and numbers in braces', '{"a & <b>"}{\'c\'}{`d "e"`} {3} {-4.5} f{" "}g\n\n{"import"}\n\n{}'],
  [
    'elements that are written as tags',
    '<div class="x" style="color: red; --a: 1" hidden data-x aria-label="y">\n\na\n\n</div>',
  ],
  [
    'elements in a line',
    'a <span lang="de" title=\'a "b" &amp; c\'>*b*</span> <b></b><i> </i> <a href="x&amp;y" class="">c</a>',
  ],
  [
    'elements with values in braces',
    '<ol start={3}><li>a</li></ol>\n\n<details open={true}><summary>b</summary>c</details> <input disabled={false} />',
  ],
  ['elements without an end', '<br/> <hr /> <img src="x.png" alt="y" />'],
  ['drawings', '<svg viewBox="0 0 1 1" stroke-width="2" strokeLinecap="round"><path d="M0"/></svg>'],
  [
    'tables and code that are written as tags',
    '<table>\n<tbody>\n<tr><td>x</td></tr>\n</tbody>\n</table>\n\n<table class="x"><tr></tr></table>\n\n<pre>a  *b*</pre>',
  ],
  ['fragments', '<>a *b*</>\n\n<>\n\nc\n\n</>'],
  [
    'components',
    '<Callout kind="tip" title="A &amp; \'b\' &quot;">\n\n  a\n\n> b\n\n</Callout>\n\n<Callout kind="note">c *d*</Callout>\n\n<EpisodeCard slug="x" />',
  ],
  [
    'components in components',
    '<Exchange>\n<Line who="a">x</Line>\n<Line name="b" side="sales">\n\n## y\n\n</Line>\n</Exchange>',
  ],
  [
    'components in what Markdown makes',
    '- <Callout kind="tip">a</Callout>\n- b\n\n> <Line who="x">q</Line>\n\na <PullQuote who="x">*b*</PullQuote> c',
  ],
  [
    'components around pictures',
    '<Figure caption={"c"}>\n\n![a](./a.jpg)\n\n</Figure>\n\n<Checklist title="x">\n\n- a\n\n</Checklist>',
  ],
  [
    'components with nothing in them',
    '<Callout kind="tip"></Callout>\n\n<Callout kind="tip"> </Callout>\n\n<Callout kind="tip">{/* a */}</Callout>',
  ],
];

describe('a body is rendered as Astro renders MDX', () => {
  test.each(constructs)('%s', async (_, mdx) => {
    expect(bodyFacts(proseNodes(mdx)).hasCode).toBe(false);
    expect(partsHtml(parts(mdx))).toBe(await astroHtml(mdx));
  });

  test('with all of them in one text', async () => {
    const mdx = constructs.map(([, each]) => each).join('\n\n');
    expect(partsHtml(parts(mdx))).toBe(await astroHtml(mdx));
  });

  test('but a picture that is named at the end of the text is sized like any other', () => {
    expect(parts('![a][p]\n\n[p]: ./a.jpg "t"\n')).toEqual([
      '<p>',
      { component: 'img', props: { alt: 'a', title: 't', src: './a.jpg' }, parts: [] },
      '</p>',
    ]);
  });
});

test('a table has a head where something is said in it, and a header where it has words', () => {
  const [table] = parts('| | |\n|---|---|\n| 1 | 2 |');
  expect(table).toMatchObject({ component: 'table', parts: [expect.not.stringMatching(/<th/)] });
  const [cornered] = parts('| | b |\n|---|---|\n| 1 | 2 |');
  expect(cornered).toMatchObject({
    parts: [expect.stringMatching(/<thead>\s*<tr>\s*<td><\/td>\s*<th scope="col">b<\/th>/)],
  });
});

test('what is the same for every page is one text', () => {
  expect(parts('## a\n\nb **c** <i>d</i>\n\n- e\n\n{/* f */}\n')).toEqual([expect.any(String)]);
});

describe('a body that cannot be rendered names its file and line', () => {
  const thrown = (mdx: string, picture = everyPicture): unknown => {
    try {
      return parts(mdx, picture);
    } catch (error) {
      return { ...(error as Error), message: (error as Error).message };
    }
  };
  const at = (line: number, what: string) => ({
    name: 'MDXError',
    message: expect.stringContaining(`content/posts/a/index.mdx:${line}: ${what}`),
    loc: expect.objectContaining({ file: 'content/posts/a/index.mdx', line }),
  });

  test('where it is no MDX', () => {
    expect(thrown('\n\n\na\n\n<Exchange>\nnever closed\n')).toEqual(at(6, 'Expected a closing tag for `<Exchange>`'));
    expect(thrown('\n\na { b\n')).toEqual(at(3, 'Unexpected end of file in expression'));
  });

  test('where there is no such component', () => {
    expect(thrown('\n\na\n\n<Callout kind="tip">\n\n<Callot>b</Callot>\n\n</Callout>\n')).toEqual(
      at(7, 'There is no component <Callot>'),
    );
  });

  test('where there is no such picture', () => {
    expect(thrown('\n\na\n\nb\n![c](./d.jpg)\n', () => undefined)).toEqual(at(6, 'There is no picture ./d.jpg'));
  });
});

test.each([
  ['#t=01:30', '/e/audio.mp3', '<p><a href="/e/audio.mp3#t=90" data-moment="90">then</a></p>'],
  ['#t=01:30', undefined, '<p><a href="#t=01:30">then</a></p>'],
  ['#the-goal', '/e/audio.mp3', '<p><a href="#the-goal">then</a></p>'],
])('a link to %s leads to the recording %s', (href, recording, html) => {
  const none = { vocabulary: new Set<string>(), elements: new Set<string>() };
  const parts = partsOf({ mdx: `[then](${href})`, file: 'a.mdx', picture: () => undefined }, none, recording);
  expect(parts.join('').trim()).toBe(html);
});
