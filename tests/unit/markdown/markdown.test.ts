import { describe, expect, test } from 'vitest';
import type { Content } from '#catalog/content.ts';
import { notes, notesWithLanguages } from '#feeds/notes.ts';
import { markdownDocuments } from '#markdown/document.ts';
import { markdown } from '#markdown/markdown.ts';
import { episode, files, page, person, post, show, topics, whitepaper } from '../../fakes/content.ts';
import { catalogOf, site } from '../feeds/publication.ts';

/** The Markdown of the entry whose page is at `url`. */
async function textOf(given: Partial<Content>, url: string, html = '<h2>Notes</h2><p>Hello.</p>'): Promise<string> {
  const document = markdownDocuments(catalogOf(given)).find((each) => each.url === url);
  if (!document) throw new Error(`${url} has no Markdown`);
  return markdown(document, await notesWithLanguages(document, site, () => Promise.resolve(html)), site);
}

const ana = person({ slug: 'ana', name: 'Ana' });
const joel = person({ slug: 'joel', name: 'Joel', side: 'marketing' });

test('an episode has its facts, the goal and both views, its text, chapters and transcript', async () => {
  const transcripts = {
    'episodes/e1/said.vtt': [
      { start: 0, end: 2, speaker: 'Joel', text: 'So: *what* is a lead?' },
      { start: 2, end: 4, speaker: 'Joel', text: '# Nobody knows.' },
      { start: 83.5, end: 90, speaker: 'Ana', text: 'I do.' },
      { start: 3700, end: 3710, text: 'Music.' },
    ],
  };
  const given = {
    ...files({ transcripts }),
    show: show({ subtitle: 'Disconnected' }),
    people: [joel, ana],
    episodes: [
      episode({
        slug: 'e1',
        title: 'What is a lead?',
        subtitle: 'A definition',
        summary: 'We count <them>.',
        season: 2,
        updatedAt: '2026-02-03',
        guests: ['ana'],
        roles: { ana: 'Captain' },
        keywords: ['ships'],
        language: 'en-US',
        explicit: true,
        audio: { url: 'https://media.example/e1.mp3', bytes: 1, type: 'audio/mpeg', duration: 3720 },
        video: { youtube: 'abcdefghijk' },
        transcript: './said.vtt',
        chapters: [
          { start: 0, title: 'The count' },
          { start: 83, title: 'The cow', url: 'https://cow.example/' },
        ],
        sponsors: [{ name: 'Rope & Co', url: 'https://rope.example/', text: 'Good rope.' }],
        links: [{ label: 'Elsewhere on the web', url: 'https://other.example/e1' }],
        source: 'https://old.example/e1',
      }),
    ],
  };
  expect(await textOf(given, '/episodes/e1/')).toBe(`# What is a lead?

A definition

We count \\<them>.

- Page: [https://files.example/episodes/e1/](https://files.example/episodes/e1/)
- Series: [The Test Files: Disconnected](https://files.example/)
- File: File 001
- Season: [Season 2](https://files.example/episodes/season-2/)
- Published: 1 January 2026
- Updated: 3 February 2026
- Hosts: [Joel](https://files.example/people/joel/) (Marketing)
- Guests: [Ana](https://files.example/people/ana/) (Captain)
- Length: 1 h 2 min
- Explicit: yes
- Topics: [Customer advocacy](https://files.example/topics/advocacy/)
- Keywords: ships
- Language: en-US
- Film: [https://www.youtube.com/watch?v=abcdefghijk](https://www.youtube.com/watch?v=abcdefghijk)
- Sound: [audio/mpeg](https://media.example/e1.mp3)

## Marketing sees

A story.

## Sales sees

A favour.

## The goal they share

Customers who are glad to speak.

## Notes

Hello.

## Sponsors

- [Rope & Co](https://rope.example/): Good rope.

## Chapters

- [0:00](https://files.example/episodes/e1/?t=0) The count
- [1:23](https://files.example/episodes/e1/?t=83) [The cow](https://cow.example/)

## Elsewhere

- [Elsewhere on the web](https://other.example/e1)
- First published at [https://old.example/e1](https://old.example/e1)

## Transcript

**Joel** 0:00 So: \\*what\\* is a lead? # Nobody knows.

**Ana** 1:23 I do.

1:01:40 Music.
`);
});

test('an episode has nothing of what its author left out', async () => {
  const bare = episode({
    slug: 'e1',
    sharedGoal: undefined,
    marketingView: undefined,
    salesView: undefined,
    topics: undefined,
  });
  expect(await textOf({ episodes: [bare] }, '/episodes/e1/', '')).toBe(`# The usual episode

What happens in the usual episode.

- Page: [https://files.example/episodes/e1/](https://files.example/episodes/e1/)
- Series: [The Test Files](https://files.example/)
- File: File 001
- Published: 1 January 2026
- Hosts: [Joel Capperella](https://files.example/people/joel/) (Marketing)
- Length: 1 min read
`);
});

test('an episode whose transcript is elsewhere says where', async () => {
  const transcript = { url: 'https://other.example/said.html', type: 'text/html' } as const;
  expect(await textOf({ episodes: [episode({ slug: 'e1', transcript })] }, '/episodes/e1/')).toContain(
    '## Transcript\n\n- [https://other.example/said.html](https://other.example/said.html)\n',
  );
});

