import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
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
  const vary = varying(names);
  const { whole, unchanged } = fileHeaders(sent, validators.etag, { headers, encoding, encodings: names });
  const nothing = { file: sent, bytes: undefined };

  if (status === undefined && !isExpected(request.headers, validators))
    return { ...nothing, status: 412, headers: { ...vary, 'Cache-Control': 'no-store', 'Content-Length': 0 } };
  if (status === undefined && isUnchanged(request.headers, validators))
    return { ...nothing, status: 304, headers: unchanged };
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
      ...whole,
      ...(status === undefined && { 'Accept-Ranges': 'bytes' }),
      'Content-Length': bytes.last - bytes.first + 1,
      ...(range && { 'Content-Range': `bytes ${bytes.first}-${bytes.last}/${sent.size}` }),
    },
  };
}

/** The headers of a file that is sent, and of one that the reader has (RFC 9110, section 15.4.5). */
export function fileHeaders(
  { modified }: StoredFile,
  etag: string,
  {
    headers,
    encoding,
    encodings,
  }: { headers: Record<string, string>; encoding: Encoding | undefined; encodings: readonly Encoding[] },
): { whole: Record<string, string>; unchanged: Record<string, string> } {
  const kept: Record<string, string> = { ...headers, ...varying(encodings), ETag: etag };
  const { 'Content-Type': _type, 'Content-Disposition': _disposition, ...unchanged } = kept;
  const encoded = encoding && { 'Content-Encoding': encoding };
  return { unchanged, whole: { ...kept, 'Last-Modified': modified.toUTCString(), ...encoded } };
}

const varying = (encodings: readonly Encoding[]) => (encodings.length > 0 ? { Vary: 'Accept-Encoding' } : {});

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
  if ('bytes' in content) {
    response.writeHead(status, headers).end(content.bytes.subarray(first, last + 1));
    return;
  }
  try {
    await sendPart(response, content.handle, { first, last }, () => response.writeHead(status, headers));
  } finally {
    content.release();
  }
}

/**
 * Sends a part of a file as fast as the reader takes it; `begin` is called when its first bytes are there. (A stream of
 * Node would close the file when its reader goes away.)
 */
async function sendPart(
  response: ServerResponse,
  handle: FileHandle,
  { first, last }: Range,
  begin: () => void,
): Promise<void> {
  for (let at = first; at <= last && !response.destroyed;) {
    const length = Math.min(chunk, last - at + 1);
    const buffer = spare.pop() ?? Buffer.allocUnsafeSlow(chunk);
    const { bytesRead } = await handle.read(buffer, 0, length, at);
    if (bytesRead === 0) throw new Error(`A file ended before byte ${last}`);
    if (at === first) begin();
    at += bytesRead;
    const isTaken = response.write(buffer.subarray(0, bytesRead), () => {
      if (spare.length < mostSpare) spare.push(buffer);
    });
    if (at > last) response.end();
    else if (!isTaken && !response.destroyed) await taken(response);
  }
}

/**
 * Memory that was sent, for the next part: what is new for each of them has V8 walk the whole heap every few hundred parts.
 */
const spare: Buffer[] = [];
const mostSpare = 32;

/** Resolves when the reader has taken what was written, or has gone. */
function taken(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** In bytes: what one reader has in memory of a large file, or twice that. */
const chunk = 64 * 1024;
