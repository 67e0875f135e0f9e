import { renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroIntegration } from 'astro';
import { pastFolder } from '#site/hashed-file.ts';
import { keepPastFiles } from './past-files.ts';

/**
 * Builds into a folder beside `outDir` and puts it in its place at the very end, so that a build that fails, however
 * late, leaves the last good one as it was. What pages of the last one load under names of its own stays beside it, for
 * the server. It must be the last integration.
 */
export function stagedOutput(): AstroIntegration {
  let output = '';
  let staging = '';
  return {
    name: 'staged-output',
    hooks: {
      'astro:config:setup': ({ command, config, updateConfig }) => {
        if (command !== 'build') return;
        output = fileURLToPath(config.outDir).replace(/[\\/]$/, '');
        staging = join(dirname(output), `.${basename(output)}.next`);
        deleteFolder(staging);
        const url = pathToFileURL(`${staging}/`);
        updateConfig({ outDir: url, build: { client: new URL('client/', url), server: new URL('server/', url) } });
      },
      'astro:build:done': ({ logger }) => {
        // Before the new site is to be seen, so that a server that sees it misses nothing.
        const folders = { last: join(output, 'client'), next: join(staging, 'client'), past: pastFolder(output) };
        keepPastFiles(folders, new Date());
        const last = join(dirname(output), `.${basename(output)}.last`);
        deleteFolder(last);
        try {
          renameSync(output, last);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        }
        renameSync(staging, output);
        deleteFolder(last);
        logger.info(`The site is in ${join(output, 'client')}`);
      },
    },
  };
}

/** At once: a promise for each of many thousand files takes three times as long. */
const deleteFolder = (path: string): void => rmSync(path, { recursive: true, force: true });
