import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { indexSite } from '#search/site-index.ts';
import { fixtureOutput } from '../fixture-site.ts';
import { SearchPanel } from './search-panel.ts';
import { useSite } from './site.ts';

/** The fixture, with an index as a Pagefind writes it whose files the search does not know. */
const folder = 'node_modules/.cache/plain-index-site';
await rm(folder, { recursive: true, force: true });
await cp(fixtureOutput, folder, { recursive: true });
await rm(join(folder, 'client/pagefind'), { recursive: true });
const warnings: string[] = [];
await indexSite(join(folder, 'client'), { known: '99.', warn: (message) => warnings.push(message) });

afterAll(() => rm(folder, { recursive: true }));
const visit = useSite({ DIST_DIR: folder });

test('a Pagefind that is not known keeps its own files, and the build says so', async () => {
  expect(warnings).toEqual([expect.stringMatching(/^The index is kept as Pagefind wrote it.*Pagefind 1\.6\.\d/)]);
  const entry = await readFile(join(folder, 'client/pagefind/pagefind-entry.json'), 'utf8');
  expect(JSON.parse(entry)).toMatchObject({ version: expect.stringMatching(/^1\.6\./) });
});

test('search finds with it, and sorts by date', async () => {
  const page = await visit();
  await page.goto('/search/?q=fog&kind=Post&kind=Episode&sort=newest');
  const search = new SearchPanel(page);
  await search.results.getByRole('heading').first().waitFor();
  const dates = (await search.labels()).flatMap((label) => /\d+ \w+ \d{4}/.exec(label) ?? []);
  expect(dates.length).toBeGreaterThan(3);
  const times = dates.map((date) => Date.parse(`${date} UTC`));
  expect(times).toEqual(times.toSorted((a, b) => b - a));

  await search.panel.getByRole('combobox', { name: 'Sort by' }).selectOption('best');
  await page.waitForURL((url) => !url.searchParams.has('sort'));
  expect((await search.titles()).length).toBeGreaterThan(3);
});
