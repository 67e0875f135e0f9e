import { randomly } from '../bench/search/random.ts';

/** Choices that are the same for the same seed. */
export class Dice {
  readonly random: () => number;

  constructor(seed: number) {
    this.random = randomly(seed);
  }

  /** A whole number from 0 to below `n`. */
  below(n: number): number {
    return Math.floor(this.random() * n);
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  one<T>(all: readonly T[]): T {
    return all[this.below(all.length)] as T;
  }

  some<T>(least: number, most: number, make: () => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, make);
  }
}

/** Words as authors all over the world type, paste and dictate them. */
const words = [
  ...'rain the lead umbrella forecast a of pipeline we sold Otto said B2B 3.5 größe naïve cafe\u0301 Дождь 雨が降る'.split(
    ' ',
  ),
  ...'مطر גשם ฝนตก Ｆｕｌｌ ǅ İ ﬁ 🌧 👩‍👩‍👧‍👦 🏳️‍🌈 1️⃣ \u{1F1E9}\u{1F1EA} 𝕭𝖔𝖑𝖉 Z͑ͫ̓a͌lg̈́o “quoted” ‘so’ «là» „da“ — … & © № ½'.split(
    ' ',
  ),
  '각'.normalize('NFD'),
  ...[
    'soft\u00ADhyphen',
    'no\u00A0break',
    'zero\u200Bwidth',
    '\u202Ereversed\u202C',
    '\u2067isolated\u2069',
    'line\u2028end',
  ],
];

/** Texts that a field may have: in titles of pages, in feeds, in JSON, in pictures and in attributes. */
const oddTexts = [
  ...[
    '\u200B',
    '\uFE0F',
    '\u00AD',
    '\u2060\u200D',
    '\u3164',
    '\u2800',
    '\u034F',
    '!',
    '…',
    '🌧',
    '#',
    '-',
    '0',
    "'",
    '"',
    '\\',
  ],
  ...[
    '\uD83D',
    'half \uDE00 pair',
    'no \uFFFE char',
    'no \uFFFF char',
    'plane end \u{1FFFF}',
    'bell \u0007',
    'nul \u0000',
    'next \u0085 line',
    'del \u007F',
  ],
  ...[
    '<b>bold</b>',
    '</script><script>alert(1)</script>',
    '<!-- gone',
    '-->',
    ']]>',
    '&amp;',
    '&nbsp;',
    '&#0;',
    '&lt;i>',
    '<![CDATA[',
  ],
  ...[
    '{name}',
    '{{ name }}',
    '${name}',
    '{% raw %}',
    '`code`',
    '*starred*',
    '[link](/nowhere/)',
    '<https://example.com>',
    '# heading',
  ],
  ...[
    '%',
    '100%',
    '%2F',
    '?a=b&c',
    '/',
    '../..',
    'null',
    'true',
    '2026-01-01',
    '007',
    '__proto__',
    'constructor',
    '{}',
    '[]',
  ],
  ...[
    'two\nlines',
    'a\ttab',
    'line\u2028end',
    ' ends ',
    'x'.repeat(300),
    'x'.repeat(139),
    '雨'.repeat(130),
    '👩‍👩‍👧‍👦'.repeat(12),
  ],
  ...[
    '$& $1 $` $$',
    '\\n \\u0041',
    'C:\\path',
    '::',
    'mailto:a@b.example',
    'javascript:alert(1)',
    '\uFEFFmark',
    'e\u0301'.repeat(60),
  ],
];

/** A text without oddities but those of languages. */
export const plainText = (dice: Dice, least = 2, most = 8): string =>
  dice.some(least, most, () => dice.one(words)).join(' ');

/** A text for a field; one in `rarity` is odd. */
export function fieldText(dice: Dice, rarity = 8): string {
  if (!dice.chance(1 / rarity)) return plainText(dice);
  return dice.chance(0.4) ? dice.one(oddTexts) : `${plainText(dice, 1, 3)} ${dice.one(oddTexts)}`;
}

