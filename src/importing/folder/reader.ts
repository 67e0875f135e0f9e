import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Archive } from '#importing/archive.ts';
import { type ReadContext, type Reader, UnreadableArchive } from '#importing/source.ts';
import { eleventyArchive } from './eleventy.ts';
import { hugoArchive } from './hugo.ts';
import { jekyllArchive } from './jekyll.ts';

type Generator = 'hugo' | 'jekyll' | 'eleventy';

const archives: Record<Generator, (folder: string, context: ReadContext) => Promise<Archive>> = {
  hugo: hugoArchive,
  jekyll: jekyllArchive,
  eleventy: eleventyArchive,
};

const labels: Record<Generator, string> = { hugo: 'Hugo', jekyll: 'Jekyll', eleventy: 'Eleventy' };

/** The folder of another site generator: of Hugo, Jekyll or Eleventy. Nothing in it is run. */
export const folder: Reader = {
  recognizes: ({ kind }) => kind === 'folder',
  read: async ({ location }, context) => {
    const { generator, why } = await generatorOf(location);
    if (generator === undefined) throw new UnreadableArchive(why ?? (await unknown(location)));
    const archive = await archives[generator](location, context);
    if (archive.pieces.length === 0)
      throw new UnreadableArchive(
        `${location} is a folder of ${labels[generator]}’s with no text in it that can be imported.${archive.lost
          .slice(0, 5)
          .map(({ detail }) => `\n  - ${detail}`)
          .join('')}`,
      );
    return archive;
  },
};

interface Found {
  generator?: Generator;
  /** What it is instead, as a sentence. */
  why?: string;
}

/** Whose folder it is, by its configuration. */
async function generatorOf(location: string): Promise<Found> {
  const names = await namesIn(location);
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  const text = async (name: string) =>
    names.includes(name) ? readFile(join(location, name), 'utf8').catch(() => '') : '';
  if (names.includes('show.yaml') && has(/^(?:episodes|posts|people)$/))
    return {
      why: `${location} is a content folder of this site already: there is nothing to import. "npm run content" looks through it.`,
    };
  if (names.includes('content') && (await namesIn(join(location, 'content'))).includes('show.yaml'))
    return {
      why: `${location} is a site of this very kind: put its content folder in the place of yours, or name it as CONTENT_DIR.`,
    };
  if (has(/^hugo\.(?:toml|ya?ml|json)$/)) return { generator: 'hugo' };
  const config = names.find((name) => /^config\.(?:toml|ya?ml|json)$/.test(name));
  const said = config === undefined ? '' : await text(config);
  if (/^\s*base_url\s*=/m.test(said) && names.includes('content'))
    return {
      why: `${location} is a folder of Zola’s, which is not read here. Its feed can be: name the address of it.`,
    };
  if (config !== undefined && (names.includes('content') || /^\s*["']?baseurl["']?\s*[:=]/im.test(said)))
    return { generator: 'hugo' };
  if (
    names.includes('config') &&
    (await namesIn(join(location, 'config', '_default'))).some((name) => /^(?:hugo|config)\./.test(name))
  )
    return { generator: 'hugo' };
  // A folder that moved from Jekyll to Eleventy keeps its old configuration for a while; the other way there is no `.eleventy.js`.
  if (has(/^(?:\.eleventy\.c?js|eleventy\.config\.(?:js|mjs|cjs|ts|mts|cts))$/)) return { generator: 'eleventy' };
  const scripts = await text('package.json');
  const jekyll = names.find((name) => /^_config\.(?:ya?ml|toml)$/.test(name));
  if (
    jekyll !== undefined &&
    (/"hexo"\s*:/.test(scripts) || /^\s*(?:source_dir|public_dir)\s*:/m.test(await text(jekyll)))
  )
    return {
      why: `${location} is a folder of Hexo’s, which is not read here. Its feed can be: name the address of it.`,
    };
  if (jekyll !== undefined) return { generator: 'jekyll' };
  if (scripts.includes('"@11ty/eleventy"')) return { generator: 'eleventy' };
  if (names.includes('_posts')) return { generator: 'jekyll' };
  return {};
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** What to say of a folder of none of them: where the right one is, or what was looked for. */
async function unknown(location: string): Promise<string> {
  const above = dirname(location);
  if ((await generatorOf(above)).generator !== undefined) return toPaste(location, above);
  for (const name of await namesIn(location)) {
    const inside = join(location, name);
    if ((await generatorOf(inside)).generator !== undefined) return toPaste(location, inside);
  }
  return `${location} is no folder of a site generator that is read here. Looked for: hugo.toml, config.toml or config/_default/ (Hugo); _config.yml or _posts/ (Jekyll); eleventy.config.js, .eleventy.js, or @11ty/eleventy in package.json (Eleventy).`;
}

const toPaste = (location: string, right: string) =>
  `${location} has no configuration of a site generator in it, and ${right} has. Name that one:\n\n  npm run import -- ${right.includes(' ') ? `"${right}"` : right}`;
