import { type MdastNode, markdownToMdast } from 'satteri';
import { describe, expect, test } from 'vitest';
import { fixtureSite } from '../fixture-site.ts';
import { files, has, page, pages, redirects, text } from './built-site.ts';

/** What `/episodes/season-2/` and `/people/<slug>/entries/` are not. */
const isEntry = (address: string) =>
  /^\/(?:episodes|posts|whitepapers|people|with)\/(?!season-\d|page\/)[^/]+\/$|^\/(?:about|privacy)\/$/.test(address);
const entries = pages.filter(isEntry);

const told = (address: string) =>
  [...page(address).querySelectorAll('link[rel=alternate][type="text/markdown"]')].map((link) =>
    link.getAttribute('href'),
  );

test('every page of an entry names its Markdown, and no other page names any', () => {
  expect(entries.length).toBeGreaterThan(25);
  for (const address of pages) expect(told(address), address).toEqual(isEntry(address) ? [`${address}index.md`] : []);
  expect(files.filter((file) => file.endsWith('.md'))).toEqual(
    entries.map((address) => `${address}index.md`).toSorted(),
  );
});

/** A text as readers of Markdown take it. */
const nodesIn = (file: string): MdastNode[] => {
  const walk = (node: MdastNode): MdastNode[] => [node, ...('children' in node ? node.children.flatMap(walk) : [])];
  return walk(markdownToMdast(text(file)));
};
const words = (node: MdastNode): string =>
  'children' in node ? node.children.map(words).join('') : 'value' in node ? node.value : '';
const said = (address: string) => (page(address).querySelector('h1')?.textContent ?? '').replaceAll(/\s+/g, '');

/** Where its links lead, and its pictures are. */
const linksIn = (file: string) => nodesIn(file).flatMap((node) => ('url' in node && node.url ? [node.url] : []));

const isThere = (href: string) => {
  const { origin, pathname } = new URL(href);
  const path = decodeURIComponent(pathname);
  return origin !== fixtureSite || has(path) || redirects.some(({ from }) => from === pathname);
};

describe('the Markdown of an entry', () => {
  test.each(entries)('%s is Markdown alone, of that entry', (address) => {
    const file = `${address}index.md`;
    const nodes = nodesIn(file);
    expect(nodes.filter(({ type }) => type === 'html' || type.startsWith('mdx'))).toEqual([]);
    expect(text(file)).toMatch(/[^\n]\n$/);
    const titles = nodes.filter((node) => node.type === 'heading' && node.depth === 1);
    expect(titles.map((title) => words(title).replaceAll(/[\s:]+/g, ''))).toEqual([said(address).replaceAll(':', '')]);
    expect(linksIn(file)).toContain(`${fixtureSite}${address}`);
    expect(linksIn(file).filter((href) => !/^(?:https?|mailto):/.test(href) || !isThere(href))).toEqual([]);
  });

  test('has all that is said in its recording, with times', () => {
    const heard = entries.filter((address) => page(address).querySelector('[data-said]'));
    expect(heard.length).toBeGreaterThan(1);
    for (const address of heard) {
      const spoken = [...page(address).querySelectorAll('[data-part=said] > div')].map((each) => {
        const [time, text] = [each.querySelector('time'), each.querySelector('[data-said]')];
        return `${time?.textContent} ${text?.textContent.trim().replaceAll(/\s+/g, ' ')}`;
      });
      const nodes = nodesIn(`${address}index.md`);
      const from = nodes.findIndex((node) => node.type === 'heading' && words(node) === 'Transcript');
      const paragraphs = nodes.slice(from).flatMap((node) => (node.type === 'paragraph' ? [words(node)] : []));
      expect(paragraphs.length, address).toBe(spoken.length);
      for (const [i, each] of spoken.entries())
        expect(paragraphs[i], address).toContain(each.replace(/^(\S+) /, '$1 '));
    }
  });

  test('has the pictures of its text, as the site serves them', () => {
    const shown = entries.flatMap((address) =>
      nodesIn(`${address}index.md`).flatMap((node) => (node.type === 'image' ? [node] : [])),
    );
    expect(shown.length).toBeGreaterThan(0);
    for (const { url, alt } of shown) {
      expect(files).toContain(decodeURIComponent(new URL(url).pathname));
      expect(alt).toMatch(/\w/);
    }
  });

  test('is not of what is not published', () => {
    const all = files.filter((file) => /\.md$|^\/llms\.txt$/.test(file)).map(text);
    for (const slug of ['the-gull-wants-equity', 'the-lighthouse-that-rents-itself', 'the-newsletter-nobody-sent'])
      expect(all.filter((each) => each.includes(slug))).toEqual([]);
  });

  test('is in no sitemap', () => {
    const maps = files.filter((file) => /^\/sitemap.*\.xml$/.test(file)).map(text);
    expect(maps.length).toBeGreaterThan(1);
    expect(maps.filter((each) => /\.md|llms/.test(each))).toEqual([]);
  });
});

describe('llms.txt', () => {
  test('begins as llmstxt.org has it, and has sections of links alone', () => {
    const [root, ...nodes] = nodesIn('/llms.txt');
    const blocks = root && 'children' in root ? root.children : [];
    expect(blocks.slice(0, 3).map(({ type }) => type)).toEqual(['heading', 'blockquote', 'paragraph']);
    expect(new Set(blocks.slice(3).map((node) => (node.type === 'heading' ? node.depth : node.type)))).toEqual(
      new Set([2, 'list']),
    );
    for (const node of nodes) if (node.type === 'listItem') expect(words(node)).toMatch(/^.+: .+/);
  });

  test('lists the Markdown of every entry, by addresses that are there', () => {
    const listed = linksIn('/llms.txt');
    expect(listed.filter((href) => href.endsWith('.md')).toSorted()).toEqual(
      entries.map((address) => `${fixtureSite}${address}index.md`).toSorted(),
    );
    expect(listed.filter((href) => !href.startsWith(`${fixtureSite}/`) || !isThere(href))).toEqual([]);
  });
});
