import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { benchFolder } from './folders.ts';
import { feedSize, packageFile, removed, siteTitle, siteUrl, writeBareSite } from './bare-site.ts';
import type { Generator } from './generator.ts';

/** Not a package of this project: it would be installed by everybody, for a bench alone. */
const wanted = '@11ty/eleventy@3';
const installed = join(benchFolder, 'eleventy');

/** Eleventy with Liquid, its own default, and Markdown that is no template. */
export const eleventy: Generator = {
  name: 'eleventy',
  title: 'Eleventy',
  ready: async () => {
    const version = () =>
      readFile(join(installed, 'node_modules/@11ty/eleventy/package.json'), 'utf8').then(
        (text) => (JSON.parse(text) as { version: string }).version,
      );
    try {
      return { version: await version() };
    } catch {
      try {
        await mkdir(installed, { recursive: true });
        await writeFile(join(installed, 'package.json'), '{ "private": true }');
        const args = ['install', wanted, '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
        await promisify(execFile)('npm', args, { cwd: installed });
        return { version: await version() };
      } catch (error) {
        const { stderr, message } = error as Error & { stderr?: string };
        const why = (stderr?.trim() || message).split('\n').slice(0, 3).join('; ');
        return { missing: `npm could not install ${wanted} (${why})` };
      }
    }
  },
  write: (folder, series) => writeBareSite(folder, series, { entries: 'site', ending: 'md', files }),
  build: (folder) => ({ command: 'npm', args: ['run', 'build'], folder }),
  forget: (folder) => removed(folder, '_site', '.cache'),
  source: ({ collection, slug }) => `site/${collection}/${slug}.md`,
  page: ({ collection, slug }) => `_site/${collection}/${slug}/index.html`,
};

const files = {
  'package.json': packageFile(`${resolve(installed, 'node_modules/.bin/eleventy')} --quiet`),
  'eleventy.config.js': `export default function (config) {
  config.setUseGitIgnore(false);
  config.addCollection('entries', (all) =>
    all.getFilteredByGlob('site/{episodes,posts}/*.md').sort((a, b) => b.date - a.date),
  );
  config.addFilter('day', (date) => date.toISOString().slice(0, 10));
  config.addFilter('rfc822', (date) => date.toUTCString());
  return { dir: { input: 'site' }, markdownTemplateEngine: false };
}
`,
  'site/site.11tydata.json': JSON.stringify({ layout: 'page.liquid' }),
  'site/_includes/base.liquid': `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>{{ title | escape }}</title>
    <link rel="alternate" type="application/rss+xml" href="/rss.xml">
  </head>
  <body>
    <h1>{{ title | escape }}</h1>
    {{ content }}
  </body>
</html>
`,
  'site/_includes/page.liquid': `---
layout: base.liquid
---
<time datetime="{{ page.date | day }}">{{ page.date | day }}</time>
{{ content }}
`,
  'site/index.liquid': `---
layout: base.liquid
title: ${siteTitle}
---
<ul>
{% for entry in collections.entries %}<li>{{ entry.date | day }} <a href="{{ entry.url }}">{{ entry.data.title | escape }}</a></li>
{% endfor %}
</ul>
`,
  'site/rss.liquid': `---
permalink: /rss.xml
layout: false
---
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>${siteTitle}</title><description>${siteTitle}</description><link>${siteUrl}/</link>
{% for entry in collections.entries limit: ${feedSize} %}<item><title>{{ entry.data.title | escape }}</title><link>${siteUrl}{{ entry.url }}</link><guid>${siteUrl}{{ entry.url }}</guid><description>{{ entry.data.summary | escape }}</description><pubDate>{{ entry.date | rfc822 }}</pubDate></item>
{% endfor %}</channel></rss>
`,
};
