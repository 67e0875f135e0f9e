import mdx from '@astrojs/mdx';
import node from '@astrojs/node';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'astro/config';
import { contentFolder } from './src/authoring/folder.ts';
import { contentCheck } from './src/integrations/content-check.ts';
import { stagedOutput } from './src/integrations/staged-output.ts';
import { sitemapOfPublished } from './src/metadata/sitemap.ts';
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
  integrations: [contentCheck(), mdx(), ...sitemapOfPublished(), searchIndex(), stagedOutput()],
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
