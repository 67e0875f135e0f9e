import { describe, expect, test } from 'vitest';
import { attribute, bodyFacts, contentsOf, htmlTree, proseNodes } from '#catalog/body.ts';
import { readingMinutes } from '#site/reading-time.ts';

const facts = (mdx: string) => bodyFacts(proseNodes(mdx));

describe('the words of a body', () => {
  test.each([
    ['nothing', '', 0],
    ['a paragraph', 'Two hosts, one goal.', 4],
    ['a heading and a list', '## The goal\n\n- one\n- two words\n', 5],
    ['emphasis and links by their text', 'A *very* [long link](https://example.com/not/counted).', 4],
    ['code', 'Type `npm start` first.\n\n```sh\nnpm run build\n```\n', 7],
    ['a table', '| a | b |\n|---|---|\n| c | d |\n', 4],
    [
      'text inside components',
      '<Exchange title="Not this">\n<Line who="joel">\nSo we agree.\n</Line>\n</Exchange>\n',
      3,
    ],
    ['neither comments nor expressions', 'Seen. {/* not seen at all */}\n', 1],
    ['line breaks as spaces', 'one\ntwo  \nthree', 3],
    ['neither dashes nor signs', 'this – & that', 2],
    ['what has spaces, beside what has none', '灯台の lighthouse は、**霧**と fog。 등대의 안개', 4],
  ])('count %s', (_, mdx, words) => {
    expect(facts(mdx).words).toBe(words);
  });

  test('are letters where a script has no spaces', () => {
    expect(facts('# 灯台\n\nその lighthouse は、**霧**が深い。').characters).toBe(9);
    expect(facts('Korean has spaces: 등대의 안개').characters).toBe(0);
  });
});

describe('the entries that a body names', () => {
  test('are those of its components, each once, in the order of the text', () => {
    const { mentions } = facts(`
<PullQuote who="matt">Said once.</PullQuote>

<Exchange>
  <Line who="joel">And then?</Line>
  <Line who="matt">Said again.</Line>
</Exchange>

<EpisodeCard slug="e2" />
<EpisodeCard slug="e1" />
<WhitepaperCard slug="paper" />
`);
    expect(mentions).toEqual({ people: ['matt', 'joel'], episodes: ['e2', 'e1'], whitepapers: ['paper'] });
  });

  test('are found inside other components and inside a line of text', () => {
    const { mentions } = facts(`
<TwoSides>
<Marketing>
> Quoted: <PullQuote who="joel">inline</PullQuote> in a line.
</Marketing>
<Sales>

- In a list: <EpisodeCard slug="e1" />

</Sales>
</TwoSides>
`);
    expect(mentions).toEqual({ people: ['joel'], episodes: ['e1'], whitepapers: [] });
  });

  test('are not those of other attributes, other components, code or links', () => {
    const { mentions } = facts(`
<Line name="joel">A caller.</Line>
<Figure caption="who=matt" />
<Callout who="ana">None of the vocabulary.</Callout>

\`<EpisodeCard slug="e1" />\` and [a link](/whitepapers/paper/)
`);
    expect(mentions).toEqual({ people: [], episodes: [], whitepapers: [] });
  });

  test('are not computed: an attribute that is no plain text names nothing', () => {
    expect(facts('<EpisodeCard slug={"e" + 1} />').mentions.episodes).toEqual([]);
    expect(facts('<EpisodeCard slug />').mentions.episodes).toEqual([]);
  });
});

