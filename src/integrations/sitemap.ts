import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sitemap from '@astrojs/sitemap';
import type { AstroIntegration } from 'astro';

/**
 * A sitemap of the pages that search engines should know. The built page itself is asked: one that says `noindex` is
 * left out, and one that says when it last changed has that as its `lastmod` (sitemaps.org protocol).
 */
export function sitemapOfPublished(): AstroIntegration[] {
  const pages = new Map<string, { hidden: boolean; changed: string | undefined }>();
  const collect: AstroIntegration = {
    name: 'sitemap-pages',
    hooks: {
      'astro:build:done': async ({ dir, pages: built }) => {
        for (const { pathname } of built) {
          const html = await readFile(join(fileURLToPath(dir), pathname, 'index.html'), 'utf8').catch(() => '');
          const head = html.slice(0, html.indexOf('</head>'));
          pages.set(`/${pathname}`, {
            hidden: !head || /<meta name="robots" content="noindex/.test(head),
            changed: /<meta property="article:modified_time" content="([^"]+)"/.exec(head)?.[1],
          });
        }
      },
    },
  };
  const of = (address: string) => pages.get(decodeURI(new URL(address).pathname));
  return [
    collect,
    sitemap({
      filter: (page) => of(page)?.hidden === false,
      serialize: (item) => {
        const changed = of(item.url)?.changed;
        return changed ? { ...item, lastmod: changed } : item;
      },
    }),
  ];
}
