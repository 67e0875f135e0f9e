import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
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
    const { origin, editions, lines } = await serveEditions(folder);
    expect(await text(origin, '/')).toContain('Build first');
    await build(folder, 'second');
    await editions.renew();
    expect(lines.filter((line) => line === 'The site was built anew; the new build is served')).toHaveLength(1);
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
    let now = 0;
    const { editions, taken } = await serveEditions(folder, { now: () => now });
    await build(folder, 'second', { 'gated/site.json': JSON.stringify({ ...described, title: 'Another title' }) });
    await editions.renew();
    expect(taken).toEqual(['Another title']);
    // Nothing is read again as long as nothing is built.
    now += 60_000;
    await editions.renew();
    expect(taken).toEqual(['Another title']);
  });

  test('is looked at five times, with a pause between, until it can be read', async () => {
    const folder = await builtSite();
    let pauses = 0;
    let comes = Infinity;
    const editions = await editionsOf(folder, {
      pause: async () => {
        pauses += 1;
        if (pauses === comes) await build(folder, 'whole');
      },
    });
    await build(folder, 'broken', { 'server/entry.mjs': 'This is no module' });
    await editions.renew();
    expect([pauses, editions.failure]).toEqual([4, expect.stringContaining('The new build cannot be served')]);
    await editions.renew();
    // What could not be read is read again when it is another.
    expect(pauses).toBe(4);
    await build(folder, 'another', { 'server/entry.mjs': 'This is none either' });
    comes = 8;
    await editions.renew();
    expect([pauses, editions.failure]).toEqual([8, undefined]);
  });

  test('that changes while it is read is read again, and taken up once it is whole', async () => {
    const folder = await builtSite();
    const lines: string[] = [];
    const taken: string[] = [];
    const editions = await editionsOf(folder, { lines, taken });
    // As a copy over a network does, whose files come one after the other.
    const copying = `
      import { writeFileSync } from 'node:fs';
      writeFileSync(${JSON.stringify(join(folder, 'gated/site.json'))}, ${JSON.stringify(JSON.stringify({ ...described, title: 'Whole' }))});`;
    await build(folder, 'second', { 'server/chunks/copying.mjs': copying });
    await editions.renew();
    await editions.renew();
    expect(taken).toEqual(['Whole']);
    expect(lines).toEqual(['The site was built anew; the new build is served']);
  });

  test('that is copied over the last one, file by file, is taken up like any', async () => {
    const folder = await builtSite();
    const { origin, editions } = await serveEditions(folder);
    expect(await text(origin, '/confirm/?token=x')).toBe('200 Page of first');
    await writeFile(join(folder, 'server/chunks/page_copied.mjs'), `export const text = 'Page of a copy';`);
    await writeFile(
      join(folder, 'server/entry.mjs'),
      `import { text } from './chunks/page_copied.mjs'; export const handler = (_request, response) => response.end(text);`,
    );
    await editions.renew();
    expect(await text(origin, '/confirm/?token=x')).toBe('200 Page of a copy');
  });

  test('that cannot be served is forgotten where the last one is put back', async () => {
    const folder = await builtSite();
    const { editions } = await serveEditions(folder);
    const entry = join(folder, 'server/entry.mjs');
    await rename(entry, `${entry}.kept`);
    await writeFile(entry, 'This is no module');
    await editions.renew();
    expect(editions.failure).toContain('The new build cannot be served');
    await rename(`${entry}.kept`, entry);
    await editions.renew();
    expect(editions.failure).toBeUndefined();
  });

  test('starts no server of its own, and does not decide what becomes of errors', async () => {
    const folder = await builtSite();
    const listeners = process.listeners('unhandledRejection');
    onTestFinished(() => {
      for (const each of listeners) process.on('unhandledRejection', each);
    });
    const starting = `
      if (process.env.ASTRO_NODE_AUTOSTART !== 'disabled') throw new Error('It starts');
      process.on('unhandledRejection', () => {});
      export const handler = (_request, response) => response.end('Made');`;
    await build(folder, 'second', { 'server/entry.mjs': starting });
    const { origin } = await serveEditions(folder);
    expect(await text(origin, '/confirm/?token=x')).toBe('200 Made');
    expect(process.listenerCount('unhandledRejection')).toBe(0);
  });

  test('has a file that was changed by hand read again, and says so where it is gone', async () => {
    const folder = await builtSite();
    let now = 1_000_000;
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
