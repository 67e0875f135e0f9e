import sitemap from '@astrojs/sitemap';
import type { AstroIntegration } from 'astro';
import { encodedPath } from '#site/url.ts';
import type { RoutedFiles } from './routed-files.ts';

/**
 * A sitemap of the pages that search engines should know. The built page itself is asked: one that says `noindex` is
 * left out, and one that says when it last changed has that as its `lastmod` (sitemaps.org protocol).
 */
export function sitemapOfPublished(files: RoutedFiles): AstroIntegration[] {
  // Astro names only the pages that it has rendered.
  const listed: string[] = [];
  const changes = new Map<string, string | undefined>();
  let site = '';
  const collect: AstroIntegration = {
    name: 'sitemap-pages',
    hooks: {
      'astro:config:done': ({ config }) => {
        site = config.site ?? '';
      },
      'astro:build:done': () => {
        for (const [path, { hidden, changed }] of files.pages()) {
          if (hidden) continue;
          const address = new URL(encodedPath(`/${path}`.replace(/index\.html$/, '')), site).href;
          listed.push(address);
          changes.set(address, changed);
        }
      },
    },
  };
  return [
    collect,
    sitemap({
      customPages: listed,
      filter: (page) => changes.has(page),
      serialize: (item) => {
        const changed = changes.get(item.url);
        return changed ? { ...item, lastmod: changed } : item;
      },
    }),
  ];
}