/** What stands in a line of text and has a meaning in Markdown, HTML, MDX or another system. */
const inlines: readonly ((words: string) => string)[] = [
  ...['*', '_', '**', '***', '~~', '`', '``', '"', "'", '$', '$$', '=='].map(
    (mark) => (text: string) => mark + text + mark,
  ),
  (text) => `[${text}](https://example.com/${encodeURIComponent('größe')}?a=1&b=2#c)`,
  (text) => `[${text}](/posts/the-dry-pipeline/)`,
  (text) => `[${text}](/posts/the-dry-pipeline/#the-bucket "a \\"title\\"")`,
  (text) => `[${text}](mailto:otto@example.com?subject=${encodeURIComponent(text)})`,
  (text) => `[${text}](tel:+49-30-1234)`,
  (text) => `[\`${text.replaceAll('`', '')}\`](<https://example.com/a b>)`,
  (text) => `<em>${text}</em>`,
  (text) => `<abbr title="${text.replaceAll(/["&<>{}]/g, '')}">abbr</abbr>`,
  (text) => `<span lang="he" dir="rtl">${text}</span>`,
  (text) => `<kbd>${text}</kbd> <sub>2</sub> <mark>${text}</mark><br />`,
  (text) => `${text} \\{name\\} \\< \\> \\* \\\\`,
  (text) => `${text} {/* a comment */}`,
  (text) => `${text} {'a literal'} {"\\u0041"} {3}`,
  ...[
    'https://example.com/?q=a&b=c.',
    'www.example.com',
    'otto@example.com',
    'http://例え.example/パス',
    'ftp://old.example.com',
  ].map((address) => (text: string) => `${text} ${address}`),
  ...[
    '&amp;',
    '&nbsp;',
    '&copy;',
    '&#8212;',
    '&#x1F327;',
    '&notit;',
    '&#0;',
    '&#xD800;',
    '&#xFFFF;',
    '&unknown;',
    '&lt;script&gt;',
  ].map((entity) => (text: string) => `${text}${entity}`),
  ...[
    ':smile:',
    '[^1]',
    '[ ] box',
    '[x] box',
    '1) one',
    '+ plus',
    '5 > 3',
    '---',
    '--',
    '...',
    'snake_case_word',
    '2*3*4',
    'a\\\nb',
    'a  \nb',
  ].map((written) => (text: string) => `${text} ${written}`),
  (text) => `${text.replaceAll(' ', '')}${'w'.repeat(600)}`,
];

/** What an author writes at most once in a while: it may be wrong, but never break a build. */
const oddInlines: readonly string[] = [
  ...['{name}', '{{ page.title }}', '{% include x %}', '{1 + 1}', '{[1, 2].join()}', '{null}'],
  ...[
    '{props.x}',
    '{frontmatter.title}',
    '{frontmatter}',
    '{new Date(0)}',
    '{await 1}',
    '{process.env.HOME}',
    '{`a${1}`}',
  ],
  ...[
    'a < b',
    'a <b',
    '<3',
    '<-',
    '<>',
    '</>',
    '<https://example.com>',
    '<otto@example.com>',
    '<br>',
    '<p>',
    '</p>',
    '<!-- x -->',
    '<b',
    '<A.b />',
  ],
  ...[
    '<x-y>z</x-y>',
    '<svg viewBox="0 0 1 1"><path d="M0 0" /></svg>',
    '<math><mi>x</mi></math>',
    '<b onclick="alert(1)">x</b>',
    '<b onclick={alert}>x</b>',
  ],
  ...[
    '<style>b { color: red }</style>',
    '<style>{`b { color: red }`}</style>',
    '<script>alert(1)</script>',
    '<iframe src="https://example.com" />',
  ],
  ...[
    '<b style="color: red">x</b>',
    '<b style={{ color: "red" }}>x</b>',
    '<b {...props}>x</b>',
    '<b class="x" className="y" id="goal">x</b>',
    '<b key="x" />',
  ],
  ...[
    '<input value="x" />',
    '<video src="https://example.com/x.mp4" controls />',
    '<a href="/nowhere/">x</a>',
    '<a href="javascript:alert(1)">x</a>',
    '<a>x</a>',
    '<a name="x" />',
  ],
  ...[
    '<img src="https://example.com/x.png" alt="x" />',
    '<object data="x" />',
    '<base href="https://example.com/" />',
    '<meta http-equiv="refresh" content="0;url=/" />',
    '<link rel="stylesheet" href="/x.css" />',
  ],
  ...[
    '<form action="/forms/"><button>x</button></form>',
    '<template>x</template>',
    '<slot />',
    '<Fragment>x</Fragment>',
    '<Content />',
    '<svg:path />',
    '<b set:html="<i>x</i>" />',
    '<b is:raw>x</b>',
  ],
  ...[
    '[x](javascript:alert(1))',
    '[x](data:text/html,x)',
    '[x](//example.com)',
    '[x](http://[)',
    '[x](https://example.com/%)',
    '[x](/%E0%A4%A)',
    '[x]()',
    '[x](#)',
    '[x](?a)',
    '[x](#nowhere)',
  ],
  ...[
    '[x](/posts/the-dry-pipeline)',
    '[x](../the-dry-pipeline/)',
    '[x](./index.mdx)',
    '[x](https://)',
    '[x](:)',
    '[x](/forms/)',
    '[x](/rss.xml)',
    '[x](/search/?q=%22)',
    '[x](/pagefind/)',
    '[x](\\)',
    '[x][nowhere]',
  ],
  ...[
    '![](./cover.jpg)',
    '![x](https://example.com/x.png)',
    '![x](data:image/png;base64,AAAA)',
    '![x](/favicon.ico)',
    '![x](cover.jpg)',
    '![x](./%)',
    '![x]()',
  ],
  ...[
    'nul \u0000 here',
    'bell \u0007 here',
    'escape \u001B[31m',
    'form \f feed',
    'next \u0085 line',
    'no \uFFFE char',
    'a \uFEFF mark',
    'replacement \uFFFD',
    'private \uE000',
    'tag \u{E0041}',
    'plane end \u{1FFFF}',
  ],
  ...[
    'carriage\rreturn',
    '[gallery ids="1"]',
    'import',
    '~~~',
    '> [!NOTE]',
    '$$x^2$$',
    '==x==',
    ':::note',
    '[[wiki]]',
    '![[embed.png]]',
    '{#id}',
    '{: .class}',
    '[TOC]',
    '\\newpage',
  ],
];

