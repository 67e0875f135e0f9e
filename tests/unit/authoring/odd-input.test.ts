import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { problemReport } from '#authoring/problem.ts';
import { folderWith, problemsIn } from './content-folder.ts';

const page = (text: string) => folderWith({ 'pages/odd.mdx': text });

const good = '---\ntitle: Odd\nsummary: A page.\n---\n\nText.\n';

describe('a file is read whatever wrote it', () => {
  test.for([
    ['a byte order mark', `\uFEFF${good}`],
    ['Windows line ends', good.replaceAll('\n', '\r\n')],
    ['empty lines at its head', `\n\n${good}`],
    ['no line end at its end', good.trimEnd()],
    ['other alphabets and signs', good.replace('Text', 'Дождь 🌧 雨')],
  ])('with %s', async ([, text = '']) => {
    expect(await problemsIn(await page(text))).toEqual([]);
  });

  test('and its mistakes have the same lines and pastes with Windows line ends', async () => {
    const bad = good.replace('Odd', '[Odd] page').replace('Text', '[Text](/abuot)');
    const mistakes = await problemsIn(await page(bad));
    expect(mistakes).toHaveLength(2);
    expect(await problemsIn(await page(bad.replaceAll('\n', '\r\n')))).toEqual(mistakes);
  });

  test('and a show.yaml with a byte order mark is fixed without it', async () => {
    const problems = await problemsIn(await folderWith({ 'show.yaml': '\uFEFFtitel: Umbrellas\n' }));
    expect(problems).toContainEqual(expect.objectContaining({ field: 'titel', line: 1, paste: 'title: Umbrellas' }));
  });
});

describe('a file that is none of ours is told, and nothing breaks', () => {
  const garbage = Uint8Array.from({ length: 3000 }, (_, i) => (i * 37) % 256);

  test.for([
    ['bytes that are no text', garbage, 'The file is not UTF-8'],
    ['plain text between the dashes', '---\njust words\n---\n', 'The front matter is plain text'],
    ['a number between the dashes', '---\n3\n---\n', 'The front matter is plain text'],
    ['only blanks', ' \n\t\n', 'The file is empty'],
    ['a null byte in a field', good.replace('Odd', 'O\0dd'), '"title" has the control character U+0000'],
  ] as const)('%s', async ([, text, what]) => {
    const problems = await problemsIn(await folderWith({ 'pages/odd.mdx': text }));
    expect(problems).toEqual([expect.objectContaining({ file: 'pages/odd.mdx', what: expect.stringContaining(what) })]);
  });

  test('fields that every object has are unknown fields', async () => {
    const problems = await problemsIn(await page(good.replace('---\n', '---\n__proto__: { a: 1 }\nconstructor: 3\n')));
    expect(problems.map(({ field }) => field)).toEqual(['__proto__', 'constructor']);
  });

  test('a content folder that is not there is one mistake', async () => {
    const problems = await problemsIn('/tmp/there-is-no-such-folder');
    expect(problems).toMatchObject([{ what: 'The content folder /tmp/there-is-no-such-folder is not there' }]);
  });

  test('a topics.yaml without topics is one mistake', async () => {
    const problems = await problemsIn(await folderWith({ 'topics.yaml': '# later\n' }));
    expect(problems).toMatchObject([{ file: 'topics.yaml', what: 'There is no topic: every entry is posted in one' }]);
  });
});

test('a word at the head of a line of YAML is told at that line', async () => {
  const problems = await problemsIn(await page(good.replace('summary:', 'word\nsummary:')));
  expect(problems).toEqual([expect.objectContaining({ line: 3 })]);
  expect(await problemsIn(await page(good.replace('A page.', 'A page.\nof two lines')))).toEqual([
    expect.objectContaining({ line: 4 }),
  ]);
});

