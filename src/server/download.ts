import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Capture } from '#capture/capture.ts';
import { type Contents, FileChanged } from './contents.ts';
import { fileAnswer, sendAnswer } from './send-file.ts';

/**
 * Sends the paper behind a link. Resolves to what became of it; unless that is `sent`, nothing was answered yet. What
 * counts is which bytes are sent, and not how they were asked for: a suffix as long as the file, several ranges, or one
 * that is not understood are answered with the whole (RFC 9110, section 14.2).
 */
export async function sendPaper(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  capture: Pick<Capture, 'download'>,
  contents: Contents,
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
    const counted = await capture.download(token, answer.bytes.first === 0 ? 'beginning' : 'later part');
    if (counted.kind !== 'file') return counted.kind;
  }
  await sendAnswer(response, answer, contents);
  return 'sent';
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
