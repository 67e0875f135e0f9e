import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { cachesFolder } from '#cache/build-cache.ts';
import { drawingsCache } from '#integrations/routed-files.ts';
import { write } from '../search/site.ts';
import { contentFiles } from './content.ts';
import type { Generator } from './generator.ts';

const content = 'content';
const output = 'dist';

/** This project with everything on, by the commands of its owner. */
export const thisProject: Generator = {
  name: 'd-files',
  title: 'this project',
  ready: async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    return { version };
  },
  write: async (folder, series) => {
    for await (const file of contentFiles(series)) await write(join(folder, content, file.path), file.content);
  },
  build: (folder, isFirst) => ({
    command: 'npm',
    args: ['run', isFirst ? 'build:clean' : 'build', '--', '--outDir', relative('.', join(folder, output))],
    folder: '.',
    env: { CONTENT_DIR: join(folder, content) },
  }),
  // What it kept is deleted by `build:clean` itself.
  forget: (folder) => rm(join(folder, output), { recursive: true, force: true }),
  forgetButSocialImages: async (folder) => {
    await thisProject.forget(folder);
    for (const name of await namesIn(cachesFolder))
      if (name !== basename(drawingsCache)) await rm(join(cachesFolder, name), { recursive: true });
    // Astro's cache is in a folder that is named for the content folder: astro.config.mjs, cacheDir.
    const ending = relative('.', resolve(folder, content)).replaceAll(/[^\w]+/g, '-');
    for (const name of await namesIn(astroCaches))
      if (name.endsWith(ending)) await rm(join(astroCaches, name), { recursive: true });
  },
  source: ({ collection, slug }) => `${content}/${collection}/${slug}/index.mdx`,
  page: ({ collection, slug }) => `${output}/client/${collection}/${slug}/index.html`,
};

const astroCaches = 'node_modules/.astro';
const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
