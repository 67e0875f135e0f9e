import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { feedSize, removed, siteTitle, siteUrl, writeBareSite } from './bare-site.ts';
import type { Generator } from './generator.ts';

/** Hugo, where the machine has it. */
export const hugo: Generator = {
  name: 'hugo',
  title: 'Hugo',
  ready: async () => {
    try {
      const { stdout } = await promisify(execFile)('hugo', ['version']);
      return { version: /v(\d[\d.]*)/.exec(stdout)?.[1] ?? stdout.trim() };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return { missing: code === 'ENOENT' ? 'it is not installed on this machine' : message };
    }
  },
  write: (folder, series) => writeBareSite(folder, series, { entries: 'content', ending: 'md', files }),
  build: (folder) => ({ command: 'hugo', args: ['--quiet'], folder }),
  forget: (folder) => removed(folder, 'public', 'resources', '.hugo_build.lock'),
  source: ({ collection, slug }) => `content/${collection}/${slug}.md`,
  page: ({ collection, slug }) => `public/${collection}/${slug}/index.html`,
};

const page = (content: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>{{ .Title }}</title>
    <link rel="alternate" type="application/rss+xml" href="/rss.xml">
  </head>
  <body>
    <h1>{{ .Title }}</h1>
    ${content}
  </body>
</html>
`;

const files = {
  'config.toml': `baseURL = '${siteUrl}/'
title = '${siteTitle}'
disableKinds = ['section', 'taxonomy', 'term', 'sitemap', 'robotsTXT', '404']

[outputs]
home = ['HTML', 'RSS']

[outputFormats.RSS]
baseName = 'rss'
mediaType = 'application/rss+xml'
`,
  'layouts/_default/single.html': page(
    '{{ $day := .Date.Format "2006-01-02" }}<time datetime="{{ $day }}">{{ $day }}</time>\n    {{ .Content }}',
  ),
  'layouts/index.html': page(
    `<ul>
    {{ range .Site.RegularPages.ByDate.Reverse }}<li>{{ .Date.Format "2006-01-02" }} <a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
    {{ end }}</ul>`,
  ),
  'layouts/index.rss.xml': `{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<rss version="2.0"><channel><title>${siteTitle}</title><description>${siteTitle}</description><link>{{ .Permalink }}</link>
{{ range first ${feedSize} .Site.RegularPages.ByDate.Reverse }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><guid>{{ .Permalink }}</guid><description>{{ .Params.summary }}</description><pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate></item>
{{ end }}</channel></rss>
`,
};
