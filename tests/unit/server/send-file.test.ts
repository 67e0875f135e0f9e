import { once } from 'node:events';
import { mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Duplex, duplexPair } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { Contents } from '#server/contents.ts';
import { sendAnswer } from '#server/send-file.ts';

/** A large file, and a reader's connection that takes no byte before it is read, and says so then. */
async function scene() {
  const folder = await mkdtemp(join(tmpdir(), 'sent-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'film.mp4');
  const film = Buffer.from(Array.from({ length: 1_000_000 }, (_, at) => at % 251));
  await writeFile(path, film);
  const { size, mtime } = await stat(path);
  const contents = new Contents();
  onTestFinished(() => contents.close());
  const connection = () => {
    const [sender, reader] = duplexPair({ highWaterMark: 1 });
    const response = Object.assign(sender, { writeHead: () => sender }) as unknown as ServerResponse;
    const answer = { status: 200, headers: {}, file: { path, size, modified: mtime } };
    const send = (first: number, last: number) => sendAnswer(response, { ...answer, bytes: { first, last } }, contents);
    return { reader, response, send };
  };
  return { film, path, connection, ...connection() };
}

/** What comes, as it was when it came: memory that was sent may be used again. */
async function taken(reader: Duplex): Promise<Buffer> {
  const parts: Buffer[] = [];
  reader.on('data', (part: Buffer) => parts.push(Buffer.from(part)));
  await once(reader, 'end');
  return Buffer.concat(parts);
}

test('a large file is sent as fast as its reader takes it, to its last byte', async () => {
  const { film, reader, send } = await scene();
  const [all] = await Promise.all([taken(reader), send(0, film.length - 1)]);
  expect(all.equals(film)).toBe(true);
});

test('a part of it is that part', async () => {
  const { film, reader, send } = await scene();
  const [part] = await Promise.all([taken(reader), send(70_000, 270_000)]);
  expect(part.equals(film.subarray(70_000, 270_001))).toBe(true);
});

test('what a reader has not taken yet stays as it is while others are sent the same file', async () => {
  const { film, reader, send, connection } = await scene();
  const slow = send(0, film.length - 1);
  await once(reader, 'readable');
  const others = [connection(), connection(), connection()].map(async (other) => {
    const [part] = await Promise.all([taken(other.reader), other.send(100_000, film.length - 1)]);
    return part.equals(film.subarray(100_000));
  });
  expect(await Promise.all(others)).toEqual([true, true, true]);
  const [all] = await Promise.all([taken(reader), slow]);
  expect(all.equals(film)).toBe(true);
});

test('a reader who goes away is sent nothing more', async () => {
  const { film, reader, response, send } = await scene();
  const sent = send(0, film.length - 1);
  reader.once('readable', () => response.destroy());
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
