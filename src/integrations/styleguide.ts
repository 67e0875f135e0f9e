import type { AstroIntegration } from 'astro';

/** Puts `/styleguide/`, every component in every state, on the author's server; no published site has it. */
export function styleguide(): AstroIntegration {
  return {
    name: 'styleguide',
    hooks: {
      'astro:config:setup': ({ command, injectRoute }) => {
        if (command === 'dev') injectRoute({ pattern: '/styleguide/', entrypoint: './src/pages/_styleguide.astro' });
      },
    },
  };
}
