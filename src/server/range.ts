/** A part of a file: its first and last byte, both included. */
export interface Range {
  first: number;
  last: number;
}

/**
 * What a `Range` header asks for of `size` bytes (RFC 9110, section 14.2): undefined for the whole, which is also the
 * answer to a header that is not understood or that asks for several parts. (range-parser 1.3 refuses a suffix that is
 * longer than the file, which asks for the whole.)
 */
export function askedRange(header: string | undefined, size: number): Range | 'unsatisfiable' | undefined {
  const [, set = ''] = /^bytes=(.*)$/i.exec(header ?? '') ?? [];
  const [, from, to = ''] = /^(?!-$)(\d*)-(\d*)$/.exec(set.trim()) ?? [];
  if (from === undefined) return undefined;
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length > 0 ? { first: size - length, last: size - 1 } : 'unsatisfiable';
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return undefined;
  return first < size ? { first, last } : 'unsatisfiable';
}
