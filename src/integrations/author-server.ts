import type { AstroIntegration } from 'astro';

/**
 * What only the author's server has: `/styleguide/`, every component in every state. There the files beside an entry
 * come from a route that Astro wants a slash after, where the built site has plain files; so there it is forgiven.
 */
export function authorServer(): AstroIntegration {
  return {
    name: 'author-server',
    hooks: {
      'astro:config:setup': ({ command, injectRoute, updateConfig }) => {
        if (command !== 'dev') return;
        injectRoute({ pattern: '/styleguide/', entrypoint: './src/pages/_styleguide.astro' });
        updateConfig({ trailingSlash: 'ignore' });
      },
    },
  };
}
