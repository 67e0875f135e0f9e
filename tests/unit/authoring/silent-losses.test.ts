import { describe, expect, test } from 'vitest';
import { editionOf, folderWith, problemsIn } from './content-folder.ts';

const page = (body: string) => folderWith({ 'pages/odd.mdx': `---\ntitle: Odd\nsummary: A page.\n---\n\n${body}\n` });

/** The one mistake of a body: its line, and what is said and offered. */
const mistakeIn = async (body: string) => {
  const problems = await problemsIn(await page(body));
  expect(problems).toHaveLength(1);
  return problems[0];
};

describe('what would be printed as it is written is told', () => {
  test.for([
    ['![A cat](./my photo.jpg)', 'picture', '<./my photo.jpg>', '![A cat](<./my photo.jpg>)'],
    ['See [this](/my page/).', 'link', '</my page/>', 'See [this](</my page/>).'],
  ] as const)('%s', async ([written, field, nearest, paste]) => {
    expect(await mistakeIn(`Words.\n\n${written}`)).toMatchObject({ line: 8, field, nearest, paste });
  });

  test.for([
    ['[caption id="a" width="300"]A cat[/caption]', 'WordPress'],
    ['[gallery ids="1,2"]', 'WordPress'],
    ['{{< youtube dQw4w9WgXcQ >}}', 'Hugo'],
    ['{{% notice tip %}}', 'Hugo'],
    ['{% include figure.html %}', 'Jekyll'],
  ])('%s is a shortcode of another system', async ([written = '', system = '']) => {
    const mistake = await mistakeIn(`Words.\n\n${written}\n\nMore.`);
    expect(mistake).toMatchObject({ line: 8 });
    expect(mistake?.what).toContain(system);
    expect(mistake?.paste).toBeUndefined();
  });

  test.for([
    'Some [words] (and more words) beside them.',
    'An index: a[1](see there).',
    String.raw`\![A cat](./my photo.jpg)`,
    '`![A cat](./my photo.jpg)` in code, and `[gallery]`.',
    'A [gallery of things](/about/) on paper.',
    String.raw`\[gallery\] is a word of theirs.`,
  ])('but not %s', async (written) => {
    expect(await problemsIn(await page(written))).toEqual([]);
  });
});

describe('a sign of a text that MDX takes for code is told with a line that fixes it', () => {
  test.for([
    ['Dear {a b} friend.', 'a { in a text is written \\{', '\\{', 'Dear \\{a b} friend.'],
    ['Dear {a b} and {c d}.', 'a { in a text is written \\{', '\\{', 'Dear \\{a b} and \\{c d}.'],
    ['It is 3 <4.', 'a < in a text is written \\<', '\\<', 'It is 3 \\<4.'],
    ['It is 3 <4 and 4 <5.', 'a < in a text is written \\<', '\\<', 'It is 3 \\<4 and 4 \\<5.'],
    ['It is 3 <4, {a b}.', 'a { or < in a text is written \\{ or \\<', '\\{ or \\<', 'It is 3 \\<4, \\{a b}.'],
    ['A <br> line.', '<br> is closed in itself', '<br />', 'A <br /> line.'],
    ['A <!-- remark --> line.', 'a comment is not written as in HTML', '{/* … */}', 'A {/* remark */} line.'],
    [
      'See <https://example.com/a>.',
      'an address between < and > is no link here',
      '[words](address)',
      'See [https://example.com/a](https://example.com/a).',
    ],
    [
      'Write to <ada@example.com>.',
      'an address between < and > is no link here',
      '[words](address)',
      'Write to [ada@example.com](mailto:ada@example.com).',
    ],
    [
      '<Callout title=Fog>x</Callout>',
      'the value of an attribute stands between straight quotes',
      'name="value"',
      '<Callout title="Fog">x</Callout>',
    ],
    [
      '<Callout title="Fog>x</Callout>',
      'the quote of an attribute is not closed',
      'name="value"',
      '<Callout title="Fog">x</Callout>',
    ],
    ['It is <b>wet.', 'nothing closes <b>', '</b>', 'It is <b>wet.</b>'],
    ['It is wet.</b>', '</b> closes nothing', 'no tag', 'It is wet.'],
    [
      'import duties rise.',
      'a paragraph that begins with import or export is code, and this is none',
      '{"import"}',
      '{"import"} duties rise.',
    ],
  ] as const)('%s', async ([written, why, nearest, paste]) => {
    expect(await mistakeIn(`Words.\n\n${written}\n\nMore.`)).toMatchObject({
      ...{ what: `Malformed MDX: ${why}`, line: 8, field: 'body', nearest, paste },
    });
  });
});

