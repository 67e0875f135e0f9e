import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readEdition } from '#authoring/edition.ts';
import { problemReport } from '#authoring/problem.ts';
import { checkEdition } from '#publishing/check.ts';
import { build } from '../fixture-site.ts';
import { addressesOfSite, unanswered } from './whole-site.ts';
import { brokenPageRules } from './page-rules.ts';
import { siteIn } from './site-in.ts';
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

    const made = siteIn(output, site);
    const addresses = await addressesOfSite(made);
    for (const { collection, slug, isDraft } of kept)
      if (!isDraft) addresses.add(collection === 'pages' ? `/${slug}/` : `/${collection}/${slug}/`);
    expect(await unanswered(made, addresses)).toEqual([]);
    const broken = await brokenPageRules(made);
    // Tags that an author writes are the author's, with their attributes and ids.
    for (const says of ['is valid HTML', 'has no id twice']) broken.delete(says);
    expect([...broken.values()].flat()).toEqual([]);
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
