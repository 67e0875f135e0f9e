import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import node from '@astrojs/node';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, fontProviders } from 'astro/config';
import { contentFolder } from './src/authoring/folder.ts';
import { textPlugins } from './src/catalog/body.ts';
import { emptiedCaches, prunedCaches } from './src/integrations/build-caches.ts';
import { compressedFiles } from './src/integrations/compressed-files.ts';
import { contentCheck } from './src/integrations/content-check.ts';
import { contentFiles } from './src/integrations/content-files.ts';
import { incrementalPages } from './src/integrations/incremental-pages.ts';
import { RoutedFiles } from './src/integrations/routed-files.ts';
import { stagedOutput } from './src/integrations/staged-output.ts';
import { sitemapOfPublished } from './src/integrations/sitemap.ts';
import { authorBar } from './src/integrations/author-bar.ts';
import { authorServer } from './src/integrations/author-server.ts';
import { browserEditor } from './src/integrations/browser-editor.ts';
import { searchIndex } from './src/integrations/search-index.ts';
import { siteAddress } from './src/integrations/site-address.ts';
import { typeface } from './src/styles/typeface.ts';

/** Of the face of texts. What is set in italics is this face, sloped by the browser: a second one weighs as much again. */
const weights = { lightest: 400, boldest: 700 };

/** What more than one script of a page needs: one request together. Search is sent nothing of the player's. */
const sharedChunks = [
  { name: 'shared', test: /src[\\/](components[\\/]dom|site[\\/]length)\.ts$/ },
  {
    name: 'playback',
    test: /src[\\/]components[\\/]player[\\/](key-setting|listens|memory|moment|more-code|playback|plays-on|resume|seek-bar|sleep|speeds|spoken|stage|timeline)\.ts$/,
  },
];

const routedFiles = new RoutedFiles();

export default defineConfig({
  site: siteAddress(process.env.SITE_URL),
  trailingSlash: 'always',
  // The server answers files by itself. A page that is made on demand is made whole before its headers are sent: its
  // Content-Security-Policy names what is in it.
  adapter: node({ mode: 'middleware', experimentalDisableStreaming: true }),
  session: false,
  security: {
    // The server looks at the origin of forms: it knows its hosts, and which POST comes from a mail service.
    checkOrigin: false,
    csp: {
      directives: [
        "default-src 'none'",
        "base-uri 'none'",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        'frame-src https://www.youtube-nocookie.com https://player.vimeo.com',
        // Pictures and recordings may lie on other hosts.
        "img-src 'self' data: https:",
        "manifest-src 'self'",
        "media-src 'self' https:",
        "object-src 'none'",
        "worker-src 'self'",
      ],
      // The search index is read by WebAssembly.
      scriptDirective: { resources: ["'self'", "'wasm-unsafe-eval'"] },
      // Columns of tables are attributes. Without another source for styles Astro names 'self'.
      styleDirective: { resources: [{ resource: "'unsafe-inline'", kind: 'attribute' }] },
    },
  },
  // One folder for each content folder, so that builds of several keep their caches apart.
  cacheDir: `./node_modules/.astro/${contentFolder().replaceAll(/[^\w]+/g, '-')}`,
  devToolbar: { enabled: false },
  image: { layout: 'constrained' },
  // Its colours would be inline styles.
  markdown: { syntaxHighlight: false, processor: satteri({ hastPlugins: textPlugins }) },
  fonts: [
    {
      name: 'Bitter',
      cssVariable: '--font-bitter',
      // Preloaded, it is there for the first paint; later than that it would shift what is being read.
      display: 'optional',
      provider: fontProviders.local(),
      fallbacks: ['Rockwell', 'Georgia', 'serif'],
      options: {
        variants: (await typeface('@fontsource-variable/bitter/files/bitter-latin-wght-normal.woff2', weights)).map(
          (part) => ({ ...part, weight: '400 700', style: 'normal' }),
        ),
      },
    },
    {
      name: 'Courier Prime',
      cssVariable: '--font-courier-prime',
      display: 'optional',
      provider: fontProviders.local(),
      fallbacks: ['Courier New', 'monospace'],
      options: {
        variants: (await typeface('@fontsource/courier-prime/files/courier-prime-latin-400-normal.woff2')).map(
          (part) => ({ ...part, weight: 400, style: 'normal' }),
        ),
      },
    },
  ],
  integrations: [
    emptiedCaches(),
    contentCheck(),
    mdx(),
    incrementalPages(routedFiles),
    ...sitemapOfPublished(routedFiles),
    searchIndex(routedFiles),
    contentFiles(),
    browserEditor(),
    compressedFiles(routedFiles),
    prunedCaches(),
    authorServer(),
    authorBar(),
    stagedOutput(),
  ],
  vite: {
    plugins: [tailwindcss()],
    build: {
      // A script in a page has its digest in the policy of every page (`one-policy.md`): readers' pages pay nothing for the desk.
      assetsInlineLimit: (file) => (/(^|[\\/])Desk[A-Z]/.test(file) ? false : undefined),
      rolldownOptions: {
        // Astro's own marks in MDX modules, which it has read before they are bundled.
        checks: { moduleLevelDirective: false },
      },
    },
    environments: {
      client: {
        build: {
          rolldownOptions: {
            output: {
              codeSplitting: {
                groups: sharedChunks,
              },
            },
          },
        },
      },
    },
    server: { fs: { allow: ['.', contentFolder()] } },
  },
});
