import { mkdtemp, open, readdir, readlink, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Contents } from '#server/contents.ts';
import { FileChanged, OpenFiles } from '#server/open-files.ts';
import type { StoredFile } from '#server/site-files.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'contents-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

/** Files of so many bytes each, as the server finds them when it starts. */
async function files(sizes: number[]): Promise<StoredFile[]> {
  const inside = await folder();
  return Promise.all(
    sizes.map(async (size, number) => {
      const path = join(inside, String(number));
      const file = await open(path, 'w');
      // Without blocks on the disk, however long.
      await file.truncate(size);
      await file.close();
      return { path, size, modified: (await stat(path)).mtime };
    }),
  );
}

const kilobytes = 1024;

describe('files in memory', () => {
  it('are those that were asked for last, within the budget', async () => {
    const [one, two, three] = (await files([4, 4, 4].map((each) => each * kilobytes))) as [
      StoredFile,
      StoredFile,
      StoredFile,
    ];
    const contents = new Contents(10 * kilobytes);
    const inMemory = () => [one, two, three].map((file) => contents.peek(file) !== undefined);
    await contents.of(one);
    await contents.of(two);
    expect(inMemory()).toEqual([true, true, false]);
    // Whoever looks at a file asks for it: now the second is the one that waits longest.
    contents.peek(one);
    await contents.of(three);
    expect(inMemory()).toEqual([true, false, true]);
  });

  it('are still so many after thousands were forgotten', async () => {
    const all = await files(Array(20).fill(4 * kilobytes));
    const contents = new Contents(10 * kilobytes);
    for (let round = 0; round < 10; round += 1) for (const file of all) await contents.of(file);
    expect(all.filter((file) => contents.peek(file))).toEqual(all.slice(-2));
  });

  it('are counted once where several ask for one at the same time', async () => {
    const [one, two] = (await files([4 * kilobytes, 4 * kilobytes])) as [StoredFile, StoredFile];
    const contents = new Contents(10 * kilobytes);
    await Promise.all(Array.from({ length: 8 }, () => contents.of(one)));
    await contents.of(two);
    expect([one, two].map((file) => contents.peek(file) !== undefined)).toEqual([true, true]);
  });

  it('are read again when they were forgotten, and only then', async () => {
    const [one, two] = (await files([4 * kilobytes, 8 * kilobytes])) as [StoredFile, StoredFile];
    const contents = new Contents(10 * kilobytes);
    const tag = await contents.etag(one);
    await rm(one.path);
    await contents.of(one);
    await contents.of(two);
    await expect(contents.of(one)).rejects.toThrow(FileChanged);
    expect(await contents.etag(one)).toBe(tag);
  });

  it('are never recordings: their tag needs no look at the disk, and their bytes stay there', async () => {
    const [film] = (await files([8 * 1024 ** 3])) as [StoredFile];
    const contents = new Contents();
    const content = await contents.of(film);
    if (!('handle' in content)) throw new Error('It was read');
    content.release();
    contents.close();
    expect(contents.peek(film)).toBeUndefined();
    await rm(film.path);
    expect(await contents.etag(film)).toMatch(/^"[\w-]+"$/);
  });

  it('fill the budget to its last byte', async () => {
    const all = await files(Array(2).fill(4 * kilobytes));
    // Each weighs what its headers do as well.
    const contents = new Contents(2 * 5 * kilobytes);
    for (const file of all) await contents.of(file);
    expect(all.filter((file) => contents.peek(file))).toEqual(all);
    const short = new Contents(2 * 5 * kilobytes - 1);
    for (const file of all) await short.of(file);
    expect(all.filter((file) => short.peek(file))).toEqual(all.slice(1));
  });

  it('are as long as a quarter of a megabyte', async () => {
    const [most, more] = (await files([256 * kilobytes, 256 * kilobytes + 1])) as [StoredFile, StoredFile];
    const contents = new Contents();
    const tags = [await contents.etag(most), await contents.etag(more)];
    expect([contents.peek(most), contents.peek(more)]).toEqual([expect.objectContaining({ etag: tags[0] }), undefined]);
    const content = await contents.of(more);
    expect('handle' in content).toBe(true);
    if ('handle' in content) content.release();
    contents.close();
  });

  it('are weighed with their headers: files without a byte have their bound too', async () => {
    const all = await files(Array(50).fill(0));
    const contents = new Contents(10 * kilobytes);
    for (const file of all) await contents.of(file);
    expect(all.filter((file) => contents.peek(file)).length).toBeLessThanOrEqual(10);
  });
});

