import { rm } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { cachesFolder } from '#cache/build-cache.ts';

/** Deletes what earlier builds kept, Astro's own included, before a build with `CLEAN=1`. It must be the first integration. */
export function buildCaches(): AstroIntegration {
  return {
    name: 'build-caches',
    hooks: {
      'astro:config:setup': async ({ command, config, logger }) => {
        if (command !== 'build' || process.env.CLEAN !== '1') return;
        for (const folder of [cachesFolder, config.cacheDir]) await rm(folder, { recursive: true, force: true });
        logger.info('Nothing of earlier builds is used');
      },
    },
  };
}