test('each entry that has the slug of another is told, however many there are, with a slug of its own', async () => {
  const files = ['odd.mdx', 'odd/index.mdx', 'Odd.mdx', 'ODD/index.mdx'].map((name) => [`pages/${name}`, good]);
  const problems = await problemsIn(await folderWith(Object.fromEntries(files) as Record<string, string>));
  expect(problems.map(({ nearest }) => nearest).toSorted()).toEqual(['odd-2', 'odd-3', 'odd-4', 'odd-5']);
  expect(problems.filter(({ what }) => what.startsWith('Two entries have the slug "odd"'))).toHaveLength(3);
});

describe('a text that nobody would see, or no file can hold, is told', () => {
  test.for([
    ['"\\u200B"', 'has nothing in it that can be seen: "\\u200b"'],
    ['"\\u2060 \\u00AD"', 'has nothing in it that can be seen: "\\u2060 \\u00ad"'],
    ['"\\uFE0F"', 'has nothing in it that can be seen: "\uFE0F"'],
    ['"\\u3164"', 'has nothing in it that can be seen: "\\u3164"'],
    ['"Half \\uD83D"', 'has half of a character in it, or what is none: "Half \\ud83d"'],
    ['"None \\uFFFE"', 'has half of a character in it, or what is none: "None \\ufffe"'],
    ['"Bell \\a"', 'has the control character U+0007 in it, which no text may have: "Bell \\u0007"'],
    ['"Next \\x85"', 'has the control character U+0085 in it, which no text may have: "Next \\u0085"'],
  ])('title: %s', async ([written = '', says]) => {
    const problems = await problemsIn(await page(good.replace('Odd', written)));
    expect(problems).toMatchObject([{ field: 'title', line: 2, what: `"title" ${says}`, paste: undefined }]);
  });

  test.for(['"!"', '🌧', '٣', '"e\\u0301"', '"\\uFE0F1"', '"\\U0001F9CC\\u200D"'])('but not %s', async (written) => {
    expect(await problemsIn(await page(good.replace('Odd', written)))).toEqual([]);
  });

  test.for([
    ['Te\0xt.', 'U+0000', 'Text.'],
    ['Te\u0008xt.', 'U+0008', 'Text.'],
    ['A\fpage.', 'U+000C', 'A page.'],
    ['`Te\u001B[31mxt`', 'U+001B', '`Te[31mxt`'],
    ['Te\uFFFFxt.', 'U+FFFF', 'Text.'],
  ])('%j in a body', async ([written = '', code, paste]) => {
    const problems = await problemsIn(await page(good.replace('Text.', written)));
    expect(problems).toMatchObject([
      { line: 6, field: 'body', what: `A control character (${code}) is in the text, which no page can show`, paste },
    ]);
  });
});

describe('a title of a chapter in a file is held to the rule of those in front matter', () => {
  test.for([
    ['', 'is empty'],
    ['x'.repeat(5000), 'is 5000 characters long; it may have 120'],
    ['\u200B', 'has nothing in it that can be seen: "\\u200b"'],
    ['Half \uD83D', 'has half of a character in it, or what is none: "Half \\ud83d"'],
    ['Ra\0in', 'has the control character U+0000 in it, which no text may have: "Ra\\u0000in"'],
  ])('%j', async ([title, says]) => {
    const episode = await readFile('tests/fixtures/invalid/base/episodes/the-umbrella-says-no/index.mdx', 'utf8');
    const chapters = [
      { startTime: 0, title: 'Rain' },
      { startTime: 1, title },
    ];
    const folder = await folderWith({
      'episodes/the-umbrella-says-no/index.mdx': episode.replace('number:', 'chapters: ./chapters.json\nnumber:'),
      'episodes/the-umbrella-says-no/chapters.json': JSON.stringify({ version: '1.2.0', chapters }),
    });
    const what = `./chapters.json has a mistake in chapter 2: its title ${says}`;
    expect(await problemsIn(folder)).toMatchObject([{ field: 'chapters', what }]);
  });
});

