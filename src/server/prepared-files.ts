import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { encodedPath } from '#site/url.ts';
import { isUnchanged } from './conditions.ts';
import type { Contents, Heads, SmallContent } from './contents.ts';
import { chosenEncoding, type Encoding } from './encoding.ts';
import { headersFor } from './headers.ts';
import { type Hosts, isHostWellFormed, isKnownHost } from './hosts.ts';
import { mayBeOfPartner } from './partner-visits.ts';
import { securityHeaders } from './security.ts';
import { fileHeaders } from './send-file.ts';
import type { SiteFile, SiteFiles, StoredFile } from './site-files.ts';
import { isLanding } from './views.ts';

interface Prepared extends SiteFile {
  encodings: Encoding[];
}

/**
 * Answers most requests for files at once: a small file that is in memory, asked for by its own address, whole or where
 * the reader may have it. Its headers are made once for each encoding. All else, and whatever is not quite so, is for
 * `answer`, which says the same in more steps. It alone brings a file into memory, so none is there whose address leads
 * elsewhere.
 */
export class PreparedFiles {
  readonly #files = new Map<string, Prepared>();
  readonly #contents: Contents;
  readonly #hosts: Hosts;
  readonly #isHttps: boolean;
  readonly #chosen = new Map<string, Encoding | undefined>();

  constructor(files: SiteFiles, contents: Contents, hosts: Hosts, isHttps: boolean) {
    [this.#contents, this.#hosts, this.#isHttps] = [contents, hosts, isHttps];
    for (const [address, file] of files.at)
      // Views of landing pages are counted.
      if (!isLanding(address))
        this.#files.set(encodedPath(address), { ...file, encodings: Object.keys(file.encoded) as Encoding[] });
  }

  /** Whether the request is answered now; nothing was done otherwise. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const { method, headers } = request;
    if (method !== 'GET' && method !== 'HEAD') return false;
    if (headers.range !== undefined || headers['if-match'] !== undefined) return false;
    if (headers['if-unmodified-since'] !== undefined || mayBeOfPartner(headers.referer)) return false;
    const file = this.#files.get(request.url ?? '');
    if (!file || !isKnownHost(headers.host, this.#hosts) || !isHostWellFormed(request)) return false;
    const encoding = this.#encodingOf(headers['accept-encoding'], file.encodings);
    const sent = (encoding && file.encoded[encoding]) ?? file;
    const content = this.#contents.peek(sent);
    if (!content) return false;
    content.heads ??= this.#headsOf(file, sent, encoding, content);
    if (isUnchanged(headers, { etag: content.etag, modified: sent.modified }))
      response.writeHead(304, content.heads.unchanged).end();
    else response.writeHead(200, content.heads.whole).end(content.bytes);
    return true;
  }

  #encodingOf(accepted: string | undefined, encodings: readonly Encoding[]): Encoding | undefined {
    const key = `${encodings.join()} ${accepted}`;
    if (this.#chosen.has(key)) return this.#chosen.get(key);
    const chosen = chosenEncoding(accepted, encodings);
    if (this.#chosen.size < remembered) this.#chosen.set(key, chosen);
    return chosen;
  }

  #headsOf(
    { address, encodings }: Prepared,
    sent: StoredFile,
    encoding: Encoding | undefined,
    { etag, bytes }: SmallContent,
  ): Heads {
    const headers = headersFor(address);
    const guards = securityHeaders('file', address, this.#isHttps);
    const { whole, unchanged } = fileHeaders(sent, etag, { headers, encoding, encodings });
    return {
      whole: flat({ ...guards, ...whole, 'Accept-Ranges': 'bytes', 'Content-Length': bytes.length }),
      unchanged: flat({ ...guards, ...unchanged }),
    };
  }
}

/** How many ways to write one thing are remembered: readers have few, and whoever invents more gains nothing. */
const remembered = 64;

const flat = (headers: OutgoingHttpHeaders): string[] =>
  Object.entries(headers).flatMap(([name, value]) => [name, String(value)]);
