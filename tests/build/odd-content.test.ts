import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parseHTML } from 'linkedom';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readEdition } from '#authoring/edition.ts';
import { problemReport } from '#authoring/problem.ts';
import { checkEdition } from '#publishing/check.ts';
import { serveFixture } from '../e2e/site.ts';
import { build } from '../fixture-site.ts';
import { type OddEntry, oddEntries, oddShow, oddTopics } from './odd-content.ts';

/** How many entries are tried in all, at most so many in a build; another seed makes others. */
const runs = Number(process.env['PROPERTY_RUNS'] ?? 120);
const firstSeed = Number(process.env['PROPERTY_SEED'] ?? 1);
const most = 150;
const seeds = Array.from({ length: Math.ceil(runs / most) }, (_, i) => firstSeed + i);

// Astro keeps a cache for each content folder: one name, one cache.
const content = join(tmpdir(), 'odd-content');
const output = 'node_modules/.cache/odd-content-site';
const site = 'https://umbrellas.example.com';
const now = '2026-01-15T12:00:00Z';

afterAll(() => rm(content, { recursive: true, force: true }));

describe('what the check passes, builds; what it builds, answers', () => {
  test.each(seeds)('with the entries of PROPERTY_SEED=%d', { timeout: 10 * 60_000 }, async (seed) => {
    const kept = await writeWithoutMistakes(seed, await oddEntries(seed, Math.min(runs, most)));
    expect(kept.length).toBeGreaterThan(0);

    const built = await build({ SITE_URL: site, NOW: now, CONTENT_DIR: content }, output);
    expect(built.code, built.output).toBe(0);

    const addresses = await addressesOfSite();
    for (const { collection, slug, isDraft } of kept)
      if (!isDraft) addresses.add(collection === 'pages' ? `/${slug}/` : `/${collection}/${slug}/`);
    expect(await unanswered(addresses)).toEqual([]);
  });
});

/** Writes the content folder; the entries in which the check finds mistakes are taken out until it finds none. */
async function writeWithoutMistakes(seed: number, entries: OddEntry[]): Promise<OddEntry[]> {
  await rm(content, { recursive: true, force: true });
  await cp('tests/fixtures/invalid/base', content, { recursive: true });
  for (const { name, content: text } of entries.flatMap(({ files }) => files)) {
    await mkdir(join(content, dirname(name)), { recursive: true });
    await writeFile(join(content, name), text);
  }
  const show = await readFile(join(content, 'show.yaml'), 'utf8');
  await writeFile(join(content, 'show.yaml'), oddShow(seed, parse(show) as Record<string, unknown>));
  const topics = parse(await readFile(join(content, 'topics.yaml'), 'utf8')) as Record<string, unknown>;
  const writeTopics = (isPlain: boolean) => writeFile(join(content, 'topics.yaml'), oddTopics(seed, topics, isPlain));
  await writeTopics(false);
  let kept = entries;
  for (;;) {
    const problems = await mistakes();
    if (problems.length === 0) return kept;
    const wrong = new Set(problems.map(({ file }) => relative(content, resolve(file))));
    const isWrong = ({ path }: OddEntry) => [...wrong].some((file) => file === path || file.startsWith(`${path}/`));
    if (wrong.delete('topics.yaml')) {
      await writeTopics(true);
      continue;
    }
    const removed = kept.filter(isWrong);
    if (wrong.has('show.yaml')) await writeFile(join(content, 'show.yaml'), show);
    // A mistake of nobody would be there for good.
    else expect(removed.length, problemReport(problems)).toBeGreaterThan(0);
    for (const { path } of removed) await rm(join(content, path), { recursive: true });
    kept = kept.filter((entry) => !isWrong(entry));
  }
}

async function mistakes() {
  const clock = { now: new Date(now), preview: false };
  const edition = await readEdition({ path: content, clock, publicFolder: resolve('public') });
  return (await checkEdition(edition)).problems;
}

/** Every address of the site that its pages, feeds and lists name, as paths; each file must be well formed. */
async function addressesOfSite(): Promise<Set<string>> {
  const addresses = new Set<string>();
  const root = join(output, 'client');
  for (const file of await readdir(root, { recursive: true })) {
    const read = () => readFile(join(root, file), 'utf8');
    const base = `${site}/${file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')}`;
    const add = (address: string) => {
      const url = URL.parse(address.trim(), base);
      if (url?.origin === site) addresses.add(url.pathname + url.search);
    };
    if (file.startsWith('pagefind')) continue;
    if (file.endsWith('.html')) addressesOfPage(await read(), add);
    else if (/\.(?:xml|svg)$/.test(file) && !file.includes('_astro/')) {
      const xml = await read();
      expect([file, XMLValidator.validate(xml)]).toEqual([file, true]);
      expect(
        /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(xml),
        `a character that is not of XML in ${file}`,
      ).toBeNull();
      addressesIn(new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(xml), add);
    } else if (/\.(?:json|webmanifest)$/.test(file)) addressesIn(JSON.parse(await read()), add);
  }
  return addresses;
}

/** The addresses among the texts of a feed or a JSON file, and in the HTML in them. */
function addressesIn(part: unknown, add: (address: string) => void): void {
  if (typeof part === 'object' && part !== null) for (const each of Object.values(part)) addressesIn(each, add);
  if (typeof part !== 'string') return;
  if (part.startsWith(`${site}/`) && !/\s/.test(part)) add(part);
  else if (part.includes('<')) addressesOfPage(part, add);
}

function addressesOfPage(html: string, add: (address: string) => void): void {
  const { document } = parseHTML(`<!doctype html>${html.replace(/^<!doctype html>/i, '')}`);
  for (const element of document.querySelectorAll('[href], [src], [srcset], [poster], meta[content]')) {
    for (const name of ['href', 'src', 'poster']) if (element.hasAttribute(name)) add(element.getAttribute(name) ?? '');
    for (const part of element.getAttribute('srcset')?.split(/,\s+/) ?? []) add(part.replace(/\s+\S+$/, ''));
    const meta = element.getAttribute('content');
    if (meta?.startsWith(`${site}/`)) add(meta);
  }
  for (const script of document.querySelectorAll('script[type="application/ld+json"]'))
    addressesIn(JSON.parse(script.textContent), add);
}

/** What the server does not answer with 200, with the status that it sends. */
async function unanswered(addresses: ReadonlySet<string>): Promise<string[]> {
  const served = await serveFixture({ DIST_DIR: output });
  const wrong: string[] = [];
  try {
    for (const address of addresses) {
      const { status } = await fetch(served.origin + address, { method: 'HEAD' });
      // The page for lost links is an answer to them alone.
      if (status !== 200 && !isUnaddressed(address)) wrong.push(`${status} ${address}`);
    }
  } finally {
    await served.stop();
  }
  return wrong;
}

/** Pages that the server sends where something else was asked for, and has no address for. */
const isUnaddressed = (address: string) => /^\/(404\.html|forms\/failed\/(index\.html)?)$/.test(address);
