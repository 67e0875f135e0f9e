import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Contents } from './contents.ts';
import { notices } from './notice.ts';
import type { SiteFile } from './site-files.ts';
import { weightsOf } from './weights.ts';

/**
 * Answers that the server failed: by the site's page, with the reference by which the log knows the request in it, or in
 * plain text to who wants no HTML, and where there is no such page.
 */
export async function sendFailure(
  response: ServerResponse,
  {
    headers,
    page,
    contents,
    reference,
  }: { headers: IncomingHttpHeaders; page: SiteFile | undefined; contents: Contents; reference: string },
): Promise<void> {
  const html = page && wantsHtml(headers.accept) ? await pageWith(page, reference, contents) : undefined;
  const body = html ?? `${notices.failed.text}\n\nReference: ${reference}\n`;
  response.writeHead(notices.failed.status, {
    'Content-Type': `text/${html === undefined ? 'plain' : 'html'}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

/** The page with the reference written in; undefined where it cannot be read. */
async function pageWith(page: SiteFile, reference: string, contents: Contents): Promise<string | undefined> {
  const content = await contents.of(page).catch(() => undefined);
  if (!content) return undefined;
  if ('handle' in content) {
    content.release();
    return undefined;
  }
  return content.bytes.toString().replace(/(<code data-reference[^>]*>)[^<]*/, `$1${reference}`);
}

/** Whether HTML suits the reader, and no less than plain text (RFC 9110, section 12.5.1). */
function wantsHtml(accept: string | undefined): boolean {
  if (!accept) return true;
  const weights = weightsOf(accept);
  const weight = (type: string) => weights.get(type) ?? weights.get('text/*') ?? weights.get('*/*') ?? 0;
  return weight('text/html') > 0 && weight('text/html') >= weight('text/plain');
}
