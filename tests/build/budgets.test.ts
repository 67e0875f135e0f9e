import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bytes, documents, files, html, page, text } from './built-site.ts';
import { fileAt } from './site-in.ts';

/** Bytes over the wire, at most (design: budgets). */
const most = {
  html: 14_600,
  css: 12_000,
  script: 1024,
  scriptWithPlayer: 7 * 1024,
  search: 11_000,
  feed: 18_000,
  fonts: 24_000,
  page: 45 * 1024,
  episode: 60 * 1024,
};

const sizes = new Map<string, number>();

/** Bytes of a text over the wire. Many pages share their styles and scripts: each is compressed once. */
function brotli(content: string): number {
  const size = sizes.get(content) ?? brotliCompressSync(content).length;
  sizes.set(content, size);
  return size;
}

/** Modules, and those that they import. */
function withImports(files: string[]): Set<string> {
  const modules = new Set(files);
  for (const file of modules)
    for (const [, named, imported] of text(file).matchAll(/import["'](.+?)["']|from["'](.+?)["']/g))
      modules.add(new URL(named ?? imported ?? '', `http://site${file}`).pathname);
  return modules;
}

/** The files that a page asks for before its reader acts or scrolls. */
function askedFor(address: string) {
  const document = page(address);
  const files = (selector: string, name: string) =>
    [...document.querySelectorAll(selector)]
      // What lies in a template waits until it is asked for.
      .filter((element) => element.closest('template') === null)
      .flatMap((element) => element.getAttribute(name) ?? []);
  const inline = (selector: string) =>
    [...document.querySelectorAll(selector)].map((element) => element.textContent ?? '');
  const modules = withImports(files('script[src]', 'src'));
  return {
    css: [...inline('style:not([data-first])'), ...files('link[rel=stylesheet]', 'href').map(text)],
    styleFiles: files('link[rel=stylesheet]', 'href'),
    script: [...inline('script:not([src]):not([type="application/ld+json"])'), ...[...modules].map(text)],
    scriptFiles: [...modules],
    preloaded: files('link[rel=preload][as=font]', 'href'),
    // The others are for letters that English has not.
    fonts: inline('style').flatMap((css) =>
      [...css.matchAll(/@font-face\{[^}]*\}/g)].flatMap(([face]) =>
        face.includes('unicode-range') ? [] : (/url\("([^"]+)"/.exec(face)?.[1] ?? []),
      ),
    ),
  };
}

/** The HTML of a page without the styles of its first paint, up to its transcript, which readers scroll to. */
const htmlOf = (address: string) => {
  const sent = html(address);
  const [styles = '', digest = ''] = /<style data-first="([^"]*)"[^]*?<\/style>/.exec(sent) ?? [];
  const unstyled = sent.replace(styles, '').replace(digest, '');
  const transcript = unstyled.indexOf('<episode-transcript');
  return transcript < 0 ? unstyled : unstyled.slice(0, transcript);
};

/** Bytes of a file as it is sent. */
const sent = (file: string) => (files.includes(`${file}.br`) ? bytes(`${file}.br`) : bytes(file)).length;

describe.each(documents)('%s', (address) => {
  const asked = askedFor(address);

  test('is light as HTML', () => {
    expect(brotli(htmlOf(address))).toBeLessThanOrEqual(most.html);
  });

  test('is light as styles, scripts and fonts', () => {
    const player = page(address).querySelector('episode-player, video-facade, listening-lists') !== null;
    expect(brotli(asked.css.join('\n'))).toBeLessThanOrEqual(most.css);
    expect(brotli(asked.script.join('\n'))).toBeLessThanOrEqual(player ? most.scriptWithPlayer : most.script);
    expect(asked.fonts).toHaveLength(2);
    expect(asked.preloaded).toEqual([asked.fonts[0]]);
    expect(asked.fonts.reduce((sum, file) => sum + bytes(file).length, 0)).toBeLessThanOrEqual(most.fonts);
  });

  test('is light all told, in few requests', () => {
    const isEpisode = /^\/episodes\/(?!season-)[^/]+\//.test(address);
    const all = [fileAt(address), ...asked.styleFiles, ...asked.scriptFiles, ...asked.fonts];
    expect(all.length).toBeLessThanOrEqual(address === '/listening/' ? 8 : isEpisode ? 7 : 5);
    const weight = all.reduce((sum, file) => sum + sent(file), 0);
    expect(weight).toBeLessThanOrEqual(isEpisode ? most.episode : most.page);
  });
});

const feeds = files.filter((file) => /\/(rss|podcast|season-[^/]+|feed)\.(xml|json)$/.test(file));

test.each(feeds)('%s is light for whoever asks for it every hour', (file) => {
  expect(feeds.length).toBeGreaterThan(20);
  expect(bytes(`${file}.br`).length).toBeLessThanOrEqual(most.feed);
});

test('search is light when it is opened, before its index', () => {
  const [, dialog = ''] = /id="search-dialog-script".*?src="(.+?)"/.exec(text('/about/index.html')) ?? [];
  const modules = withImports([dialog]);
  expect(brotli([...modules].map(text).join('\n'))).toBeLessThanOrEqual(most.search);
});
