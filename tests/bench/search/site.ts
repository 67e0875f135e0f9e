import { cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { entries } from './entries.ts';
import { pageMaker } from './pages.ts';

/** A page of the made-up sites that does nothing by itself. */
export const blank = '/blank/';

/** Builds a site of `count` made-up entries into `output`, in the markup of the site that is built in `pattern`. */
export async function makeSite(pattern: string, output: string, count: number): Promise<string> {
  const client = join(output, 'client');
  await rm(output, { recursive: true, force: true });
  await cp(pattern, output, { recursive: true, filter: (path) => path !== join(pattern, 'client') });
  const html = pageMaker(join(pattern, 'client'));
  for (const entry of entries(count)) await write(join(client, entry.url, 'index.html'), html(entry));
  await write(join(client, blank, 'index.html'), '<!doctype html><html lang="en-gb"><title>Blank</title></html>');
  return client;
}

/** How many files a folder has, and their bytes; `.br` beside a file is counted by itself. */
export async function weigh(folder: string) {
  const found = { files: 0, bytes: 0, compressedFiles: 0, compressedBytes: 0 };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const { size } = await stat(join(entry.parentPath, entry.name));
    const isCompressed = /\.(br|gz)$/.test(entry.name);
    found[isCompressed ? 'compressedFiles' : 'files'] += 1;
    found[isCompressed ? 'compressedBytes' : 'bytes'] += size;
  }
  return found;
}

export async function write(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