/** A line of prose. */
export function line(dice: Dice): string {
  return dice
    .some(1, 4, () => (dice.chance(0.5) ? plainText(dice) : dice.one(inlines)(plainText(dice, 1, 3))))
    .join(' ');
}

const blocks: readonly ((dice: Dice) => string)[] = [
  line,
  line,
  (dice) => `${'#'.repeat(2 + dice.below(5))} ${line(dice).replaceAll('\n', ' ')}`,
  (dice) =>
    `## ${plainText(dice, 1, 2)}\n\n## ${dice.one(['', '…', '🌧', '`code`', '\u200B', '&nbsp;', '**', '"', '#'])}`,
  (dice) => `${plainText(dice)}\n---`,
  (dice) =>
    dice
      .some(
        1,
        5,
        () => `${dice.one(['- ', '* ', '+ ', '1. ', '7) ', '- [ ] ', '  - '])}${line(dice).replaceAll('\n', ' ')}`,
      )
      .join('\n'),
  (dice) => dice.some(1, 3, () => `> ${plainText(dice)}`).join('\n>\n'),
  (dice) =>
    `| ${plainText(dice, 1, 2)} | b |\n|:--|--:|\n${dice.some(0, 3, () => `| ${plainText(dice)} | \`a \\| b\` |`).join('\n')}`,
  (dice) =>
    `${plainText(dice)}[^${dice.one(['1', 'note', '雨'])}]\n\n[^1]: ${plainText(dice)}\n\n[^note]: ${plainText(dice)}\n\n[^雨]: ${plainText(dice)}`,
  (dice) =>
    `\`\`\`${dice.one(['', 'js', 'js {1,3} title="x"', 'no-such-language', 'html', 'mermaid'])}\n<b>{x}</b> ${plainText(dice)} </script>\n\u0009tab\n\`\`\``,
  (dice) => `    four spaces: ${plainText(dice)}`,
  () => '***',
  (dice) => `<details>\n<summary>${plainText(dice)}</summary>\n\n${line(dice)}\n\n</details>`,
  (dice) => `<dl><dt>${plainText(dice)}</dt><dd>${plainText(dice)}</dd></dl>`,
  (dice) => `<div align="center">\n\n${line(dice)}\n\n</div>`,
  (dice) => `<table><tbody><tr><td>${plainText(dice)}</td></tr></tbody></table>`,
  (dice) => `<Callout kind="tip" title=${attribute(fieldText(dice))}>\n\n${line(dice)}\n\n</Callout>`,
  (dice) => `<PullQuote name=${attribute(fieldText(dice))}>\n\n${line(dice)}\n\n</PullQuote>`,
  (dice) => `<PullQuote who="ada-drizzle">${plainText(dice)}</PullQuote>`,
  (dice) =>
    `<Checklist title=${attribute(fieldText(dice))}>\n\n- ${plainText(dice)}\n- ${plainText(dice)}\n\n</Checklist>`,
  (dice) =>
    `<Exchange title=${attribute(fieldText(dice))}>\n\n<Line who="otto-brolly">\n\n${line(dice)}\n\n</Line>\n\n<Line name=${attribute(fieldText(dice))} side="sales">${plainText(dice)}</Line>\n\n</Exchange>`,
  (dice) =>
    `<TwoSides>\n\n<Marketing>\n\n${line(dice)}\n\n</Marketing>\n\n<Sales>\n\n${line(dice)}\n\n</Sales>\n\n</TwoSides>`,
  () => '<WhitepaperCard slug="the-damp-funnel" />',
  () => '<EpisodeCard slug="rain-is-a-lead" />',
  () => '<Retention />',
];

