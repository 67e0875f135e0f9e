import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { continues, isExpected, isUnchanged } from './conditions.ts';
import type { Contents } from './contents.ts';
import { chosenEncoding, type Encoding } from './encoding.ts';
import { askedRange } from './range.ts';
import type { StoredFile } from './site-files.ts';

/** How a file is to be sent. */
export interface Sending {
  headers: Record<string, string>;
  encoded?: Partial<Record<Encoding, StoredFile>>;
  /** A page that stands for another one, with a status of its own, is always sent whole. */
  status?: number;
}

/**
 * Sends a file, or the part of it that is asked for, or that nothing changed (RFC 9110). Throws `FileChanged` before
 * anything is sent.
 */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: StoredFile,
  contents: Contents,
  { headers, encoded = {}, status }: Sending,
): Promise<void> {
  const isPart = request.method === 'GET' && request.headers.range !== undefined && status === undefined;
  const names = Object.keys(encoded) as Encoding[];
  const encoding = isPart ? undefined : chosenEncoding(request.headers['accept-encoding'], names);
  const sent = (encoding && encoded[encoding]) ?? file;
  const validators = { etag: await contents.etag(sent), modified: sent.modified };
  const vary = names.length > 0 ? { Vary: 'Accept-Encoding' } : {};
  const kept = { ...headers, ...vary, ETag: validators.etag };

  if (status === undefined && !isExpected(request.headers, validators)) {
    response.writeHead(412, { ...vary, 'Cache-Control': 'no-store', 'Content-Length': 0 }).end();
    return;
  }
  if (status === undefined && isUnchanged(request.headers, validators)) {
    const { 'Content-Type': _type, 'Content-Disposition': _disposition, ...rest } = kept as Record<string, string>;
    response.writeHead(304, rest).end();
    return;
  }
  const all = {
    ...kept,
    'Last-Modified': sent.modified.toUTCString(),
    ...(encoding && { 'Content-Encoding': encoding }),
    ...(status === undefined && { 'Accept-Ranges': 'bytes' }),
  };
  const range =
    isPart && continues(request.headers, validators) ? askedRange(request.headers.range, sent.size) : undefined;
  if (range === 'unsatisfiable') {
    response.writeHead(416, { ...vary, 'Content-Range': `bytes */${sent.size}`, 'Content-Length': 0 }).end();
    return;
  }
  const { first, last } = range ?? { first: 0, last: sent.size - 1 };
  if (request.method === 'HEAD') {
    response.writeHead(status ?? 200, { ...all, 'Content-Length': sent.size }).end();
    return;
  }
  const content = await contents.of(sent);
  response.writeHead(status ?? (range ? 206 : 200), {
    ...all,
    'Content-Length': last - first + 1,
    ...(range && { 'Content-Range': `bytes ${first}-${last}/${sent.size}` }),
  });
  if ('bytes' in content) {
    response.end(content.bytes.subarray(first, last + 1));
    return;
  }
  await pipeline(content.handle.createReadStream({ start: first, end: last }), response);
}