describe('open files', () => {
  const first = async (file: { handle: { read(options: object): Promise<{ bytesRead: number }> } }) =>
    (await file.handle.read({ buffer: Buffer.alloc(1), position: 0 })).bytesRead;

  it('are so many at most, and one in use stays open until it is released', async () => {
    const all = await files(Array(5).fill(1000));
    const open = new OpenFiles(2);
    const used = await Promise.all(all.map((file) => open.use(file)));
    expect(open.size).toBe(2);
    for (const each of used) expect(await first(each)).toBe(1);
    for (const { release } of used) release();
    expect(open.size).toBe(2);
    open.close();
    expect(open.size).toBe(0);
  });

  it('are closed when they are forgotten, those in use once they are released', async () => {
    const [one, two, three] = (await files(Array(3).fill(1000))) as [StoredFile, StoredFile, StoredFile];
    const open = new OpenFiles(1);
    const [unused, used] = [await open.use(one), await open.use(two)];
    expect(unused.handle.fd).toBeGreaterThan(0);
    unused.release();
    await vi.waitFor(() => expect(unused.handle.fd).toBe(-1));
    (await open.use(three)).release();
    expect(await first(used)).toBe(1);
    used.release();
    await vi.waitFor(() => expect(used.handle.fd).toBe(-1));
    open.close();
  });

  it('are closed unused where another one takes their place, or all are let go of', async () => {
    const [one, two] = (await files(Array(2).fill(1000))) as [StoredFile, StoredFile];
    const open = new OpenFiles(1);
    const before = await open.use(one);
    before.release();
    const next = await open.use(two);
    await vi.waitFor(() => expect(before.handle.fd).toBe(-1));
    next.release();
    open.close();
    await vi.waitFor(() => expect(next.handle.fd).toBe(-1));
  });

  it('are opened once for all who ask', async () => {
    const [file] = (await files([1000])) as [StoredFile];
    const open = new OpenFiles();
    const used = await Promise.all(Array.from({ length: 5 }, () => open.use(file)));
    expect(new Set(used.map(({ handle }) => handle)).size).toBe(1);
    for (const { release } of used.slice(1)) release();
    open.close();
    expect(await first(used[0]!)).toBe(1);
    used[0]?.release();
    await vi.waitFor(() => expect(used[0]?.handle.fd).toBe(-1));
  });

  // Elsewhere a process cannot say what it has open.
  it.runIf(process.platform === 'linux')('are not open twice where several ask at once', async () => {
    const [file] = (await files([1000])) as [StoredFile];
    const open = new OpenFiles();
    const used = await Promise.all(Array.from({ length: 5 }, () => open.use(file)));
    const isOpen = async (fd: string) => (await readlink(`/proc/self/fd/${fd}`).catch(() => '')) === file.path;
    const fds = await readdir('/proc/self/fd');
    expect((await Promise.all(fds.map(isOpen))).filter(Boolean)).toHaveLength(1);
    for (const { release } of used) release();
    open.close();
  });

  it('are closed at once when they are released after all were let go of', async () => {
    const [file] = (await files([1000])) as [StoredFile];
    const open = new OpenFiles();
    open.close();
    const used = await open.use(file);
    used.release();
    await vi.waitFor(() => expect(used.handle.fd).toBe(-1));
  });

  it('are nobody’s where only their length, or only their date is another', async () => {
    const [shorter, later] = (await files([1000, 1000])) as [StoredFile, StoredFile];
    const open = new OpenFiles();
    await truncate(shorter.path, 999);
    await utimes(shorter.path, shorter.modified, shorter.modified);
    await utimes(later.path, later.modified, new Date(later.modified.getTime() + 1000));
    for (const file of [{ ...shorter, modified: (await stat(shorter.path)).mtime }, later])
      await expect(open.use(file)).rejects.toThrow(FileChanged);
  });

  it('that are not there any more are nobody’s, also where their folder is a file now', async () => {
    const [file] = (await files([1000])) as [StoredFile];
    const open = new OpenFiles();
    for (const path of [`${file.path}-gone`, join(file.path, 'inside')])
      await expect(open.use({ ...file, path })).rejects.toThrow(FileChanged);
  });

  it('that changed are nobody’s, also where they were open before', async () => {
    const [file] = (await files([1000])) as [StoredFile];
    const open = new OpenFiles();
    (await open.use(file)).release();
    await writeFile(file.path, 'another one');
    await expect(open.use(file)).rejects.toThrow(FileChanged);
    await expect(open.use(file)).rejects.toThrow(FileChanged);
    expect(open.size).toBe(0);
  });
});