describe('HTML that no page of the site has is told with Markdown for it', () => {
  const picture = '<img> is not for MDX: a picture is written as Markdown, so that the site can size it';
  const frame = (name: string) => `<${name}> is not for MDX: no page runs scripts or frames of others`;
  test.for([
    ['A <img src="/mark.svg" alt="A mark" /> here.', picture, '![A mark](/mark.svg)', 'A ![A mark](/mark.svg) here.'],
    ['<img src="/mark.svg" />', picture, '![What it shows](/mark.svg)', '![What it shows](/mark.svg)'],
    [
      '<img src="https://a.example/b.png" />',
      picture,
      '[What is there](https://a.example/b.png)',
      '[What is there](https://a.example/b.png)',
    ],
    ['<img src="//a.example/b.png" title="B" />', picture, '[B](//a.example/b.png)', '[B](//a.example/b.png)'],
    ['<img />', picture, undefined, '{/* <img /> */}'],
    ['<iframe src="/a/"></iframe>', frame('iframe'), '[What is there](/a/)', '[What is there](/a/)'],
    [
      '<script src="https://a.example/b.js"></script>',
      frame('script'),
      '[What is there](https://a.example/b.js)',
      '[What is there](https://a.example/b.js)',
    ],
    ['<iframe\n  src="/a/"\n/>', frame('iframe'), '[What is there](/a/)', undefined],
  ] as const)('%s', async ([written, what, nearest, paste]) => {
    const problem = await mistakeIn(`Words.\n\n${written}\n\nMore.`);
    expect([problem?.what, problem?.line, problem?.nearest, problem?.paste]).toEqual([what, 8, nearest, paste]);
  });
});

describe('a heading of the first level is told with one of the second', () => {
  test.for([
    ['# Fog', 8, '##', '## Fog'],
    ['Fog\n===', 9, '---', '---'],
    ['<h1 id="fog">Fog</h1>', 8, '##', '## Fog'],
  ] as const)('%s', async ([written, line, nearest, paste]) => {
    expect(await mistakeIn(`Words.\n\n${written}\n\nMore.`)).toMatchObject({ line, nearest, paste, field: 'heading' });
  });

  test.for(['## Fog', '###### Fog', 'Fog\n---', '<h2>Fog</h2>'])('but not %s', async (written) => {
    expect(await problemsIn(await page(written))).toEqual([]);
  });
});

describe('what would be lost where it stands is told', () => {
  test('a component in small letters', async () => {
    expect(await mistakeIn('<callout>Words.</callout>')).toMatchObject({
      what: '<callout> is no element of HTML: the component is <Callout>',
      paste: '<Callout>Words.</Callout>',
    });
  });

  test.for([
    ['<Marketing>\n\nWe say.\n\n</Marketing>', '<TwoSides>'],
    ['<Line who="ada-drizzle">Hm.</Line>', '<Exchange>'],
  ])('a part without its whole: %s', async ([written = '', nearest]) => {
    expect(await mistakeIn(written)).toMatchObject({ line: 6, nearest });
  });

  test('parts in their wholes are right, however deep', async () => {
    const body =
      '<Exchange>\n<Line who="ada-drizzle">Hm.</Line>\n</Exchange>\n\n<TwoSides>\n<Sales>\n\nWe say.\n\n</Sales>\n</TwoSides>';
    expect(await problemsIn(await page(body))).toEqual([]);
  });

  test.for([
    ['http://127.0.0.1:4321/about/', '[Us](/about/)'],
    ['http://[::1]:4321/about/', '[Us](/about/)'],
    ['http://localhost:3000/about/', undefined],
    ['http://10.0.0.1/about/', undefined],
    ['http://172.16.0.1/about/', undefined],
    ['http://172.31.0.1/about/', undefined],
    ['http://localhost:4321/about/', '[Us](/about/)'],
    ['http://127.0.0.1:3000/about/', undefined],
    ['http://192.168.1.20/about/', undefined],
    ['https://studio.local/about/', undefined],
  ])('a link to a machine of the author: %s', async ([address, paste]) => {
    expect(await mistakeIn(`[Us](${address})`)).toMatchObject({ field: 'link', nearest: '/about/', paste });
  });

  test.for([
    'https://localhost.example.com/',
    'https://172.217.1.1/',
    'https://172.15.0.1/',
    'https://172.32.0.1/',
    'https://local.example/',
    'https://10to8.example.com/',
  ])('%s is somebody else', async (address) => {
    expect(await problemsIn(await page(`[Them](${address})`))).toEqual([]);
  });
});

describe('a text that a comment cuts short is advice', () => {
  const adviceOn = async (fields: string) => {
    const folder = await folderWith({ 'pages/odd.mdx': `---\n${fields}\n---\n\nWords.\n` });
    return (await editionOf(folder)).advice;
  };

  test('with the text that it would be in quotes', async () => {
    expect(await adviceOn('title: Lesson #4\nsummary: The year of 300 leads # ours')).toMatchObject([
      { line: 2, field: 'title', nearest: '"Lesson #4"' },
      { line: 3, field: 'summary', nearest: '"The year of 300 leads # ours"' },
    ]);
  });

  test('but a comment behind one word or a list is a comment', async () => {
    expect(await adviceOn('title: Odd\nsummary: "A page." # short\naliases: [ /old ] # of the old site')).toEqual([]);
  });
});