test.for(['about', 'javascript:alert(1)', '//example.com'])(
  'a chapter in a file leads to no address that front matter could not have: %s',
  async (url) => {
    const episode = await readFile('tests/fixtures/invalid/base/episodes/the-umbrella-says-no/index.mdx', 'utf8');
    const chapters = [{ startTime: 0, title: 'Rain', url }];
    const folder = await folderWith({
      'episodes/the-umbrella-says-no/index.mdx': episode.replace('number:', 'chapters: ./chapters.json\nnumber:'),
      'episodes/the-umbrella-says-no/chapters.json': JSON.stringify({ version: '1.2.0', chapters }),
    });
    const what = `./chapters.json has a mistake in chapter 1: its url must be an http(s) address, not "${url}"`;
    expect(await problemsIn(folder)).toMatchObject([{ field: 'chapters', what }]);
  },
);

test('all mistakes that keep a body from being read are told at once, and those beside them', async () => {
  const body = [
    'A price {of 3.',
    '',
    'One<br>two.',
    '',
    '<!-- later -->',
    '',
    '2 <3',
    '',
    '<Unknown>x</Unknown>',
    '',
    '# Head',
  ];
  const problems = await problemsIn(await page(`${good}\n${body.join('\n')}\n`));
  expect(problems.map(({ line, paste }) => [line, paste])).toEqual([
    [8, 'A price \\{of 3.'],
    [10, 'One<br />two.'],
    [12, '{/* later */}'],
    [14, '2 \\<3'],
    [16, undefined],
    [18, '## Head'],
  ]);
});

test('a frame becomes a link with the words that name it', async () => {
  const frame = '<iframe src="https://maps.example/rock" title="The way to us"></iframe>';
  const [problem] = await problemsIn(await page(`${good}\n${frame}\n`));
  expect(problem).toMatchObject({ line: 8, paste: '[The way to us](https://maps.example/rock)' });
});

test('a draft that a text shows is told as one, whatever else there is', async () => {
  const draft = (await readFile('tests/fixtures/invalid/base/posts/the-dry-pipeline/index.mdx', 'utf8')).replace(
    /aliases:\n.*\n/,
    'draft: true\n',
  );
  const text = good.replace('Text.', '<PullQuote who="nobody-here">Hm.</PullQuote>\n\n[Read](/posts/a-draft/)');
  const problems = await problemsIn(await folderWith({ 'pages/odd.mdx': text, 'posts/a-draft.mdx': draft }));
  expect(problems.map(({ what }) => what)).toEqual([
    'Unknown person "nobody-here"',
    'The link /posts/a-draft/ leads to a page that is not published yet',
  ]);
});

test('what cannot be passed over ends the list, and no mistake is told that another one made', async () => {
  const problems = await problemsIn(await page(`${good}\n<Callout kind={>\n\nText.\n\n</Callout>\n`));
  expect(problems).toEqual([expect.objectContaining({ line: 8, field: 'body' })]);
});

describe('a line of a megabyte is told in a few', () => {
  const long = (text: string) => text.repeat(1_000_000 / text.length);

  test.for([
    ['a title', good.replace('Odd', long('odd ')), '"title" is 999999 characters long'],
    ['a quote that is not closed', good.replace('Odd', `"odd${long(' ')}`), 'the " is not closed'],
    ['the name of a field', good.replace('title', long('title')), 'Malformed YAML'],
    ['an alias', good.replace('title:', `aliases: [ ${long('a')} ]\ntitle:`), '"aliases[0]" is not valid'],
    ['a brace in a paragraph', `${good}${long('word ')}{\n`, 'a { in a text is written \\{'],
    ['a link', `${good}[x](/${long('a')}/)\n`, 'leads to no page'],
    ['a picture', `${good}![x](./${long('a')}.jpg)\n`, 'There is no picture'],
    ['an attribute', `${good}<PullQuote who="${long('a')}">Hm.</PullQuote>\n`, 'Unknown person'],
    ['a component', `${good}<${long('A')} />\n`, 'Unknown component'],
  ])('%s', async ([, text = '', what = '']) => {
    const problems = await problemsIn(await page(text));
    expect(problems).toEqual([expect.objectContaining({ file: 'pages/odd.mdx', what: expect.stringContaining(what) })]);
    expect(problemReport(problems).length).toBeLessThan(5000);
  });
});
