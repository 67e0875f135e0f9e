import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { continues, isExpected, isUnchanged } from './conditions.ts';
import type { Contents } from './contents.ts';
import { chosenEncoding, type Encoding } from './encoding.ts';
import { askedRange, type Range } from './range.ts';
import type { StoredFile } from './site-files.ts';

/** How a file is to be sent. */
export interface Sending {
  headers: Record<string, string>;
  encoded?: Partial<Record<Encoding, StoredFile>>;
  /** A page that stands for another one, with a status of its own, is always sent whole. */
  status?: number;
}

/** The answer to a request for a file, decided before any of it is sent. */
export interface FileAnswer {
  status: number;
  headers: OutgoingHttpHeaders;
  file: StoredFile;
  /** The bytes of the file that are sent; undefined where none are. */
  bytes: Range | undefined;
}

/** Sends a file as `fileAnswer` says. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: StoredFile,
  contents: Contents,
  sending: Sending,
): Promise<void> {
  await sendAnswer(response, await fileAnswer(request, file, contents, sending), contents);
}

/**
 * What is sent of a file: all of it, the part that is asked for, or that nothing changed (RFC 9110). Throws
 * `FileChanged`.
 */
export async function fileAnswer(
  request: IncomingMessage,
  file: StoredFile,
  contents: Contents,
  { headers, encoded = {}, status }: Sending,
): Promise<FileAnswer> {
  const isPart = request.method === 'GET' && request.headers.range !== undefined && status === undefined;
  const names = Object.keys(encoded) as Encoding[];
  const encoding = isPart ? undefined : chosenEncoding(request.headers['accept-encoding'], names);
  const sent = (encoding && encoded[encoding]) ?? file;
  const validators = { etag: await contents.etag(sent), modified: sent.modified };
  const vary = names.length > 0 ? { Vary: 'Accept-Encoding' } : {};
  const kept = { ...headers, ...vary, ETag: validators.etag };
  const nothing = { file: sent, bytes: undefined };

  if (status === undefined && !isExpected(request.headers, validators))
    return { ...nothing, status: 412, headers: { ...vary, 'Cache-Control': 'no-store', 'Content-Length': 0 } };
  if (status === undefined && isUnchanged(request.headers, validators)) {
    const { 'Content-Type': _type, 'Content-Disposition': _disposition, ...rest } = kept as Record<string, string>;
    return { ...nothing, status: 304, headers: rest };
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
    const none = { ...vary, 'Content-Range': `bytes */${sent.size}`, 'Content-Length': 0 };
    return { ...nothing, status: 416, headers: none };
  }
  const bytes = range ?? { first: 0, last: sent.size - 1 };
  return {
    file: sent,
    bytes: request.method === 'HEAD' ? undefined : bytes,
    status: status ?? (range ? 206 : 200),
    headers: {
      ...all,
      'Content-Length': bytes.last - bytes.first + 1,
      ...(range && { 'Content-Range': `bytes ${bytes.first}-${bytes.last}/${sent.size}` }),
    },
  };
}

/** Sends what was decided. Throws `FileChanged` before anything is sent. */
export async function sendAnswer(
  response: ServerResponse,
  { status, headers, file, bytes }: FileAnswer,
  contents: Contents,
): Promise<void> {
  if (!bytes) {
    response.writeHead(status, headers).end();
    return;
  }
  const { first, last } = bytes;
  const content = await contents.of(file);
  response.writeHead(status, headers);
  if ('bytes' in content) {
    response.end(content.bytes.subarray(first, last + 1));
    return;
  }
  await pipeline(content.handle.createReadStream({ start: first, end: last }), response);
}
