import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { addresses, bytes, files, isRedirect, page, text } from './built-site.ts';

/** Bytes over the wire, at most (design: budgets). */
const most = {
  html: 14 * 1024,
  css: 12_000,
  script: 1024,
  scriptWithPlayer: 7 * 1024,
  search: 11_000,
  feed: 18_000,
  fonts: 60_000,
  episode: 77_500,
};

const sizes = new Map<string, number>();

/** Bytes of a text over the wire. Many pages share their styles and scripts: each is compressed once. */
function brotli(content: string): number {
  const size = sizes.get(content) ?? brotliCompressSync(content).length;
  sizes.set(content, size);
  return size;
}
const pages = addresses.filter((address) => !isRedirect(address));

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
    css: [...inline('style'), ...files('link[rel=stylesheet]', 'href').map(text)],
    styleFiles: files('link[rel=stylesheet]', 'href'),
    script: [...inline('script:not([src]):not([type="application/ld+json"])'), ...[...modules].map(text)],
    scriptFiles: [...modules],
    fonts: files('link[rel=preload][as=font]', 'href'),
  };
}

/** The HTML of a page up to its transcript, which readers scroll to. */
const htmlOf = (address: string) => {
  const html = text(address.endsWith('/') ? `${address}index.html` : address);
  const transcript = html.indexOf('<episode-transcript');
  return transcript < 0 ? html : html.slice(0, transcript);
};

describe.each(pages)('%s', (address) => {
  const asked = askedFor(address);

  test('is light as HTML', () => {
    expect(brotli(htmlOf(address))).toBeLessThanOrEqual(most.html);
  });

  test('is light as styles, scripts and fonts', () => {
    const player = page(address).querySelector('episode-player, video-facade, listening-lists') !== null;
    expect(brotli(asked.css.join('\n'))).toBeLessThanOrEqual(most.css);
    expect(brotli(asked.script.join('\n'))).toBeLessThanOrEqual(player ? most.scriptWithPlayer : most.script);
    expect(asked.fonts).toHaveLength(2);
    expect(asked.fonts.reduce((sum, file) => sum + bytes(file).length, 0)).toBeLessThanOrEqual(most.fonts);
  });

  test('is light all told, in few requests', () => {
    const { css, script, fonts } = asked;
    const all = brotli(htmlOf(address)) + brotli(css.join('\n')) + brotli(script.join('\n'));
    expect(all + fonts.reduce((sum, file) => sum + bytes(file).length, 0)).toBeLessThanOrEqual(most.episode);
    const requests = 1 + asked.styleFiles.length + asked.scriptFiles.length + fonts.length;
    expect(requests).toBeLessThanOrEqual(8);
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
