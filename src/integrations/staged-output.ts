import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroIntegration } from 'astro';

/**
 * Builds into a folder beside `outDir` and puts it in its place at the very end, so that a build that fails, however
 * late, leaves the last good one as it was. It must be the last integration.
 */
export function stagedOutput(): AstroIntegration {
  let output = '';
  let staging = '';
  return {
    name: 'staged-output',
    hooks: {
      'astro:config:setup': async ({ command, config, updateConfig }) => {
        if (command !== 'build') return;
        output = fileURLToPath(config.outDir).replace(/[\\/]$/, '');
        staging = join(dirname(output), `.${basename(output)}.next`);
        await rm(staging, { recursive: true, force: true });
        const url = pathToFileURL(`${staging}/`);
        updateConfig({ outDir: url, build: { client: new URL('client/', url), server: new URL('server/', url) } });
      },
      'astro:build:done': async ({ logger }) => {
        const last = join(dirname(output), `.${basename(output)}.last`);
        await rm(last, { recursive: true, force: true });
        await rename(output, last).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error;
        });
        await rename(staging, output);
        await rm(last, { recursive: true, force: true });
        logger.info(`The site is in ${join(output, 'client')}`);
      },
    },
  };
}
