import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { cacheFolder } from '#cache/build-cache.ts';
import { builtPage } from '#search/built-page.ts';
import { lastIndex } from '#search/last-index.ts';
import { IndexError, indexSite } from '#search/site-index.ts';
import { url } from '#site/url.ts';
import { outcome, progress } from './progress.ts';
import type { RoutedFiles } from './routed-files.ts';

/**
 * Indexes the built pages for the search, as `/pagefind/`. In `dev` the index of the last build answers there, since
 * there are no built pages to index.
 */
export function searchIndex(files: RoutedFiles): AstroIntegration {
  let client = '';
  return {
    name: 'search-index',
    hooks: {
      'astro:config:done': ({ config }) => {
        client = fileURLToPath(config.build.client);
      },
      'astro:server:setup': async ({ server, logger }) => {
        const { made, answer } = await lastIndex(join(client, 'pagefind'));
        server.middlewares.use(url.searchIndex.slice(0, -1), answer);
        logger.info(
          made
            ? `Search answers from the last build, of ${made.toISOString().slice(0, 16).replace('T', ' ')} UTC`
            : 'Search has no index yet: `npm run build` makes one',
        );
      },
      'astro:build:done': async ({ dir, logger }) => {
        try {
          const folder = fileURLToPath(dir);
          const found = [...files.pages()].flatMap(([path, facts]) =>
            facts.found ? [builtPage(folder, path, facts.found)] : [],
          );
          const { pages, read } = await indexSite(folder, {
            found,
            cache: { folder: cacheFolder('search'), version: files.version },
            progress: progress((line) => logger.info(line), 'Read', 'pages for the search'),
            warn: (message) => logger.warn(message),
          });
          logger.info(outcome('Read', read, pages, 'pages for the search'));
        } catch (error) {
          if (!(error instanceof IndexError)) throw error;
          // Thrown, it would be printed as a failure of the software.
          console.error(`\nThe search index was not made, so nothing was built.\n\n${error.message}\n`);
          process.exit(1);
        }
      },
    },
  };
}
