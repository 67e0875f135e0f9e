import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

/**
 * The index that the last build left in `folder`: when it was made, if there is one, and what answers requests below
 * `/pagefind/` with its files. A build that comes later is seen.
 */
export async function lastIndex(folder: string) {
  const made = await stat(join(folder, 'pagefind-entry.json')).then(
    ({ mtime }) => mtime,
    () => undefined,
  );
  const answer = async ({ url = '/' }: IncomingMessage, response: ServerResponse) => {
    const path = pathOf(url);
    const content = await readFile(join(folder, path)).catch(() => undefined);
    if (!content) {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end('There is no such file in the index of the last build.');
      return;
    }
    response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' });
    response.end(content);
  };
  return { made, answer };
}

/** A path that leads out of no folder; one that cannot be read leads nowhere. */
function pathOf(url: string): string {
  try {
    return normalize(decodeURIComponent(new URL(url, 'http://dev').pathname));
  } catch {
    return '/';
  }
}

const types: Record<string, string> = { '.js': 'text/javascript', '.json': 'application/json' };
