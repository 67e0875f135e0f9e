import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { write } from '../search/site.ts';
import { plainMarkdown } from './content.ts';
import type { Series } from './series.ts';

/*
 * What every other generator makes: a page for each entry with its title, date and text; a page that lists all of them,
 * newest first; and an RSS feed of the newest by their summaries. No styles, scripts, pictures or anything else.
 */

/** How many entries the feed has. */
export const feedSize = 25;
export const siteUrl = 'https://bare.example.com';
export const siteTitle = 'The Long Series';

/** Writes the files of a site, and the entries of a series into its folder `entries`. */
export async function writeBareSite(
  folder: string,
  { entries }: Series,
  site: { entries: string; ending: 'md' | 'mdx'; files: Readonly<Record<string, string>> },
): Promise<void> {
  for (const [path, text] of Object.entries(site.files)) await write(join(folder, path), text);
  for (const entry of entries) {
    const { collection, slug, title, publishedAt, summary } = entry;
    const text = `---\n${stringify({ title, date: publishedAt, summary })}---\n\n${plainMarkdown(entry)}\n`;
    await write(join(folder, site.entries, collection, `${slug}.${site.ending}`), text);
  }
}

/** A package of a site that is built by a command of npm's packages, as this project is: by `npm run build`. */
export const packageFile = (command: string): string =>
  JSON.stringify({ type: 'module', private: true, scripts: { build: `node ${node24} ${command}` } });

const node24 = join(process.cwd(), 'src/cli/node24.mjs');

export async function removed(folder: string, ...names: string[]): Promise<void> {
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
}
