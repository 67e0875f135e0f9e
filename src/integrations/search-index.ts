import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration, AstroIntegrationLogger } from 'astro';
import { cacheFolder } from '#cache/build-cache.ts';
import { builtPage } from '#search/built-page.ts';
import { lastIndex } from '#search/last-index.ts';
import { IndexError, indexSite } from '#search/site-index.ts';
import { url } from '#site/url.ts';
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
            progress: reporter(logger),
            warn: (message) => logger.warn(message),
          });
          logger.info(`Indexed ${pages} pages, and read ${read} of them anew`);
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

/** Says now and then how far the reading is; what is read at once says nothing. */
function reporter(logger: AstroIntegrationLogger) {
  const pause = 3000;
  let said = Date.now();
  return (read: number, all: number) => {
    if (read === all || Date.now() - said < pause) return;
    said = Date.now();
    logger.info(`Read ${read} of ${all} pages for the search`);
  };
}