describe('a body has code in it', () => {
  test.each([
    ['where it imports', 'import x from "./x.js";\n\na'],
    ['where it exports', 'export const a = 1;\n\nb'],
    ['where it computes', 'a {1 + 1} b'],
    ['where it computes a block', '{[1, 2].map(String)}'],
    ['where it names something', '{frontmatter.title}'],
    ['where it fills in a text', '{`a ${1}`}'],
    ['where it escapes in a text', String.raw`{"a\nb"}`],
    ['after a comment', '{/* a */ 1 + 1}'],
    ['between comments', '{/* a */ b() /* c */}'],
    ['where an attribute is computed', '<b title={1 + 1}>a</b>'],
    ['where an attribute is an object', '<b style={{ color: "red" }}>a</b>'],
    ['where attributes are spread', '<b {...{ title: "a" }}>c</b>'],
    ['where an attribute is for Astro', '<p set:html="a" />'],
    ['where an attribute is for a slot', '<p slot="a">b</p>'],
    ['where an element is a style', '<style>a</style>'],
    ['where an element is one of a script', '<my-element>a</my-element>'],
    ['where a component is part of another', '<a.b>c</a.b>'],
  ])('%s', (_, mdx) => {
    expect(facts(mdx).hasCode).toBe(true);
  });

  test.each([
    ['for code that is shown', '```js\n1 + {1}\n```\n\n`{1 + 1}` \\{a}'],
    ['for comments', '{/* a { b } * / */}\n\n{}\n\n{// c\n}'],
    ['for a text or a number in braces', `{"a"}{'b'}{\`c\`} {-1.5} <b title={"d"} hidden={true} tabindex={0}>e</b>`],
    ['for components with plain attributes', '<Line who="joel">a <b class="c">d</b></Line>'],
  ])('but not %s', (_, mdx) => {
    expect(facts(mdx).hasCode).toBe(false);
  });
});

test('an attribute is read by its name', () => {
  const [line] = proseNodes('<Line who="joel" side="sales">Hello.</Line>').filter(({ name }) => name === 'Line');
  if (!line) throw new Error('The parser found no line');
  expect(attribute(line, 'side')).toBe('sales');
  expect(attribute(line, 'name')).toBeUndefined();
});

test('a body that is no MDX is an error of the parser', () => {
  expect(() => proseNodes('<Exchange>\nnever closed')).toThrow(/Exchange/);
});

test.each([
  [0, 1],
  [1, 1],
  [220, 1],
  [329, 1],
  [330, 2],
  [440, 2],
  [2200, 10],
])('%d words take %d min to read', (words, minutes) => {
  expect(readingMinutes({ words, characters: 0 })).toBe(minutes);
});

test.each([
  [0, 1, 1],
  [0, 2500, 5],
  [440, 1500, 5],
])('%d words and %d letters without spaces take %d min to read', (words, characters, minutes) => {
  expect(readingMinutes({ words, characters })).toBe(minutes);
});

test('the films of a body are those that it plays from files beside the entry, each once', () => {
  expect(
    facts(`
<Video title="Fog" src="./fog.mp4" />
<Video title="Fog again" src="./fog.mp4" />
<Video title="Far fog" src="https://films.example.com/fog.mp4" />
<Video title="Their fog" youtube="abcdefghijk" />
<Figure src="./rain.mp4" />
`).films,
  ).toEqual(['./fog.mp4']);
});

describe('the table of contents', () => {
  const text = (words: number, ...titles: string[]) =>
    titles.map((title) => `## ${title}\n\n${'word '.repeat(words / titles.length)}\n\n### Below\n`).join('\n');
  const contents = (mdx: string) => contentsOf(htmlTree(mdx).sections, bodyFacts(proseNodes(mdx)).words);

  test('of a long text are its sections, by the anchors that they have on the page', () => {
    expect(contents(text(900, 'The *first* one', "It's two -- again", 'The first one'))).toEqual([
      { id: 'the-first-one', title: 'The first one' },
      { id: 'its-two--again', title: 'It’s two – again' },
      { id: 'the-first-one-1', title: 'The first one' },
    ]);
  });

  test('is not there in a short text, nor in one with two sections', () => {
    expect(contents(text(600, 'One', 'Two', 'Three'))).toEqual([]);
    expect(contents(text(900, 'One', 'Two'))).toEqual([]);
  });
});
