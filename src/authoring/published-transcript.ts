import { extname } from 'node:path';
import { captionFormat } from './caption-format.ts';
import { readableCaptions } from './captions.ts';
import { shownUntil } from './cue-times.ts';
import { readSegments, type Segment } from './transcript-json.ts';
import { transcriptText } from './transcript-text.ts';

/**
 * A file beside an episode as it is published: captions and Podcasting 2.0 transcripts so that every reader of their format
 * finds in them what the site does, and in UTF-8; all else as it is.
 */
export function publishedFile<Bytes extends Uint8Array>(bytes: Bytes, file: string): Bytes | string {
  const format = captionFormat(file);
  try {
    if (format) return readableCaptions(transcriptText(bytes).text, format);
    if (extname(file).toLowerCase() !== '.json') return bytes;
    const { text, remarks } = transcriptText(bytes);
    const segments = readSegments(text);
    return remarks.length === 0 && isStrict(text) ? withoutMark(bytes) : writtenJson(segments);
  } catch {
    // No transcript, which the check of the content tells; or the chapters of an episode.
    return withoutMark(bytes);
  }
}

/** No JSON begins with a byte order mark, and a reader may refuse it for one (RFC 8259, section 8.1). */
const withoutMark = <Bytes extends Uint8Array>(bytes: Bytes): Bytes =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? (bytes.subarray(3) as Bytes) : bytes;

/** Whether a transcript that can be read has its fields as Podcasting 2.0 has them. */
function isStrict(text: string): boolean {
  const { segments } = JSON.parse(text) as { segments?: Record<string, unknown>[] };
  return (
    // Control characters, as JSON escapes them.
    !/\\u00(?:0[0-8bcef]|1|7f|[89])/i.test(text) &&
    (segments?.every(
      ({ startTime, endTime, speaker, body }) =>
        typeof startTime === 'number' &&
        typeof endTime === 'number' &&
        endTime > startTime &&
        typeof body === 'string' &&
        body.isWellFormed() &&
        (speaker === undefined || typeof speaker === 'string'),
    ) ??
      false)
  );
}

function writtenJson(segments: readonly Segment[]): string {
  const starts = segments.map(({ start }) => start).toSorted((a, b) => a - b);
  return JSON.stringify({
    version: '1.0.0',
    segments: segments.map(({ start, end, speaker, body }) => ({
      ...(speaker !== undefined && { speaker }),
      startTime: start,
      endTime: shownUntil(start, end, starts),
      body,
    })),
  });
}
