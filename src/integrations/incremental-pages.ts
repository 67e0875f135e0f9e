import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroConfig, AstroIntegration } from 'astro';
import { markFile } from '#metadata/icon-png.ts';
import { isPicture } from './page-facts.ts';
import { AstroCopies } from './astro-copies.ts';
import type { Building, RoutedFiles } from './routed-files.ts';
import { sourceVersion } from './source-version.ts';

/**
 * Renders what changed. A path whose `getStaticPaths` gives it a `cacheKey` is put in its place as the last build left
 * it, if the key, the code and the pictures in it are what they were; Astro is not asked for it. What Astro did render is
 * finished here in one pass: read once, put under the policy of all pages, compressed, and kept for the next build.
 *
 * This is not Astro's `experimental.incrementalBuild`: its copies lie by path, are overwritten by builds that fail, and
 * are published unread. These lie by key, are written when a build is whole, and are used only if they are whole.
 */
export function incrementalPages(files: RoutedFiles): AstroIntegration {
  let config: AstroConfig;
  let copies: AstroCopies;
  return {
    name: 'incremental-pages',
    hooks: {
      'astro:config:setup': ({ command, config: { cacheDir } }) => {
        if (command === 'build') copies = new AstroCopies(fileURLToPath(cacheDir));
      },
      'astro:config:done': ({ config: resolved }) => {
        config = resolved;
      },
      // Astro leaves this out where an integration sets the prerenderer, as that of a platform has an entry of its own.
      'astro:build:setup': ({ updateConfig }) =>
        updateConfig({
          environments: { prerender: { build: { rolldownOptions: { input: 'astro/entrypoints/prerender' } } } },
        }),
      'astro:build:start': ({ setPrerenderer, logger }) => {
        setPrerenderer((astro) => ({
          ...astro,
          getStaticPaths: async () => {
            const paths = await astro.getStaticPaths();
            const changed = files.placeKept(paths, building(config, copies));
            logger.info(`${paths.length - changed.length} of ${paths.length} files are as they were`);
            return changed;
          },
        }));
      },
      // The bundler lists files in the order in which it read them, which differs by chance.
      'astro:build:ssr': ({ manifest }) => {
        manifest.assets.sort();
      },
      'astro:build:done': async ({ logger }) => {
        const { rendered, policy } = await files.finish();
        copies.keep(files.pictures);
        logger.info(`Rendered ${rendered} files, all under one policy of ${policy.length} characters`);
      },
    },
  };
}

function building(config: AstroConfig, copies: AstroCopies): Building {
  const { root, site, base, publicDir } = config;
  const { client, server, assets } = config.build;
  const bundled = [new URL('.prerender/', server), client].flatMap((bundle) => filesIn(new URL(`${assets}/`, bundle)));
  const version = sourceVersion({
    root: fileURLToPath(root),
    files: [markFile],
    settings: [site, base],
    bundled: bundled.map(([name]) => name).filter((name) => !isPicture(name)),
  });
  return {
    ...{ assets, copies, version, client: fileURLToPath(client) },
    originals: new Map(bundled.filter(([name]) => isPicture(name))),
    isPublic: (path) => existsSync(join(fileURLToPath(publicDir), path)),
  };
}

/** The files of a folder by name. */
function filesIn(folder: URL): [name: string, path: string][] {
  const path = fileURLToPath(folder);
  return existsSync(path) ? readdirSync(path).map((name) => [name, join(path, name)]) : [];
}
