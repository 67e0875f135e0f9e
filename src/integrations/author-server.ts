import type { AstroIntegration } from 'astro';
import { currentEdition } from '#authoring/current-edition.ts';
import type { Edition } from '#authoring/edition.ts';
import { type FindRedirect, redirectFinder } from '#site/redirects.ts';
import { decoded } from '#site/url.ts';

/**
 * What only the author's server has: `/styleguide/`, every component in every state, and a route for the files beside
 * entries, of which the built site has copies. Astro wants a slash after that route; so there it is forgiven. It leads
 * on from old addresses, as the server of the built site does.
 */
export function authorServer(): AstroIntegration {
  return {
    name: 'author-server',
    hooks: {
      'astro:config:setup': ({ command, injectRoute, updateConfig }) => {
        if (command !== 'dev') return;
        injectRoute({ pattern: '/styleguide/', entrypoint: './src/pages/_styleguide.astro' });
        injectRoute({ pattern: '/[folder]/[...file]', entrypoint: './src/pages/_files.ts' });
        updateConfig({ trailingSlash: 'ignore' });
      },
      'astro:server:setup': ({ server }) => {
        let last: { edition: Edition; find: FindRedirect } | undefined;
        server.middlewares.use((request, response, next) => {
          const [path = '', query = ''] = (request.url ?? '').split('?', 2);
          const lead = (edition: Edition) => {
            if (last?.edition !== edition) last = { edition, find: redirectFinder(edition.catalog.redirects) };
            const found = last.find(decoded(path), new URLSearchParams(query));
            if (!found) return next();
            const search = found.keepsQuery && query ? `?${query}` : '';
            // What an author changes is another way at once: no browser is to remember it.
            response.writeHead(302, { Location: found.to + search, 'Cache-Control': 'no-store' }).end();
          };
          currentEdition().then(lead, next);
        });
      },
    },
  };
}
