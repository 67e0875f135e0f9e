import { readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { build } from '../fixture-site.ts';
import { folderWith } from '../unit/authoring/content-folder.ts';

const output = 'node_modules/.cache/edition-site';

/** A build in a process that loads a fake first. */
async function buildWith(fake: string, env: Record<string, string>): Promise<void> {
  onTestFinished(() => rm(output, { recursive: true, force: true }));
  const preloaded = { NODE_OPTIONS: `--import ${resolve('tests/fakes', fake)}` };
  const { code, output: said } = await build(
    { SITE_URL: 'https://umbrellas.example.com', ...preloaded, ...env },
    output,
  );
  expect(code, said).toBe(0);
}

test('a build lists the content folder once, and reads what its authors wrote once', async () => {
  const content = await folderWith({ '.published.json': '{ "entries": {} }' });
  const readings = join(content, '.readings');
  await buildWith('counted-readings.mjs', { CONTENT_DIR: content, NOW: '2026-01-15T12:00:00Z', READINGS: readings });

  const lines = (await readFile(readings, 'utf8')).trim().split('\n');
  const times = (line: string) => lines.filter((each) => each === line).length;
  expect(lines.filter((line) => line.startsWith('readdir'))).toEqual(['readdir ']);
  for (const file of ['show.yaml', 'topics.yaml', '.published.json']) expect(times(`readFile ${file}`), file).toBe(1);
});

test('a build has one moment, however long it takes: what falls due meanwhile is nowhere', async () => {
  const dry = await readFile('tests/fixtures/invalid/base/posts/the-dry-pipeline/index.mdx', 'utf8');
  // One for each ten days of the year: wherever the clock stood when it was asked, some are due and some are not.
  const dates = Array.from({ length: 36 }, (_, i) => new Date(Date.UTC(2026, 0, 5 + 10 * i)).toISOString());
  const posts = dates.map((date, i): [string, string] => [
    `posts/post-${i}/index.mdx`,
    dry.replace(/aliases:\n.*\n/, '').replace(/publishedAt: .*/, `publishedAt: ${date}`),
  ]);
  await buildWith('moving-clock.mjs', { CONTENT_DIR: await folderWith(Object.fromEntries(posts)) });

  const pages = await readdir(join(output, 'client/posts'));
  const known = JSON.parse(await readFile(join(output, 'gated/site.json'), 'utf8')) as { entries: { url: string }[] };
  const feed = await readFile(join(output, 'client/posts/rss.xml'), 'utf8');
  const built = pages.filter((name) => name.startsWith('post-')).toSorted();
  expect(built.length).toBeGreaterThan(0);
  expect(built.length).toBeLessThan(posts.length);
  const told = known.entries.flatMap(({ url }) => /^\/posts\/(post-\d+)\//.exec(url)?.[1] ?? []);
  expect(told.toSorted()).toEqual(built);
  for (const name of built.slice(0, 20)) expect(feed).toContain(`/posts/${name}/`);
});
