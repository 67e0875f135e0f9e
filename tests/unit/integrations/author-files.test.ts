import { createServer } from 'node:http';
import { mkdtemp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { answerFiles } from '../../../src/integrations/author-files.ts';

let folder: string;
let address: string;
const editor = { 'X-Author': 'editor' };

beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'editor-'));
  folder = join(root, 'content');
  await mkdir(join(folder, 'posts/a'), { recursive: true });
  await writeFile(join(folder, 'posts/a/index.mdx'), 'A text.');
  await writeFile(join(folder, '.published.json'), '{}');
  await writeFile(join(root, 'outside.txt'), 'Not for you.');
  await symlink(root, join(folder, 'posts/out'));
  const server = createServer((request, response) => void answerFiles(folder, request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    server.close();
    await rm(root, { recursive: true });
  });
});

test('the editor lists, writes, reads and deletes files of the content', async () => {
  const list = (await (await fetch(`${address}/`, { headers: editor })).json()) as { path: string }[];
  expect(list.map(({ path }) => path)).toEqual(['posts/a/index.mdx']);
  const at = `${address}/posts/b/a%20b.txt`;
  expect((await fetch(at, { method: 'PUT', body: 'New.', headers: editor })).status).toBe(200);
  expect(await readFile(join(folder, 'posts/b/a b.txt'), 'utf8')).toBe('New.');
  expect(await (await fetch(at, { headers: editor })).text()).toBe('New.');
  expect((await fetch(at, { method: 'DELETE', headers: editor })).status).toBe(200);
  expect((await fetch(at, { headers: editor })).status).toBe(404);
});

test('a file is written over the version that was read, and no other', async () => {
  const at = `${address}/posts/a/index.mdx`;
  const write = (body: string, version?: string) =>
    fetch(at, { method: 'PUT', body, headers: { ...editor, ...(version !== undefined && { 'If-Match': version }) } });
  const list = (await (await fetch(`${address}/`, { headers: editor })).json()) as { version: string }[];
  expect((await write('As if it were new.')).status).toBe(412);
  const written = await write('A second text.', list[0]?.version);
  expect(written.status).toBe(200);
  expect((await write('A third text.', list[0]?.version)).status).toBe(412);
  expect((await write('A third text.', written.headers.get('ETag') ?? '')).status).toBe(200);
  await rm(join(folder, 'posts/a/index.mdx'));
  expect((await write('A fourth text.', written.headers.get('ETag') ?? '')).status).toBe(412);
});

describe('nothing is handed out or written', () => {
  test.each([
    ['what is hidden', '/.published.json', editor, 400],
    ['above the folder', '/posts/..%2F..%2Foutside.txt', editor, 400],
    ['with a slash in a name', '/posts%2Fa%2Findex.mdx', editor, 400],
    ['through a link that leads out', '/posts/out/outside.txt', editor, 400],
    ['to a page of another site', '/posts/a/index.mdx', { ...editor, Origin: 'https://example.com' }, 403],
    ['without the header of the editor', '/posts/a/index.mdx', {}, 403],
  ])('%s', async (_, path, headers, status) => {
    expect((await fetch(address + path, { headers: headers as HeadersInit })).status).toBe(status);
    const written = await fetch(address + path, { method: 'PUT', body: 'x', headers: headers as HeadersInit });
    expect(written.status).toBe(status);
    expect(await readFile(join(folder, '../outside.txt'), 'utf8')).toBe('Not for you.');
  });
});
