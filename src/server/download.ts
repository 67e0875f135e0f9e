import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Capture } from '#capture/capture.ts';
import { type Contents, FileChanged } from './contents.ts';
import { sendFile } from './send-file.ts';

/**
 * Sends the paper behind a link. Resolves to what became of it; unless that is `sent`, nothing was answered yet. A
 * later part of a paper is no new download.
 */
export async function sendPaper(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  capture: Pick<Capture, 'download'>,
  contents: Contents,
): Promise<'sent' | 'gone' | 'unavailable'> {
  const outcome = await capture.download(token, isBeginning(request));
  if (outcome.kind !== 'file') return outcome.kind;
  const { size, mtime } = await stat(outcome.path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new FileChanged(outcome.path) : error;
  });
  const headers = {
    'Content-Type': 'application/pdf',
    'Content-Disposition': attachment(outcome.paper.filename),
    'Cache-Control': 'private, no-store',
  };
  await sendFile(request, response, { path: outcome.path, size, modified: mtime }, contents, { headers });
  return 'sent';
}

const isBeginning = ({ method, headers }: IncomingMessage) =>
  method === 'GET' && (headers.range === undefined || /^bytes=\s*0*0\s*-/i.test(headers.range));

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
