import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eleventy } from '../build/eleventy.ts';
import { benchFolder } from '../build/folders.ts';
import { write } from '../search/site.ts';

const source = join(benchFolder, 'page-rival');

export interface Rival {
  /** The folder of its site. */
  folder: string;
  path: string;
  title: string;
}

/**
 * A post by Eleventy as its base blog sends one: all styles in its own HTML, the typefaces of the system, no picture, and
 * one module of script at its end. `text` is HTML. Where Eleventy is not to be had, resolves to why.
 */
export async function buildRival(text: string): Promise<Rival | string> {
  const ready = await eleventy.ready();
  if ('missing' in ready) return ready.missing;
  await rm(source, { recursive: true, force: true });
  for (const [path, content] of Object.entries({ ...files, 'site/blog/post.html': `${frontMatter}${text}` }))
    await write(join(source, path), content);
  const command = join(process.cwd(), benchFolder, 'eleventy/node_modules/@11ty/eleventy/cmd.cjs');
  await promisify(execFile)(process.execPath, [command, '--quiet'], { cwd: source });
  return { folder: join(source, '_site'), path: '/blog/post/', title: `Eleventy ${ready.version}` };
}

const frontMatter = '---\nlayout: base.liquid\ntitle: A post\n---\n';

const colours = ['text', 'background', 'link', 'line'].map(
  (name, i) => `--${name}: ${['#222', '#fff', '#06c', '#ccc'][i]};`,
);

/** As much as the styles of the base blog and of its highlighted code weigh together: 7 KB. */
const styles = [
  `:root { ${colours.join(' ')} --face: system-ui, sans-serif; --mono: monospace; }`,
  '* { box-sizing: border-box; } html { line-height: 1.5; } body { margin: 0 auto; max-width: 40em; padding: 0 1rem; font-family: var(--face); color: var(--text); background: var(--background); }',
  'h1 { font-size: 1.8rem; line-height: 1.2; } h2 { font-size: 1.4rem; } a { color: var(--link); } header, footer, nav ul { display: flex; gap: 1em; list-style: none; padding: 0; } pre, code { font-family: var(--mono); font-size: 0.9em; tab-size: 2; }',
  ...Array.from(
    { length: 60 },
    (_, i) =>
      `.token-${i}, .token-${i} + .note { color: hsl(${i * 6} 60% 40%); padding-inline: ${i / 10}em; margin-block: ${i / 20}em; }`,
  ),
].join('\n');

const script = `class HeadingAnchors extends HTMLElement {
  connectedCallback() {
    for (const heading of this.querySelectorAll('h2[id]')) {
      const link = Object.assign(document.createElement('a'), { href: '#' + heading.id, textContent: '#' });
      heading.append(' ', link);
    }
  }
}
customElements.define('heading-anchors', HeadingAnchors);
`;

const files = {
  'package.json': '{ "type": "module", "private": true }',
  'eleventy.config.js': `export default function (config) {
  config.setUseGitIgnore(false);
  config.addPassthroughCopy('site/anchors.js');
  return { dir: { input: 'site' } };
}
`,
  'site/anchors.js': script,
  'site/_includes/base.liquid': `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1.0">
    <title>{{ title }}</title>
    <meta name="description" content="A post of a blog">
    <link rel="alternate" href="/feed.xml" type="application/atom+xml" title="A blog">
    <style>${styles}</style>
  </head>
  <body>
    <a href="#main">Skip to main content</a>
    <header><a href="/">A blog</a><nav><ul><li><a href="/">Home</a></li><li><a href="/blog/">Archive</a></li></ul></nav></header>
    <main id="main"><heading-anchors><h1>{{ title }}</h1>{{ content }}</heading-anchors></main>
    <footer><p>Built with Eleventy</p></footer>
    <script type="module" src="/anchors.js"></script>
  </body>
</html>
`,
};
