import { controls, withoutControls } from './caption-marks.ts';
import { readUtf8 } from './text-file.ts';
import type { Remark } from './transcript-advice.ts';

/**
 * The text of a transcript without its byte order mark and without control characters. UTF-16 is read by its mark, or by
 * the zero bytes that it has at every second place. Throws an error with a plain message for other encodings.
 */
export function transcriptText(bytes: Uint8Array): { text: string; remarks: Remark[] } {
  const encoding = utf16(bytes);
  const read = encoding ? new TextDecoder(encoding).decode(bytes) : utf8(bytes);
  const found = read.search(controls);
  return {
    text: withoutControls(read),
    remarks: [
      ...(encoding ? [{ kind: 'encoding', line: 1, detail: 'UTF-16' } as const] : []),
      ...(found < 0
        ? []
        : [...read.matchAll(controls)].map(({ index }) => ({ kind: 'controls', line: lineAt(read, index) }) as const)),
    ],
  };
}

function utf8(bytes: Uint8Array): string {
  const read = readUtf8(bytes);
  if ('text' in read) return read.text.replace(/^\uFEFF/, '');
  const { what, line, meant } = read;
  if (!meant) throw new Error(what);
  const shown = meant.length > 60 ? `${meant.slice(0, 59)}…` : meant;
  throw new Error(
    `is not UTF-8. It may be Windows-1252 (Latin-1), if line ${line} is to be "${shown}": open it as that, and save it as UTF-8`,
  );
}

function utf16(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, 64);
  const zeros = (odd: number) => head.filter((byte, i) => byte === 0 && i % 2 === odd).length;
  if (head.length < 16 || zeros(0) + zeros(1) < head.length / 3) return undefined;
  return zeros(1) > zeros(0) ? 'utf-16le' : 'utf-16be';
}

const lineAt = (text: string, index: number) => text.slice(0, index).split(/\r\n|\r|\n/).length;
