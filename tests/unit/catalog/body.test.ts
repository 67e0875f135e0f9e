import { describe, expect, test } from 'vitest';
import { attribute, bodyFacts, proseNodes } from '#catalog/body.ts';
import { readingMinutes } from '#site/reading-time.ts';

const facts = (mdx: string) => bodyFacts(proseNodes(mdx));

describe('the words of a body', () => {
  test.each([
    ['nothing', '', 0],
    ['a paragraph', 'Two hosts, one goal.', 4],
    ['a heading and a list', '## The goal\n\n- one\n- two words\n', 5],
    ['emphasis and links by their text', 'A *very* [long link](https://example.com/not/counted).', 5],
    ['code', 'Type `npm start` first.\n\n```sh\nnpm run build\n```\n', 7],
    ['a table', '| a | b |\n|---|---|\n| c | d |\n', 4],
    [
      'text inside components',
      '<Exchange title="Not this">\n<Line who="joel">\nSo we agree.\n</Line>\n</Exchange>\n',
      3,
    ],
    ['neither comments nor expressions', 'Seen. {/* not seen at all */}\n', 1],
    ['line breaks as spaces', 'one\ntwo  \nthree', 3],
  ])('count %s', (_, mdx, words) => {
    expect(facts(mdx).words).toBe(words);
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
  expect(readingMinutes(words)).toBe(minutes);
});
