import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runCommand, type Run } from '../../fakes/command-context.ts';
import { folderWith } from '../authoring/content-folder.ts';
import { programs } from './programs.ts';

const bucket = 'posts/the-last-bucket/index.mdx';
const guid = 'd-files:posts/the-last-bucket';
const dry = await readFile('tests/fixtures/invalid/base/posts/the-dry-pipeline/index.mdx', 'utf8');
const text = dry.replace('The dry pipeline', 'The last bucket').replace(/aliases:\n.*\n/, '');

/** Runs a command on a content folder as of a fixed day. */
const run = (name: string, contentFolder: string, ...args: string[]): Promise<Run> =>
  runAt('https://drip.example', name, contentFolder, ...args);

async function runAt(site: string, name: string, contentFolder: string, ...args: string[]): Promise<Run> {
  const program = programs.get(name);
  if (!program) throw new Error(`There is no ${name}.`);
  const variables = { CONTENT_DIR: contentFolder, NOW: '2026-01-15T12:00:00Z', SITE_URL: site };
  return runCommand(program, args, variables);
}

/** A folder that is right, with a post that nothing else names. */
const folder = (files: Record<string, string> = {}) => folderWith({ [bucket]: text, ...files });

/** A server on this machine until the test ends. */
async function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('publish-check', () => {
  test('shows what would be new, and that nothing is lost', async () => {
    const { code, output, errors } = await run('publish-check', await folder());
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(/^Adds 4$/m);
    expect(output).toMatch(/^ {2}post +the-last-bucket +2025-02-05 +The last bucket$/m);
    expect(output).toContain('Nothing published is lost.');
  });

  test('ends with another code where something would be lost, and says how to fix it', async () => {
    const content = await folder();
    await run('publish-ledger', content);
    await rm(join(content, bucket));
    const lost = await run('publish-check', content);
    expect(lost.code).toBe(1);
    expect(lost.output).toMatch(/^ {2}post +the-last-bucket +the entry +\/posts\/the-last-bucket\/$/m);
    expect(lost.output).toContain(`npm run publish-ledger -- --forget ${guid}`);
  });

  test('has a series name the prefix of its guids before its first entry is published, and no later', async () => {
    const content = await folder();
    expect((await run('publish-check', content)).output).toContain('  guidPrefix: umbrellas-at-noon\n');
    await run('publish-ledger', content);
    expect((await run('publish-check', content)).output).not.toContain('guidPrefix');

    const show = await readFile('tests/fixtures/invalid/base/show.yaml', 'utf8');
    const named = await folder({ 'show.yaml': `${show}guidPrefix: umbrellas\n` });
    const { output } = await run('publish-check', named, '--json');
    expect(output).toContain('"umbrellas:posts/the-last-bucket"');
    expect((await run('publish-check', named)).output).not.toContain('guidPrefix');
  });

  test('gives the same to programs', async () => {
    const { code, output } = await run('publish-check', await folder(), '--json');
    expect(code).toBe(0);
    const { moment, added, lost } = JSON.parse(output) as { moment: string; added: { guid: string }[]; lost: object[] };
    expect(moment).toBe('2026-01-15T12:00:00.000Z');
    expect(added.map((each) => each.guid)).toContain(guid);
    expect(lost).toEqual([]);
  });
});

describe('content', () => {
  const manyMistakes = () =>
    folder({
      'pages/links.mdx': `---\ntitle: Links\nsummary: Many.\n---\n\n${'[x](/no/)\n\n'.repeat(60)}<Unknown />\n`,
    });

  test('tells many mistakes by their kinds, and all of them if it is asked to', async () => {
    const content = await manyMistakes();
    const { errors, code } = await run('content', content);
    expect(code).toBe(1);
    expect(errors).toContain('61 mistakes in the content, of 2 kinds.');
    expect(errors).toContain('npm run content -- --all');
    expect((await run('content', content, '--all')).errors.match(/leads to no page/g)).toHaveLength(60);
  });

  test('tells those of one kind, and the nearest kind where nothing is called so', async () => {
    const content = await manyMistakes();
    const { errors, code } = await run('content', content, '--only', 'unknown component');
    expect([errors.match(/\n {2}in /g)?.length, code]).toEqual([1, 1]);
    expect(await run('content', content, '--only', 'unknown-componnt')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('--only unknown-component') as string,
    });
  });
});

