import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { build } from '../fixture-site.ts';

const output = 'node_modules/.cache/preview-site';
const settings = {
  CONTENT_DIR: 'tests/fixtures/series',
  SITE_URL: 'https://preview.example.com',
  NOW: '2026-01-15T12:00:00Z',
};
const draft = 'episodes/the-gull-wants-equity';

/** A build, with the pages of it that say whether search engines may know them. */
async function built(env: Record<string, string>) {
  const { code, output: said } = await build({ ...settings, ...env }, output);
  expect(code, said).toBe(0);
  const client = join(output, 'client');
  const read = (file: string) => readFile(join(client, file), 'utf8');
  const pages = (await readdir(client, { recursive: true })).filter((file) => file.endsWith('index.html'));
  const texts = await Promise.all(pages.map(read));
  return { said, read, pages, closed: texts.filter((text) => text.includes('content="noindex"')).length };
}

test('a preview has what is not published yet, marked, and is closed to search engines; the next build is as ever', async () => {
  onTestFinished(() => rm(output, { recursive: true, force: true }));
  const preview = await built({ PREVIEW: '1' });
  expect(preview.pages).toContain(`${draft}/index.html`);
  expect(await preview.read(`${draft}/index.html`)).toMatch(/draft/i);
  expect(preview.said).toContain(`Not published yet (draft): https://preview.example.com/${draft}/`);
  expect(await preview.read('robots.txt')).toBe('User-agent: *\nDisallow: /\n');
  expect(preview.closed).toBe(preview.pages.length);

  const site = await built({});
  expect(site.pages).not.toContain(`${draft}/index.html`);
  expect(await site.read('robots.txt')).toContain('Allow: /');
  expect(await site.read('index.html')).not.toContain('noindex');
  expect(site.closed).toBeLessThan(site.pages.length / 2);
});
