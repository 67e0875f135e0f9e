import { rm } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { cachesFolder, pruneCache } from '#cache/build-cache.ts';
import { socialCache } from '#metadata/social-png.ts';

/**
 * Deletes what earlier builds kept, Astro's own included, before a build with `CLEAN=1`; and after each the social images
 * that are no longer used. It must be the first integration.
 */
export function buildCaches(): AstroIntegration {
  return {
    name: 'build-caches',
    hooks: {
      'astro:config:setup': async ({ command, config, logger }) => {
        if (command !== 'build' || process.env.CLEAN !== '1') return;
        for (const folder of [cachesFolder, config.cacheDir]) await rm(folder, { recursive: true, force: true });
        logger.info('Nothing of earlier builds is used');
      },
      'astro:build:done': async ({ logger }) => {
        const { made, reused, failure } = await pruneCache(socialCache);
        logger.info(`Drew ${made} social images, and took ${reused} as an earlier build drew them`);
        if (failure) logger.warn(`The next build draws them again: ${failure}`);
      },
    },
  };
}
