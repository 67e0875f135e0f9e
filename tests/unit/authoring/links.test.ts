import { describe, expect, test } from 'vitest';
import { folderWith, problemsIn } from './content-folder.ts';

const page = (body: string) =>
  `---\ntitle: Links\nsummary: Where they lead.\n---\n\n## A dry spell\n\n## Café by the sea\n\n${body}\n`;

const found = async (body: string, files: Record<string, string> = {}, preview = false) =>
  problemsIn(await folderWith({ 'pages/links.mdx': page(body), ...files }), preview);

describe('a link is right', () => {
  test.for([
    ['to a page', '/about/'],
    ['to a heading of a page', '/about/#how-it-began'],
    ['to a heading of its own page', '#a-dry-spell'],
    ['to a heading whose letters are coded', '#caf%C3%A9-by-the-sea'],
    ['to a heading in letters of its own', '#café-by-the-sea'],
    ['to the main part of a page', '/posts/the-dry-pipeline/#main'],
    ['to a topic that has entries', '/topics/rain-forecasts/'],
    ['to a person', '/people/otto-brolly/'],
    ['to a list', '/episodes/'],
    ['to a page with a query', '/search/?q=rain'],
    ['to a moment of an episode', '/episodes/rain-is-a-lead/#t=01:30'],
    ['to a feed', '/rss.xml'],
    ['to the feed of a topic', '/topics/rain-forecasts/rss.xml'],
    ['to the titles of a year', '/search/2025/'],
    ['to an old path', '/2025/02/pipeline/'],
    ['to a public file', '/mark.svg'],
    ['to another site', 'https://example.com/about'],
    ['to an address without a scheme', '//example.com/about'],
    ['to a mailbox', 'mailto:otto@example.com'],
  ])('%s', async ([, href]) => {
    expect(await found(`See [this](${href}).`)).toEqual([]);
  });
});

describe('a link is fixed', () => {
  test.for([
    ['/posts/the-dry-pipelin/', '/posts/the-dry-pipeline/'],
    ['/posts/the-dry-pipeline', '/posts/the-dry-pipeline/'],
    ['/search?q=rain', '/search/?q=rain'],
    ['../about/', '/about/'],
    ['about', '/about/'],
    ['/about/#how-it-begins', '/about/#how-it-began'],
  ])('"%s" becomes "%s"', async ([href, right]) => {
    const [problem, ...others] = await found(`Before. See [this](${href}) and [that](/posts/).`);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ field: 'link', line: 10, nearest: right });
    expect(problem?.paste).toBe(`Before. See [this](${right}) and [that](/posts/).`);
  });

  test.for([
    ['#a-wet-spell', '#a-dry-spell'],
    ['/about/#%zz', '/about/#main'],
    ['./cover.jpg', '/links/'],
  ])('"%s" may be meant to be "%s", but that is not certain', async ([href, right]) => {
    const [problem] = await found(`Before. See [this](${href}) and [that](/posts/).`);
    expect(problem).toMatchObject({ field: 'link', line: 10, nearest: right });
    expect(problem?.paste).toBeUndefined();
  });

  test('where it is a part of another in the same line', async () => {
    const [problem] = await found('[All](/posts/), or [all](/posts).');
    expect(problem?.paste).toBe('[All](/posts/), or [all](/posts/).');
  });

  test('on the line that holds its address', async () => {
    const [problem] = await found('See [what\nwe are](/abuot/).');
    expect(problem).toMatchObject({ line: 11, paste: 'we are](/about/).' });
  });

  test('in the definition that it refers to', async () => {
    const [problem, ...others] = await found('See [this][us].\n\n[us]: /abuot/');
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ line: 12, paste: '[us]: /about/' });
  });

  test.each(['<link rel="stylesheet" href="/x.css" />', '<area href="/nowhere/" alt="x" />'])(
    'of other elements lead somewhere too: %s',
    async (tag) => {
      expect(await found(tag)).toHaveLength(1);
    },
  );

  test('in HTML', async () => {
    const [problem] = await found('See <a href="/about">this</a>.');
    expect(problem?.paste).toBe('See <a href="/about/">this</a>.');
  });

  test('by its words alone when it has no address', async () => {
    const [problem] = await found('See [that](/about/) or [this]().');
    expect(problem).toMatchObject({ what: 'The link has no address', paste: 'See [that](/about/) or this.' });
  });
});

describe('a link to a draft', () => {
  const files = {
    'pages/secret.mdx': '---\ntitle: Secret\nsummary: Not yet.\ndraft: true\n---\n\n[x](#y) [z](/abuot/)\n',
  };

  test('is wrong where the draft is left out, and takes its words alone', async () => {
    const problems = await found('See [this](/secret/).', files);
    expect(problems).toMatchObject([{ file: 'pages/links.mdx', paste: 'See this.' }]);
  });

  test.for([
    ['at the beginning of a line', '[This](/secret/) is so.', 'This is so.'],
    ['with a title', 'See [this](/secret/ "A secret").', 'See this.'],
    ['in a definition', 'See [this][us].\n\n[us]: /secret/', undefined],
    ['in HTML', 'See <a href="/secret/">this</a> (so).', undefined],
  ] as const)('%s has its words alone to paste, where that can be done', async ([, body, paste]) => {
    const [problem, ...others] = await found(body, files);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      what: 'The link /secret/ leads to a page that is not published yet',
      line: body.includes('[us]') ? 12 : 10,
      nearest: 'the words without a link',
    });
    expect(problem?.paste).toBe(paste);
  });

  test('is right in a preview, which shows the draft and judges its links', async () => {
    const problems = await found('See [this](/secret/).', files, true);
    expect(problems).toMatchObject([
      { file: 'pages/secret.mdx', what: 'There is no anchor "#y" on /secret/' },
      { file: 'pages/secret.mdx', what: 'The link /abuot/ leads to no page' },
    ]);
  });
});

test('a page of a list is there up to the last, and none after it', async () => {
  const text = (title: string) =>
    `---\ntitle: ${title}\npublishedAt: 2025-02-03\nsummary: It says.\ntopics: [ rain-forecasts ]\nauthors: [ ada-drizzle ]\n---\n\nIt is so.\n`;
  const posts = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`posts/p-${i}.mdx`, text(`P ${i}`)]));
  expect(await found('[More](/posts/page/2/)', posts)).toEqual([]);
  expect(await found('[More](/posts/page/3/)', posts)).toMatchObject([
    { what: 'The link /posts/page/3/ leads to no page' },
  ]);
});
