import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Capture } from '#capture/capture.ts';
import type { Contents } from './contents.ts';
import { FileChanged } from './open-files.ts';
import type { LaterParts } from './later-parts.ts';
import { fileAnswer, sendAnswer } from './send-file.ts';

/**
 * Sends the paper behind a link. Resolves to what became of it; unless that is `sent`, nothing was answered yet. What
 * counts is which bytes are sent, and not how they were asked for: a suffix as long as the file, several ranges, or one
 * that is not understood are answered with the whole (RFC 9110, section 14.2). Later parts go with the download that
 * was counted before, up to what they would be of one that broke off.
 */
export async function sendPaper(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  capture: Pick<Capture, 'download'>,
  contents: Contents,
  laterParts: LaterParts,
): Promise<'sent' | 'gone' | 'unavailable'> {
  const found = await capture.download(token, 'nothing');
  if (found.kind !== 'file') return found.kind;
  const { path, paper } = found;
  const { size, mtime } = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new FileChanged(path) : error;
  });
  const headers = {
    'Content-Type': 'application/pdf',
    'Content-Disposition': attachment(paper.filename),
    'Cache-Control': 'private, no-store',
  };
  const answer = await fileAnswer(request, { path, size, modified: mtime }, contents, { headers });
  if (answer.bytes) {
    const { first, last } = answer.bytes;
    const length = last - first + 1;
    const goesOn = first > 0 && laterParts.take(token, length, size);
    const counted = await capture.download(token, goesOn ? 'later part' : 'beginning');
    if (goesOn) giveBackUnsent(request, response, length, (bytes) => laterParts.giveBack(token, bytes));
    if (counted.kind !== 'file') return counted.kind;
    if (!goesOn) laterParts.begin(token);
  }
  await sendAnswer(response, answer, contents);
  return 'sent';
}

/** Says how many of the bytes of a part were not sent, where it breaks off. */
function giveBackUnsent(
  { socket }: IncomingMessage,
  response: ServerResponse,
  length: number,
  giveBack: (bytes: number) => void,
): void {
  const before = socket.bytesWritten;
  response.once('close', () => {
    if (!response.writableFinished) giveBack(length - (socket.bytesWritten - before));
  });
}

/** `Content-Disposition` for a file to save: its name in ASCII, and in full (RFC 6266, section 4.3; RFC 8187). */
export function attachment(filename: string): string {
  const ascii = filename
    .normalize('NFKD')
    .replaceAll(/[^ -~]/g, (letter) => (/\p{M}/u.test(letter) ? '' : '_'))
    .replaceAll(/["\\%]/g, '_');
  if (ascii === filename) return `attachment; filename="${ascii}"`;
  const full = encodeURIComponent(filename).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${full}`;
}
