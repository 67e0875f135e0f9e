import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Contents } from '#server/contents.ts';
import { PreparedFiles } from '#server/prepared-files.ts';
import { readSiteFiles } from '#server/site-files.ts';

const files = { 'about/index.html': 'About', 'about/index.html.br': 'Ab', 'subscribe/index.html': 'Subscribe' };

/** A site with all its files in memory, or none; what it answers at once, and undefined where it leaves that to others. */
async function site({ inMemory = true } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'prepared-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const found = await readSiteFiles(folder);
  const contents = new Contents();
  if (inMemory)
    for (const file of found.at.values())
      for (const each of [file, ...Object.values(file.encoded)]) await contents.of(each);
  const prepared = new PreparedFiles(found, contents, { names: ['d-files.example'], local: false }, true);
  return (url: string, headers: IncomingHttpHeaders = {}, method = 'GET') => {
    const all = { host: 'd-files.example', ...headers };
    const headersDistinct = Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [String(value)]]));
    const request = { method, url, headers: all, headersDistinct, httpVersion: '1.1' } as unknown as IncomingMessage;
    let answer: { status: number; headers: Record<string, string>; body: string | undefined } | undefined;
    const response = {
      writeHead(status: number, flat: string[]) {
        const pairs = flat.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), flat[at + 1] ?? '']] : []));
        answer = { status, headers: Object.fromEntries(pairs) as Record<string, string>, body: undefined };
        return { end: (bytes?: Buffer) => answer && (answer.body = bytes?.toString()) };
      },
    };
    const isAnswered = prepared.answer(request, response as unknown as ServerResponse);
    expect(isAnswered).toBe(answer !== undefined);
    return answer;
  };
}

test('a small file in memory is answered at once, as the reader takes it', async () => {
  const ask = await site();
  for (let times = 0; times < 2; times += 1) {
    expect(ask('/about/')).toMatchObject({ status: 200, body: 'About' });
    expect(ask('/about/', { 'accept-encoding': 'gzip, br' })).toMatchObject({
      ...{ status: 200, body: 'Ab' },
      headers: { 'content-encoding': 'br', 'content-length': '2', vary: 'Accept-Encoding' },
    });
    expect(ask('/about/', { 'accept-encoding': 'gzip' })?.headers['content-encoding']).toBeUndefined();
    expect(ask('/about/', {}, 'HEAD')).toMatchObject({ status: 200, headers: { 'content-length': '5' } });
  }
});

test('a reader who has it gets no more than that it is the same', async () => {
  const ask = await site();
  const { headers = {} } = ask('/about/') ?? {};
  expect(ask('/about/', { 'if-none-match': headers['etag'] })).toMatchObject({ status: 304, body: undefined });
  expect(ask('/about/', { 'if-none-match': '"another"' })).toMatchObject({ status: 200 });
});

test.each<[string, string, IncomingHttpHeaders, string?]>([
  ['a form', '/about/', {}, 'POST'],
  ['a part', '/about/', { range: 'bytes=0-1' }],
  ['a tag that has to be right', '/about/', { 'if-match': '"x"' }],
  ['a date that has to be right', '/about/', { 'if-unmodified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }],
  ['another host', '/about/', { host: 'evil.example' }],
  ['no host', '/about/', { host: undefined }],
  ['a query', '/about/?from=x', {}],
  ['another address of the page', '/about', {}],
  ['a landing page, whose views are counted', '/subscribe/', {}],
])('%s is left to who answers all else', async (_what, url, headers, method) => {
  const ask = await site();
  expect(ask(url, headers, method)).toBeUndefined();
});

test('what is not in memory is left to who reads it', async () => {
  const ask = await site({ inMemory: false });
  expect(ask('/about/')).toBeUndefined();
});
