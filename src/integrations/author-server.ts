import type { AstroIntegration } from 'astro';

/**
 * What only the author's server has: `/styleguide/`, every component in every state, and a route for the files beside
 * an episode, of which the built site has copies. Astro wants a slash after that route; so there it is forgiven.
 */
export function authorServer(): AstroIntegration {
  return {
    name: 'author-server',
    hooks: {
      'astro:config:setup': ({ command, injectRoute, updateConfig }) => {
        if (command !== 'dev') return;
        injectRoute({ pattern: '/styleguide/', entrypoint: './src/pages/_styleguide.astro' });
        injectRoute({ pattern: '/episodes/[slug]/[...file]', entrypoint: './src/pages/episodes/[slug]/_files.ts' });
        updateConfig({ trailingSlash: 'ignore' });
      },
    },
  };
}
