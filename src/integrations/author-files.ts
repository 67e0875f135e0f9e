import { createReadStream, createWriteStream, type Stats } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { lookup } from 'mrmime';
import type { ListedFile } from '#editor/local-folder.ts';
import { isOfThisMachine } from './author-entries.ts';

/**
 * Answers the editor of `/edit/`: lists, reads, writes and deletes files of the content folder, at paths inside it, where none
 * begins with a dot. A file is only written over the version that the request names in `If-Match`; without it, only where there is
 * none. Only for pages of this server on this machine.
 */
export async function answerFiles(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = (status: number, text: string) => {
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }).end(text);
  };
  if (!isOfThisMachine(request) || request.headers['x-author'] !== 'editor')
    return answer(403, 'Files are handed to the editor of this server alone.');
  const inside = insidePath(request.url ?? '');
  if (inside === undefined) return answer(400, 'That is no path inside the content folder.');
  if (inside === '' && request.method === 'GET') {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(JSON.stringify(await listed(folder)));
    return;
  }
  const path = join(folder, inside);
  if (inside === '' || !(await isWithin(folder, path))) return answer(400, 'That is no file of the content folder.');
  if (request.method === 'PUT') {
    const known = request.headers['if-match'];
    if (known !== (await versionOf(path)))
      return answer(412, 'The file was changed or deleted by somebody else since the editor read it.');
    await mkdir(dirname(path), { recursive: true });
    const waiting = join(dirname(path), `.${crypto.randomUUID()}`);
    try {
      await pipeline(request, createWriteStream(waiting, { flags: 'wx' }));
      await rename(waiting, path);
    } finally {
      await rm(waiting, { force: true });
    }
    response.setHeader('ETag', (await versionOf(path)) ?? '');
    return answer(200, 'Written.');
  }
  const found = await stat(path).catch(() => undefined);
  if (!found) return answer(404, 'There is no such file.');
  if (request.method === 'DELETE') {
    // A folder goes when it is empty, and never with what is in it.
    await (found.isDirectory() ? rmdir(path) : rm(path));
    return answer(200, 'Deleted.');
  }
  if (request.method !== 'GET' || !found.isFile()) return answer(405, 'That cannot be done with it.');
  response.writeHead(200, {
    'Content-Type': lookup(path) ?? 'application/octet-stream',
    'Content-Length': found.size,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  });
  await pipeline(createReadStream(path), response);
}

/** The path in an address; undefined where it leads out of the folder, or to what is hidden in it. */
function insidePath(address: string): string | undefined {
  try {
    const parts = (address.split('?')[0] ?? '').split('/').filter(Boolean).map(decodeURIComponent);
    return parts.some((part) => part.startsWith('.') || /[/\\\0]/.test(part)) ? undefined : parts.join('/');
  } catch {
    return undefined;
  }
}

/** Whether a path stays in the folder when links are followed, as far as it exists. */
async function isWithin(folder: string, path: string): Promise<boolean> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return dirname(path) === path ? false : isWithin(folder, dirname(path));
  const inside = relative(await realpath(folder), real);
  return inside === '' || !(inside === '..' || inside.startsWith(`..${sep}`));
}

/** Another one after each change of a file; undefined where there is none. */
async function versionOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && version(found);
}

const version = ({ mtimeMs, size }: Pick<Stats, 'mtimeMs' | 'size'>) => `"${mtimeMs}-${size}"`;

async function listed(folder: string): Promise<ListedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll(sep, '/'))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.')));
  return Promise.all(
    files.map(async (path) => {
      const found = await stat(join(folder, path)).catch(() => undefined);
      return { path, version: found ? version(found) : '', modified: Math.round(found?.mtimeMs ?? 0) };
    }),
  );
}
