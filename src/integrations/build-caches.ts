import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { cachesFolder, pruneCaches } from '#cache/build-cache.ts';

/** Deletes what earlier builds kept, Astro's own included, before a build with `CLEAN=1`. It must be the first integration. */
export function emptiedCaches(): AstroIntegration {
  return {
    name: 'emptied-caches',
    hooks: {
      'astro:config:setup': async ({ command, config, logger }) => {
        if (command !== 'build' || process.env.CLEAN !== '1') return;
        try {
          for (const folder of [cachesFolder, fileURLToPath(config.cacheDir)]) await empty(folder);
        } catch (error) {
          // Thrown, it would be printed as a failure of the software.
          console.error(
            `\nWhat earlier builds kept cannot be deleted, so nothing was built.\n\n${(error as Error).message}\n`,
          );
          process.exit(1);
        }
        logger.info('Nothing of earlier builds is used');
      },
    },
  };
}

/** Deletes what builds kept and the last ones did not use. It comes after all that keeps something. */
export function prunedCaches(): AstroIntegration {
  return {
    name: 'pruned-caches',
    hooks: {
      'astro:build:done': async ({ logger }) => {
        const failure = await pruneCaches();
        if (failure) logger.warn(`Not all is kept for the next build, which makes it again: ${failure}`);
      },
    },
  };
}

/** Deletes what is in a folder; the folder itself may be a volume of the machine that builds. */
async function empty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
}
