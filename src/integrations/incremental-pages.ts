import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroConfig, AstroIntegration } from 'astro';
import { markFile } from '#metadata/icon-png.ts';
import { counted, grouped } from '#site/count.ts';
import { AstroCopies } from './astro-copies.ts';
import { AstroLines } from './astro-lines.ts';
import { isPicture } from './page-facts.ts';
import { outcome, progress } from './progress.ts';
import type { Building, RoutedFiles } from './routed-files.ts';
import { isPreview } from '#authoring/clock.ts';
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
  let lines: AstroLines;
  return {
    name: 'incremental-pages',
    hooks: {
      'astro:config:setup': ({ command, config: { cacheDir }, logger: { options } }) => {
        if (command !== 'build') return;
        copies = new AstroCopies(fileURLToPath(cacheDir));
        // A logger of the configuration (`logger`) would be bundled for the server too. These options are all of Astro's.
        options.destination = lines = new AstroLines(options.destination);
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
        setPrerenderer((astro) => {
          const show = progress((line) => logger.info(line), 'Rendered', 'files');
          let [rendered, all] = [0, 0];
          return {
            ...astro,
            getStaticPaths: async () => {
              const paths = await astro.getStaticPaths();
              const changed = files.placeKept(paths, building(config, copies));
              all = changed.length;
              lines.expectPaths(all);
              logger.info(outcome('Rendering', all, paths.length, 'files'));
              return changed;
            },
            render: async (...path) => {
              const result = await astro.render(...path);
              const response = await whole('response' in result ? result.response : result);
              rendered += 1;
              show(rendered, all);
              return response;
            },
            teardown: async () => {
              await astro.teardown?.();
              keepOriginals();
            },
          };
        });
      },
      // The bundler lists files in the order in which it read them, which differs by chance.
      'astro:build:ssr': ({ manifest }) => {
        manifest.assets.sort();
      },
      'astro:build:done': async ({ logger }) => {
        const { rendered, compressed, moved } = await files.finish(
          progress((line) => logger.info(line), 'Finished', 'files'),
        );
        copies.keep(files.pictures);
        if (moved > 0) logger.info(`Put ${counted(moved, 'page')} of earlier builds under the policy of this one`);
        logger.info(`Finished ${counted(rendered + moved, 'file')}, and compressed ${grouped(compressed)} of them`);
      },
    },
  };
}

/**
 * Lets Astro delete no picture as its author wrote it: of one file that lies beside two entries it knows the references of
 * one, and it knows nothing of files that were not rendered. `RoutedFiles` deletes what none of them names.
 */
function keepOriginals(): void {
  const { staticImages, referencedImages } = globalThis.astroAsset ?? {};
  for (const { originalSrcPath } of staticImages?.values() ?? [])
    if (originalSrcPath !== undefined) referencedImages?.add(originalSrcPath);
}

/**
 * A page that was streamed, read to its end. Where rendering fails meanwhile, Astro tells at which address it did; of what
 * it reads itself it does not.
 */
async function whole(response: Response): Promise<Response> {
  return response.body ? new Response(await response.arrayBuffer(), response) : response;
}

function building(config: AstroConfig, copies: AstroCopies): Building {
  const { root, site, base, publicDir } = config;
  const { client, server, assets } = config.build;
  const bundled = [new URL('.prerender/', server), client].flatMap((bundle) => filesIn(new URL(`${assets}/`, bundle)));
  const version = sourceVersion({
    root: fileURLToPath(root),
    files: [markFile],
    settings: [site, base, isPreview()],
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
