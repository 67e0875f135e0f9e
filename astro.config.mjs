import mdx from '@astrojs/mdx';
import node from '@astrojs/node';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, fontProviders } from 'astro/config';
import { contentFolder } from './src/authoring/folder.ts';
import { compressedFiles } from './src/integrations/compressed-files.ts';
import { contentCheck } from './src/integrations/content-check.ts';
import { stagedOutput } from './src/integrations/staged-output.ts';
import { sitemapOfPublished } from './src/metadata/sitemap.ts';
import { authorServer } from './src/integrations/author-server.ts';
import { searchIndex } from './src/search/integration.ts';

export default defineConfig({
  site: process.env.SITE_URL ?? 'http://localhost:4321',
  trailingSlash: 'always',
  adapter: node({ mode: 'standalone' }),
  session: false,
  // One folder for each content folder, so that builds of several keep their caches apart.
  cacheDir: `./node_modules/.astro/${contentFolder().replaceAll(/[^\w]+/g, '-')}`,
  devToolbar: { enabled: false },
  image: { layout: 'constrained' },
  fonts: [
    {
      name: 'Bitter',
      cssVariable: '--font-bitter',
      // Preloaded, it is there for the first paint; later than that it would shift what is being read.
      display: 'optional',
      provider: fontProviders.local(),
      fallbacks: ['Rockwell', 'Georgia', 'serif'],
      options: {
        variants: [
          {
            weight: '100 900',
            style: 'normal',
            src: ['@fontsource-variable/bitter/files/bitter-latin-wght-normal.woff2'],
          },
          {
            weight: '100 900',
            style: 'italic',
            src: ['@fontsource-variable/bitter/files/bitter-latin-wght-italic.woff2'],
          },
        ],
      },
    },
    {
      name: 'Courier Prime',
      cssVariable: '--font-courier-prime',
      display: 'optional',
      provider: fontProviders.local(),
      fallbacks: ['Courier New', 'monospace'],
      options: {
        variants: [
          {
            weight: 400,
            style: 'normal',
            src: ['@fontsource/courier-prime/files/courier-prime-latin-400-normal.woff2'],
          },
        ],
      },
    },
  ],
  integrations: [
    contentCheck(),
    mdx(),
    ...sitemapOfPublished(),
    searchIndex(),
    compressedFiles(),
    authorServer(),
    stagedOutput(),
  ],
  vite: {
    plugins: [tailwindcss()],
    build: {
      rolldownOptions: {
        // Astro's own marks in MDX modules, which it has read before they are bundled.
        checks: { moduleLevelDirective: false },
      },
    },
    server: { fs: { allow: ['.', contentFolder()] } },
  },
});