/** What is a component used in an unexpected way, or code. */
const oddBlocks: readonly string[] = [
  ...[
    'import x from "./x.js"',
    'import data from "./data.json"\n\n{data.name}',
    'import { x } from "no-such-package"',
    'import raw from "./raw.txt?raw"\n\n{raw}',
    'import Cover from "./cover.jpg"\n\n{Cover.src}',
  ],
  ...[
    'export const x = 3\n\n{x}',
    'export default 3',
    'export const frontmatter = 3',
    'export const getHeadings = 3',
    'export const components = { p: "b" }',
    'export const title = "x"',
    'export async function getStaticPaths() {}',
  ],
  ...[
    'import is how we say it.',
    'export of umbrellas',
    '{[1, 2].map((n) => <b>{n}</b>)}',
    '{[1, 2].map((n) => <Callout>{n}</Callout>)}',
    '{\n\n}',
    '{3\n}',
  ],
  ...[
    '<Callout>\n</Callout>',
    '<Callout />',
    '<Callout kind="tip">\nx',
    '<Exchange></Exchange>',
    '<TwoSides />',
    '<Figure caption="x">no picture</Figure>',
    '<Figure caption="x">![x](./nowhere.jpg)</Figure>',
    '<Checklist>no list</Checklist>',
  ],
  ...[
    '<Callout title={3}>x</Callout>',
    '<Callout title={`x`}>x</Callout>',
    '<Callout title>x</Callout>',
    '<Callout {...{}}>x</Callout>',
    '<Callout kind={"tip"}>x</Callout>',
    '<PullQuote>x</PullQuote>',
    '<Line who="ada-drizzle">x</Line>',
  ],
  ...[
    '<details open>\n- a list\n</details>',
    '<ul>\n<li>x\n</li></ul>',
    '<p>\n\nx\n\n</p>',
    '<a href="/about/">\n\n## Heading\n\n</a>',
    '<h2 id="x">x</h2>\n\n## x',
    '<h2 id="">x</h2>',
    '<h2>x</h2>',
    '## x {#y}',
    '## [x](/about/)',
    '## ![x](./cover.jpg)',
  ],
  ...[
    '[x]: /nowhere/',
    '[x]: /about/\n\n[x]',
    '[^x]: unused',
    '[^missing]',
    `${'> '.repeat(120)}deep`,
    `${'- '.repeat(60)}deep`,
    `${'['.repeat(500)}x`,
    `${'*'.repeat(500)}x`,
    `${'<b>'.repeat(60)}x${'</b>'.repeat(60)}`,
  ],
  ...[
    `| ${'a | '.repeat(60)}\n| ${'- | '.repeat(60)}`,
    '---\ntitle: again\n---',
    '***\n\n***',
    '\t\ttabs',
    '# Title',
    'x\n===',
    '{/* a\n\ncomment */}',
    '<br />'.repeat(50),
    'x'.repeat(20_000),
    '雨'.repeat(20_000),
    '\u0000',
    '\\',
    '\u200B',
  ],
];

const attribute = (text: string) => `"${text.replaceAll(/["&\n]/g, '')}"`;

/** The text of an entry; every other one has something odd in it. `pictures` lie beside it. */
export function body(dice: Dice, pictures: readonly string[]): string {
  const shown = pictures.map((name) => `![${plainText(dice, 1, 3)}](<./${name}>)`);
  const odd = dice.chance(0.35) ? [`${plainText(dice)} ${dice.one(oddInlines)} ${plainText(dice)}`] : [];
  const code = dice.chance(0.25) ? [dice.one(oddBlocks)] : [];
  const written = [...dice.some(0, 8, () => dice.one(blocks)(dice)), ...shown, ...odd, ...code];
  const ends = dice.chance(0.1) ? '\r\n' : '\n';
  return (
    written
      .toSorted(() => dice.random() - 0.5)
      .join('\n\n')
      .replaceAll('\n', ends) + dice.one(['', ends, '\n\n\n'])
  );
}
