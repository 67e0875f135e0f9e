import { readFile } from 'node:fs/promises';
import { feedSize, packageFile, removed, siteTitle, siteUrl, writeBareSite } from './bare-site.ts';
import type { Generator } from './generator.ts';

/** Astro with the packages of this project, and nothing but its MDX integration and RSS. */
export const stockAstro: Generator = {
  name: 'astro',
  title: 'stock Astro',
  ready: async () => {
    const [astro, mdx] = await Promise.all(['astro', '@astrojs/mdx'].map(versionOf));
    return { version: `${astro} with @astrojs/mdx ${mdx}` };
  },
  write: (folder, series) => writeBareSite(folder, series, { entries: 'entries', ending: 'mdx', files }),
  build: (folder) => ({
    command: 'npm',
    args: ['run', 'build'],
    folder,
    env: { ASTRO_TELEMETRY_DISABLED: '1' },
  }),
  forget: (folder) => removed(folder, 'dist', '.astro', 'node_modules'),
  source: ({ collection, slug }) => `entries/${collection}/${slug}.mdx`,
  page: ({ collection, slug }) => `dist/${collection}/${slug}/index.html`,
};

async function versionOf(name: string): Promise<string> {
  const { version } = JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
  return version;
}

const files = {
  'package.json': packageFile('astro build'),
  'astro.config.mjs': `import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';

export default defineConfig({ site: '${siteUrl}', integrations: [mdx()] });
`,
  'src/content.config.ts': `import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const entries = defineCollection({
  loader: glob({ pattern: '**/*.mdx', base: './entries' }),
  schema: z.object({ title: z.string(), date: z.coerce.date(), summary: z.string() }),
});
export const collections = { entries };
`,
  'src/layouts/Page.astro': `---
const { title } = Astro.props;
---
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>{title}</title>
    <link rel="alternate" type="application/rss+xml" href="/rss.xml" />
  </head>
  <body>
    <h1>{title}</h1>
    <slot />
  </body>
</html>
`,
  'src/pages/[...path].astro': `---
import { getCollection, render } from 'astro:content';
import Page from '../layouts/Page.astro';

export async function getStaticPaths() {
  const entries = await getCollection('entries');
  return entries.map((entry) => ({ params: { path: entry.id }, props: { entry } }));
}
const { entry } = Astro.props;
const { Content } = await render(entry);
const date = entry.data.date.toISOString().slice(0, 10);
---
<Page title={entry.data.title}>
  <time datetime={date}>{date}</time>
  <Content />
</Page>
`,
  'src/pages/index.astro': `---
import { getCollection } from 'astro:content';
import Page from '../layouts/Page.astro';

const entries = (await getCollection('entries')).sort((a, b) => b.data.date - a.data.date);
---
<Page title="${siteTitle}">
  <ul>
    {entries.map(({ id, data }) => (
      <li>{data.date.toISOString().slice(0, 10)} <a href={\`/\${id}/\`}>{data.title}</a></li>
    ))}
  </ul>
</Page>
`,
  'src/pages/rss.xml.js': `import rss from '@astrojs/rss';
import { getCollection } from 'astro:content';

export async function GET(context) {
  const entries = (await getCollection('entries')).sort((a, b) => b.data.date - a.data.date);
  return rss({
    title: '${siteTitle}',
    description: '${siteTitle}',
    site: context.site,
    items: entries.slice(0, ${feedSize}).map(({ id, data }) => ({
      title: data.title,
      pubDate: data.date,
      description: data.summary,
      link: \`/\${id}/\`,
    })),
  });
}
`,
};
