import { mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { Contents } from '#server/contents.ts';
import { sendAnswer } from '#server/send-file.ts';

/** A large file, and a reader's connection that takes no byte before it is read. */
async function scene() {
  const folder = await mkdtemp(join(tmpdir(), 'sent-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'film.mp4');
  const film = Buffer.from(Array.from({ length: 1_000_000 }, (_, at) => at % 251));
  await writeFile(path, film);
  const { size, mtime } = await stat(path);
  const contents = new Contents();
  onTestFinished(() => contents.close());
  const reader = new PassThrough({ highWaterMark: 1 });
  const response = Object.assign(reader, { writeHead: () => reader }) as unknown as ServerResponse;
  const answer = { status: 200, headers: {}, file: { path, size, modified: mtime } };
  const send = (first: number, last: number) => sendAnswer(response, { ...answer, bytes: { first, last } }, contents);
  return { film, path, reader, send };
}

test('a large file is sent as fast as its reader takes it, to its last byte', async () => {
  const { film, reader, send } = await scene();
  const [taken] = await Promise.all([buffer(reader), send(0, film.length - 1)]);
  expect(taken.equals(film)).toBe(true);
});

test('a part of it is that part', async () => {
  const { film, reader, send } = await scene();
  const [taken] = await Promise.all([buffer(reader), send(70_000, 270_000)]);
  expect(taken.equals(film.subarray(70_000, 270_001))).toBe(true);
});

test('a reader who goes away is sent nothing more', async () => {
  const { film, reader, send } = await scene();
  const sent = send(0, film.length - 1);
  reader.once('readable', () => reader.destroy());
  await sent;
  expect(reader.readableLength).toBeLessThan(film.length);
});

test('a file that ends before its last byte is given up', async () => {
  const { film, path, reader, send } = await scene();
  const sent = send(0, film.length - 1);
  reader.once('readable', () => {
    void truncate(path, 500_000).then(() => reader.resume());
  });
  await expect(sent).rejects.toThrow('A file ended before byte 999999');
});
