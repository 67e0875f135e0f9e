/** What is wrong with bytes that are no text in UTF-8. */
export interface NotUtf8 {
  /** "is not UTF-8 …", for behind the name of a file. */
  what: string;
  /** The line of the first of them, counted from 1, as its author may have meant it. */
  line: number;
  meant?: string | undefined;
}

/** A file that is written in UTF-8, as everything that authors write is; or what is wrong with it. */
export function readUtf8(bytes: Uint8Array): { text: string } | NotUtf8 {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    const mark = `${bytes[0]} ${bytes[1]}`;
    if (mark === '255 254' || mark === '254 255') return { what: 'is UTF-16, not UTF-8: save it as UTF-8', line: 1 };
    const lenient = new TextDecoder('utf-8').decode(bytes);
    const line = lenient.slice(0, lenient.indexOf('\uFFFD')).split('\n').length;
    const meant = new TextDecoder('windows-1252').decode(bytes).split('\n')[line - 1]?.trim() ?? '';
    return {
      what: `is not UTF-8: it has bytes in line ${line} that are no letters. Save it as UTF-8`,
      line,
      meant: /\p{Cc}/u.test(meant) ? undefined : meant,
    };
  }
}

/** The text of a file beside an entry. Throws an error with a plain message when it is not UTF-8. */
export function textOf(bytes: Uint8Array): string {
  const read = readUtf8(bytes);
  if ('what' in read) throw new Error(read.what);
  return read.text;
}
