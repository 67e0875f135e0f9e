import { type RedirectChain, redirectChain, type Network } from './redirect-chain.ts';
import type { RemoteRecording } from './remote-recording.ts';

/** What a host says of a recording. */
export interface Finding {
  recording: RemoteRecording;
  /** Each address that the recording's own leads on to. */
  redirects: string[];
  mismatches: Mismatch[];
  /** What is allowed, but not good. */
  advice: string[];
}

/** A fact of the front matter that is not so. */
export interface Mismatch {
  fact: 'url' | 'bytes' | 'type';
  what: string;
  /** What the host says instead, where the front matter may say it too. */
  right?: string | number | undefined;
}

/** How many recordings are looked at together. */
const concurrency = 4;

/** Looks at each recording, some of them together; `done` hears of each as it is finished. */
export async function checkMedia(
  recordings: readonly RemoteRecording[],
  network: Network,
  done: (finding: Finding) => void = () => {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const waiting = recordings.entries();
  const worker = async () => {
    for (const [i, recording] of waiting) {
      const finding = await checkRecording(recording, network);
      findings[i] = finding;
      done(finding);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return findings;
}

/**
 * What Apple asks of a host (podcasters.apple.com/support/823): that it answers HEAD, and byte ranges (RFC 9110,
 * section 14) with 206; and that the enclosure's type and length are those of the file (RSS 2.0). The duration is in
 * the file itself, which is not fetched.
 */
async function checkRecording(recording: RemoteRecording, network: Network): Promise<Finding> {
  const finding: Finding = { recording, redirects: [], mismatches: [], advice: [] };
  try {
    const head = await redirectChain(recording.url, { method: 'HEAD', headers: unpacked }, network);
    finding.redirects = head.redirects;
    await head.response.body?.cancel();
    finding.mismatches = ofHead(recording, head);
    if (head.response.ok || [405, 501].includes(head.response.status)) {
      const range = await redirectChain(recording.url, { headers: { ...unpacked, Range: 'bytes=0-1' } }, network);
      await range.response.body?.cancel();
      finding.mismatches.push(...ofRange(recording, range, finding.mismatches));
    }
    const plain = [recording.url, ...finding.redirects].find((address) => address.startsWith('http:'));
    if (plain) finding.advice.push(`${plain} is not encrypted: https is recommended, and some apps refuse the rest`);
  } catch (error) {
    finding.mismatches.push({ fact: 'url', what: `${recording.url} ${(error as Error).message}` });
  }
  return finding;
}

/** A packed answer would have another length. */
const unpacked = { 'Accept-Encoding': 'identity' };

function ofHead({ url, bytes, type }: RemoteRecording, { response }: RedirectChain): Mismatch[] {
  if ([405, 501].includes(response.status))
    return [{ fact: 'url', what: `The host of ${url} does not answer HEAD requests (${response.status})` }];
  if (!response.ok)
    return [{ fact: 'url', what: `${url} answers ${response.status} ${response.statusText}`.trimEnd() }];
  const said = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  const length = response.headers.get('content-length');
  const mismatches: Mismatch[] = [];
  if (!said) mismatches.push({ fact: 'type', what: `The host of ${url} names no media type; it is to say ${type}` });
  else if (usual(said) !== usual(type))
    mismatches.push({ fact: 'type', what: `${url} is served as ${said}, and not as ${type}`, right: usual(said) });
  if (length !== null && bytes !== undefined && Number(length) !== bytes)
    mismatches.push({ fact: 'bytes', what: `${url} has ${length} bytes, and not ${bytes}`, right: Number(length) });
  return mismatches;
}

function ofRange(
  { url, bytes }: RemoteRecording,
  { response }: RedirectChain,
  before: readonly Mismatch[],
): Mismatch[] {
  const { status, headers } = response;
  if (status !== 206)
    return [{ fact: 'url', what: `The host of ${url} does not serve byte ranges: it answers ${status}, and not 206` }];
  const said = headers.get('content-range') ?? '';
  const [, from, to, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(said) ?? [];
  if (from !== '0' || to !== '1' || total === undefined)
    return [{ fact: 'url', what: `The host of ${url} answers a byte range with Content-Range: ${said || 'nothing'}` }];
  if (
    bytes === undefined ||
    Number(total) === bytes ||
    before.some(({ fact, right }) => fact === 'bytes' && right === Number(total))
  )
    return [];
  return [{ fact: 'bytes', what: `${url} has ${total} bytes, and not ${bytes}`, right: Number(total) }];
}

/** Media types that hosts use for the same thing, under the name that Apple's requirements have for it. */
const usual = (type: string): string =>
  ({ 'audio/mp4': 'audio/x-m4a', 'audio/m4a': 'audio/x-m4a', 'video/m4v': 'video/x-m4v' })[type] ?? type;
