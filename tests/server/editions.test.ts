import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { stagedOutput } from '../../src/integrations/staged-output.ts';
import { site as described } from '../fakes/site.ts';
import { editionsOf, serveEditions } from './served-editions.ts';

/** Puts a small site into `folder` as builds do: all at once, in place of the last one. */
async function build(folder: string, name: string, files: Record<string, string> = {}): Promise<void> {
  const { 'astro:config:setup': setUp, 'astro:build:done': done } = stagedOutput().hooks;
  let staging = '';
  const updateConfig = ({ outDir }: { outDir: URL }) => (staging = decodeURIComponent(outDir.pathname));
  await setUp?.({ command: 'build', config: { outDir: pathToFileURL(`${folder}/`) }, updateConfig } as never);
  const all = {
    'client/index.html': `<h1>Build ${name}</h1><script src="/_astro/site.${name}.js"></script>`,
    'client/about/index.html': `<h1>About ${name}</h1>`,
    [`client/_astro/site.${name}.js`]: `// ${name}`,
    'gated/site.json': JSON.stringify(described),
    'server/entry.mjs': `export const handler = async (request, response) => (await import('./chunks/page_${name}.mjs')).answer(response);`,
    [`server/chunks/page_${name}.mjs`]: `export const answer = (response) => response.end('Page of ${name}');`,
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    await mkdir(dirname(join(staging, path)), { recursive: true });
    await writeFile(join(staging, path), content);
  }
  await done?.({ logger: { info: () => {} } } as never);
}

async function builtSite(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'editions-'));
  onTestFinished(() => rm(parent, { recursive: true }));
  const folder = join(parent, 'dist');
  await build(folder, 'first');
  return folder;
}

const text = async (origin: string, path: string) => {
  const answer = await fetch(origin + path);
  return `${answer.status} ${await answer.text()}`;
};

describe('a new build beside the running server', () => {
  test('is served whole from the next request on, with what pages of the last one load', async () => {
    const folder = await builtSite();
    const { origin, editions } = await serveEditions(folder);
    expect(await text(origin, '/')).toContain('Build first');
    await build(folder, 'second');
    await editions.renew();
    expect(await text(origin, '/')).toContain('Build second');
    expect(await text(origin, '/about/')).toBe('200 <h1>About second</h1>');
    expect(await text(origin, '/confirm/?token=x')).toBe('200 Page of second');
    expect(await text(origin, '/_astro/site.second.js')).toBe('200 // second');
    expect(await text(origin, '/_astro/site.first.js')).toBe('200 // first');
  });

  test('is taken up by the request that meets it first', async () => {
    const folder = await builtSite();
    const { origin } = await serveEditions(folder);
    await build(folder, 'second');
    expect(await text(origin, '/')).toContain('Build second');
  });

  test('lets the last one answer what it makes on demand, as long as nobody has seen it', async () => {
    const folder = await builtSite();
    const { origin } = await serveEditions(folder);
    await build(folder, 'second');
    expect(await text(origin, '/confirm/?token=x')).toBe('200 Page of first');
  });

  test('loses no request, and mixes no two builds, of ten under load', async () => {
    const folder = await builtSite();
    const { origin, editions } = await serveEditions(folder);
    const wrong: string[] = [];
    let answered = 0;
    const over = new AbortController();
    const reader = async () => {
      while (!over.signal.aborted) {
        const page = await text(origin, '/');
        const name = /Build (\w+)/.exec(page)?.[1] ?? '';
        const [script, made] = [await text(origin, `/_astro/site.${name}.js`), await text(origin, '/confirm/?token=x')];
        if (script !== `200 // ${name}` || !made.startsWith('200 Page of')) wrong.push(page, script, made);
        answered += 1;
      }
    };
    const readers = Array.from({ length: 8 }, reader);
    for (let n = 1; n <= 10; n += 1) {
      const before = answered;
      await build(folder, `n${n}`);
      if (n % 2 === 0) await editions.renew();
      await vi.waitUntil(() => answered >= before + 16, { timeout: 20_000 });
    }
    over.abort();
    await Promise.all(readers);
    expect(wrong).toEqual([]);
    expect(await text(origin, '/')).toContain('Build n10');
  });

  test('that is broken, or another site’s, is told and not served; the next one that is right is', async () => {
    const folder = await builtSite();
    const { origin, editions, lines } = await serveEditions(folder);
    await build(folder, 'broken', { 'server/entry.mjs': 'This is no module' });
    await editions.renew();
    expect(await text(origin, '/confirm/?token=x')).toBe('200 Page of first');
    expect(editions.failure).toContain('The new build cannot be served');
    await editions.renew();
    expect(lines.filter((line) => line.includes('cannot be served'))).toHaveLength(1);
    await build(folder, 'moved', {
      'gated/site.json': JSON.stringify({ ...described, url: 'https://other.example/' }),
    });
    await editions.renew();
    expect(editions.failure).toContain('https://other.example/');
    await build(folder, 'right');
    await editions.renew();
    expect(editions.failure).toBeUndefined();
    expect(await text(origin, '/')).toContain('Build right');
  });

  test('tells forms and mails of its whitepapers and wordings before it is served', async () => {
    const folder = await builtSite();
    const { editions, taken } = await serveEditions(folder);
    await build(folder, 'second', { 'gated/site.json': JSON.stringify({ ...described, title: 'Another title' }) });
    await editions.renew();
    expect(taken).toEqual(['Another title']);
  });

  test('has a file that was changed by hand read again, and says so where it is gone', async () => {
    const folder = await builtSite();
    let now = 0;
    const { origin, lines } = await serveEditions(folder, { now: () => now });
    await writeFile(join(folder, 'client/about/index.html'), 'Changed by hand');
    expect(await text(origin, '/about/')).toContain('503 ');
    now += 1000;
    expect(await text(origin, '/about/')).toBe('200 Changed by hand');
    await rm(join(folder, 'client/about/index.html'));
    now += 1000;
    expect((await text(origin, '/about/')).slice(0, 3)).toBe('200');
    expect(lines.join()).toContain('A file is not what its build made of it');
  });
});

test('hashed files of earlier builds go after a month', async () => {
  vi.useFakeTimers({ now: new Date('2026-01-01'), toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const folder = await builtSite();
  await build(folder, 'second');
  const isServed = async (name: string) => (await editionsOf(folder)).current.files.at.has(`/_astro/site.${name}.js`);
  vi.setSystemTime(new Date('2026-01-20'));
  await build(folder, 'third');
  expect([await isServed('first'), await isServed('second'), await isServed('third')]).toEqual([true, true, true]);
  vi.setSystemTime(new Date('2026-02-10'));
  await build(folder, 'third');
  expect([await isServed('first'), await isServed('second'), await isServed('third')]).toEqual([false, true, true]);
});
