import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { build } from '../fixture-site.ts';
import { body } from '../unit/authoring/cases/body.ts';
import { folderOf, folderWith } from '../unit/authoring/content-folder.ts';

const output = 'node_modules/.cache/author-errors-site';
const env = { SITE_URL: 'https://umbrellas.example.com', NOW: '2026-01-15T12:00:00Z' };

/** Every file of the output, with a digest of its bytes. */
async function digests(): Promise<Record<string, string>> {
  const entries = await readdir(output, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const digest = async (file: string) => [
    file,
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
  ];
  return Object.fromEntries(await Promise.all(files.toSorted().map(digest))) as Record<string, string>;
}

describe('a build that fails after one that was good', () => {
  let good: Record<string, string>;

  beforeAll(async () => {
    const { code, output: said } = await build({ ...env, CONTENT_DIR: 'tests/fixtures/invalid/base' }, output);
    expect(code, said).toBe(0);
    good = await digests();
    expect(Object.keys(good)).toContain(join(output, 'client/episodes/rain-is-a-lead/index.html'));
  });

  test('tells its authors all their mistakes at their places, and leaves the good output as it was', async () => {
    const content = await folderOf('several');
    const { code, output: said } = await build({ ...env, CONTENT_DIR: content }, output);
    const problems = body['several']?.problems ?? [];

    expect(code).not.toBe(0);
    expect(problems.length).toBeGreaterThan(4);
    expect(said).toContain(`${problems.length} mistakes in the content. Nothing was built.`);
    for (const { what, file, line, paste } of problems) {
      expect(said).toContain(what);
      expect(said).toMatch(new RegExp(`in +\\S*${RegExp.escape(`${file}:${line}`)}$`, 'm'));
      if (paste !== undefined) expect(said).toContain(`paste    ${paste}`);
    }
    expect(said).not.toMatch(/^\s+at /m);
    expect(said).not.toContain('Error:');
    expect(await digests()).toEqual(good);
  });

  test('for a site under a path says in words where the site can be', async () => {
    const site = 'https://you.example/podcast';
    const { code, output: said } = await build({ ...env, SITE_URL: site, CONTENT_DIR: await folderOf('base') }, output);
    expect(code).toBe(1);
    expect(said).toContain('SITE_URL has the path /podcast, and the site cannot be under a path');
    expect(said).toContain('\n  SITE_URL=https://podcast.you.example\n');
    expect(said).not.toMatch(/^\s+at /m);
    expect(await digests()).toEqual(good);
  });

  test('names the file of a text whose code fails, as late as it is rendered, and leaves the good output as it was', async () => {
    const late = '---\ntitle: Late\nsummary: It is right until it is run.\n---\n\n{undefined.rain}\n';
    // Astro keeps a cache for each content folder: one name, one cache.
    const content = join(tmpdir(), 'author-errors-late');
    onTestFinished(() => rm(content, { recursive: true }));
    await cp(await folderWith({ 'pages/late.mdx': late }), content, { recursive: true });
    const { code, output: said } = await build({ ...env, CONTENT_DIR: content }, output);

    expect(code).not.toBe(0);
    expect(said).toMatch(
      /rendering \/late\/(?:index\.md)?: .*pages\/late\.mdx:1: The code in this text cannot be run: .*reading 'rain'/,
    );
    expect(said).not.toMatch(/^\s+at .*\.mjs/m);
    expect(await digests()).toEqual(good);
  });
});