describe('publish-ledger', () => {
  test('writes the ledger, which a check then holds the content to, until the loss is meant', async () => {
    const content = await folder();
    expect(await run('publish-ledger', content)).toMatchObject({ code: 0 });
    await rm(join(content, bucket));
    expect((await run('content', content)).errors).toContain(guid);

    const again = await run('publish-ledger', content);
    expect(again.code).toBe(1);
    expect(await readFile(join(content, '.published.json'), 'utf8')).toContain(guid);

    expect((await run('publish-ledger', content, '--forget', 'd-files:posts/the-last-bukket')).errors).toContain(
      `Nearest: --forget ${guid}`,
    );
    expect(await run('publish-ledger', content, '--forget', guid)).toMatchObject({ code: 0 });
    expect(await run('content', content)).toMatchObject({ code: 0 });
  });

  test('to forget writes down nothing that is not deployed yet', async () => {
    const content = await folder();
    await run('publish-ledger', content);
    await writeFile(join(content, 'posts/new.mdx'), text.replace('The last bucket', 'New'));
    await run('publish-ledger', content, '--forget', guid);
    const ledger = await readFile(join(content, '.published.json'), 'utf8');
    expect(ledger).not.toContain('d-files:posts/new');
    expect(ledger).not.toContain(guid);
    expect(ledger).toContain('d-files:posts/the-dry-pipeline');
  });

  test('forgets several at once, or none where one is not there', async () => {
    const content = await folder();
    await run('publish-ledger', content);
    const other = 'd-files:posts/the-dry-pipeline';
    expect(await run('publish-ledger', content, '--forget', guid, '--forget', `${other}x`)).toMatchObject({ code: 1 });
    expect(await readFile(join(content, '.published.json'), 'utf8')).toContain(guid);
    expect(await run('publish-ledger', content, '--forget', guid, `--forget=${other}`)).toMatchObject({ code: 0 });
    const ledger = await readFile(join(content, '.published.json'), 'utf8');
    for (const each of [guid, other]) expect(ledger).not.toContain(`"${each}"`);
  });

  test('never writes over a ledger that it cannot read', async () => {
    const content = await folder({ '.published.json': 'oops' });
    for (const args of [[], ['--forget', guid]]) {
      const { code, errors } = await run('publish-ledger', content, ...args);
      expect(code).toBe(1);
      expect(errors).toContain('The ledger is not JSON');
    }
    expect(await readFile(join(content, '.published.json'), 'utf8')).toBe('oops');
  });
});

describe('check-media', () => {
  const umbrella = 'episodes/the-umbrella-says-no/index.mdx';
  const withRecording = async (address: string) => {
    const old = await readFile(`tests/fixtures/invalid/base/${umbrella}`, 'utf8');
    const audio = `audio:\n  url: ${address}\n  bytes: 14\n  type: audio/mpeg\n  duration: 60\n`;
    return folder({ [umbrella]: old.replace('hosts:', `${audio}hosts:`) });
  };
  const host = (length: number) =>
    served((request, response) => {
      const head = { 'Content-Type': 'audio/mpeg', 'Content-Length': String(length) };
      if (request.method === 'HEAD') response.writeHead(200, head).end();
      else response.writeHead(206, { 'Content-Range': `bytes 0-1/${length}`, 'Content-Length': '2' }).end('ID');
    });

  test('tells each recording as it is looked at, and is content with what is right', async () => {
    const { code, output } = await run('check-media', await withRecording(`${await host(14)}/no.mp3`));
    expect(code).toBe(0);
    expect(output).toMatch(/✓ 1\/1 {2}the-umbrella-says-no {2}audio/);
    expect(output).toContain('https is recommended');
  });

  test('has a line to paste for what is wrong', async () => {
    const { code, errors } = await run('check-media', await withRecording(`${await host(15)}/no.mp3`));
    expect(code).toBe(1);
    expect(errors).toContain('has 15 bytes, and not 14');
    expect(errors).toMatch(/the-umbrella-says-no\/index\.mdx:\d+\n/);
    expect(errors).toMatch(/paste +bytes: 15$/m);
  });

  test('has nothing to do where no recording is elsewhere', async () => {
    expect(await run('check-media', await folder())).toMatchObject({ code: 0 });
  });
});

describe('websub', () => {
  test('says how it is used', async () => {
    const { code, errors } = await run('websub', await folder());
    expect(code).toBe(2);
    expect(errors).toContain('SITE_URL=https://your.site npm run websub -- ping');
  });

  test('reports no feeds of a site under a path, where they are not', async () => {
    const { code, errors } = await runAt('https://drip.example/podcast', 'websub', await folder(), 'ping');
    expect(code).toBe(2);
    expect(errors).toContain('SITE_URL has the path /podcast');
    expect(errors).toContain('SITE_URL=https://podcast.drip.example npm run websub -- ping');
  });

  test('tells nobody where the show names no hub', async () => {
    const { code, output } = await run('websub', await folder(), 'ping');
    expect(code).toBe(0);
    expect(output).toContain('names no hub');
  });

  test('tells the hub of the feeds of a new post, by the address of the site, or only says so', async () => {
    const told: string[] = [];
    const hub = await served((request, response) => {
      request.on('data', (chunk: Buffer) => told.push(new URLSearchParams(chunk.toString()).get('hub.url') ?? ''));
      request.on('end', () => response.writeHead(204).end());
    });
    const show = await readFile('tests/fixtures/invalid/base/show.yaml', 'utf8');
    const content = await folder({ 'show.yaml': `${show}podcast:\n  hub: ${hub}/\n` });
    await run('publish-ledger', content);
    await writeFile(join(content, 'posts/new.mdx'), text.replace('The last bucket', 'New'));

    const dry = await run('websub', content, 'ping', '--dry-run');
    expect(dry.output).toContain('would report https://drip.example/rss.xml');
    expect(told).toEqual([]);
    const { code, output } = await run('websub', content, 'ping');
    expect(code).toBe(0);
    expect(output).toContain('✓ https://drip.example/rss.xml  204 No Content');
    expect(told).toContain('https://drip.example/people/ada-drizzle/rss.xml');
    expect(told).not.toContain('https://drip.example/people/otto-brolly/rss.xml');
  });
});
