import { inflateSync } from 'node:zlib';

/**
 * How many pages a PDF has: the largest count of its page trees, which stand in plain text or in compressed streams of
 * objects (ISO 32000-1, sections 7.7.3 and 7.5.7). Undefined where none can be read, as in an encrypted one.
 */
export function pdfPages(bytes: Uint8Array): number | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const counts = [text, ...objectStreams(text)].flatMap((objects) =>
    [...objects.matchAll(/<<(?:[^<>]|<<[^<>]*>>|<[^<>]*>)*>>/g)].flatMap(([dictionary]) => {
      const count = /\/Type\s*\/Pages\b/.test(dictionary) ? /\/Count\s+(\d+)/.exec(dictionary)?.[1] : undefined;
      return count === undefined ? [] : [Number(count)];
    }),
  );
  return counts.length > 0 ? Math.max(...counts) : undefined;
}

function objectStreams(text: string): string[] {
  return [...text.matchAll(/\/Type\s*\/ObjStm\b[^]*?stream\r?\n/g)].flatMap((found) => {
    const from = found.index + found[0].length;
    const to = text.indexOf('endstream', from);
    try {
      return [inflateSync(Buffer.from(text.slice(from, to), 'latin1')).toString('latin1')];
    } catch {
      return [];
    }
  });
}