test('a post has its authors, what it takes to read, and its text', async () => {
  const given = { topics: topics('advocacy', 'fog'), posts: [post({ slug: 'p', topics: ['fog', 'advocacy'] })] };
  expect(await textOf(given, '/posts/p/')).toBe(`# The usual post

What the usual post says.

- Page: [https://files.example/posts/p/](https://files.example/posts/p/)
- Series: [The Test Files](https://files.example/)
- Published: 1 January 2026
- By: [Joel Capperella](https://files.example/people/joel/) (Marketing)
- Length: 1 min read
- Topics: [fog](https://files.example/topics/fog/), [advocacy](https://files.example/topics/advocacy/)

## Notes

Hello.
`);
});

test('a whitepaper has what its landing page says, and nothing of the paper', async () => {
  const text = await textOf({ whitepapers: [whitepaper({ slug: 'w', subtitle: 'In order' })] }, '/whitepapers/w/');
  expect(text).toBe(`# The usual whitepaper: In order

Ten steps to a better year

What the usual whitepaper is about.

- Page: [https://files.example/whitepapers/w/](https://files.example/whitepapers/w/)
- Series: [The Test Files](https://files.example/)
- Published: 1 January 2026
- Length: 6 pages
- Topics: [Customer advocacy](https://files.example/topics/advocacy/)
- To have it: [ask for it on its page](https://files.example/whitepapers/w/)

## What it teaches

- How to count to ten

## Notes

Hello.
`);
  expect(text).not.toContain('.pdf');
});

test('a person has their side, and what they made', async () => {
  const given = {
    people: [
      { ...joel, data: { ...joel.data, role: 'Host', links: [{ label: 'Site', url: 'https://joel.example/' }] } },
    ],
    episodes: [episode({ slug: 'e1', title: 'One' }), episode({ slug: 'e2', publishedAt: '2026-02-02' })],
    posts: [post({ slug: 'p' })],
  };
  expect(await textOf(given, '/people/joel/')).toBe(`# Joel

Somebody in the series.

- Page: [https://files.example/people/joel/](https://files.example/people/joel/)
- Series: [The Test Files](https://files.example/)
- Side: Marketing
- Role: Host
- Elsewhere: [Site](https://joel.example/)

## Notes

Hello.

## Hosted

- [The usual episode](https://files.example/episodes/e2/)
- [One](https://files.example/episodes/e1/)

## Wrote

- [The usual post](https://files.example/posts/p/)
`);
});

test('a person who made more than their page holds has the newest, and where all of it is', async () => {
  const dates = Array.from({ length: 8 }, (_, i) => `2026-01-0${i + 1}`);
  const given = {
    show: show({ pageSize: 7 }),
    posts: dates.map((publishedAt, i) => post({ slug: `p${i}`, title: `Post ${i}`, publishedAt })),
  };
  const text = await textOf(given, '/people/joel/');
  expect(text).toContain('- All entries: [8 entries](https://files.example/people/joel/entries/)\n');
  expect(text.match(/^- \[Post \d\]/gm)).toHaveLength(6);
});

test('a page that stands alone has its text', async () => {
  expect(await textOf({ pages: [page({ slug: 'about', updatedAt: '2026-02-03' })] }, '/about/')).toBe(`# The usual page

What the usual page says.

- Page: [https://files.example/about/](https://files.example/about/)
- Series: [The Test Files](https://files.example/)
- Updated: 3 February 2026

## Notes

Hello.
`);
});

test('a body is rendered once for its Markdown and for feeds', async () => {
  const [document] = markdownDocuments(catalogOf({ posts: [post({ slug: 'p' })] }));
  if (!document) throw new Error('There is no document');
  let rendered = 0;
  const render = () => {
    rendered += 1;
    return Promise.resolve('<pre><code class="language-js">x</code></pre>');
  };
  expect(markdown(document, await notesWithLanguages(document, site, render), site)).toContain('```js\nx\n```\n');
  expect(await notes(document, site, render)).toBe('<pre><code>x</code></pre>');
  expect(rendered).toBe(1);
});

describe('there is Markdown of', () => {
  test('every entry that is published, and of no other', () => {
    const other = { draft: true };
    const soon = { publishedAt: '2027-01-01' };
    const given = {
      episodes: [episode({ slug: 'e1' }), episode({ slug: 'e2', ...other }), episode({ slug: 'e3', ...soon })],
      posts: [post({ slug: 'p' }), post({ slug: 'p2', ...other }), post({ slug: 'p3', ...soon })],
      whitepapers: [whitepaper({ slug: 'w' }), whitepaper({ slug: 'w2', ...other })],
      pages: [page({ slug: 'about' }), page({ slug: 'later', ...other })],
    };
    expect(markdownDocuments(catalogOf(given)).map(({ url }) => url)).toEqual([
      ...['/episodes/e1/', '/posts/p/', '/whitepapers/w/', '/people/joel/', '/about/'],
    ]);
  });

  test('an entry alone: what stands beside it on its page does not change it', () => {
    const one = { slug: 'e1', publishedAt: '2026-01-01' };
    const before = catalogOf({ episodes: [episode(one)] });
    const after = catalogOf({ episodes: [episode(one), episode({ slug: 'e2', publishedAt: '2026-02-01' })] });
    const [first, second] = [before, after].map((catalog) =>
      markdownDocuments(catalog).find(({ url }) => url === '/episodes/e1/'),
    );
    expect(second).toEqual(first);
  });
});
