import { describe, expect, test } from 'vitest';
import type { Content } from '#catalog/content.ts';
import { listedAtMost, llmsText } from '#markdown/llms.ts';
import { episode, page, post, show, whitepaper } from '../../fakes/content.ts';
import { audio, catalogOf, site } from '../feeds/publication.ts';

const text = (given: Partial<Content>) => llmsText(catalogOf(given), site);

describe('what there is on the site', () => {
  test('is listed by kind, the newest first, in the form of llmstxt.org', () => {
    const given = {
      show: show({ subtitle: 'Disconnected', description: 'A series that\nexists in *tests* only.' }),
      episodes: [
        episode({ slug: 'e1', title: 'One', audio, publishedAt: '2026-01-01' }),
        episode({ slug: 'e2', title: 'Two [and a half]', publishedAt: '2026-01-02' }),
        episode({ slug: 'e3', draft: true }),
      ],
      posts: [post({ slug: 'p' })],
      whitepapers: [whitepaper({ slug: 'w' })],
      pages: [page({ slug: 'about' })],
    };
    expect(text(given)).toBe(`# The Test Files: Disconnected

> A series that
> exists in \\*tests\\* only.

Each page of an entry has its text as Markdown beside it, in a file named index.md.

## Episodes

- [Two \\[and a half\\]](https://files.example/episodes/e2/index.md): File 002. What happens in the usual episode.
- [One](https://files.example/episodes/e1/index.md): File 001. What happens in the usual episode.

## Posts

- [The usual post](https://files.example/posts/p/index.md): What the usual post says.

## Whitepapers

- [The usual whitepaper](https://files.example/whitepapers/w/index.md): What the usual whitepaper is about.

## People

- [Joel Capperella](https://files.example/people/joel/index.md): Somebody in the series.

## Pages

- [The usual page](https://files.example/about/index.md): What the usual page says.

## Optional

- [Topics](https://files.example/topics/): the entries by what they are about
- [The Test Files: Disconnected](https://files.example/rss.xml): RSS
- [The Test Files: Disconnected](https://files.example/podcast.xml): RSS for podcast apps
- [The Test Files: Disconnected](https://files.example/feed.json): JSON Feed
- [The Test Files: Episodes](https://files.example/episodes/rss.xml): RSS
- [The Test Files: Posts](https://files.example/posts/rss.xml): RSS
- [All feeds](https://files.example/opml.xml): OPML
- [Sitemap](https://files.example/sitemap-index.xml): the address of every page
`);
  });

  test('has no section for what there is none of', () => {
    expect(text({}).match(/^## .*/gm)).toEqual(['## People', '## Optional']);
  });

  test('is bounded: of a long archive the newest are listed, and where the others are', () => {
    const dates = Array.from({ length: listedAtMost + 1 }, (_, i) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString());
    const many = text({ posts: dates.map((publishedAt, i) => post({ slug: `p${i}`, publishedAt })) });
    expect(many).toContain(`/posts/p${listedAtMost}/index.md`);
    expect(many).not.toContain('/posts/p0/index.md');
    expect(many).toContain('- [All posts](https://files.example/posts/): 101 entries\n');
    const fits = text({ posts: dates.slice(1).map((publishedAt, i) => post({ slug: `p${i}`, publishedAt })) });
    expect(fits).not.toContain('All posts');
  });
});
