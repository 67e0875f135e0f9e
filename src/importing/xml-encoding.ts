/** What XML says of its encoding in its first line (XML 1.0, section 4.3.3). */
const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/;

/**
 * Decodes XML part by part, by what its bytes are rather than by what it says of them: by a byte order mark or zeros for UTF-16;
 * as UTF-8 as long as it is that; from where it is not, in the encoding that it names. One that names UTF-8 or nothing is
 * Windows-1252 then, as browsers read it, if most signs of that part are; else a sign that is broken is a broken one, and counted.
 */
export class XmlDecoder {
  /** How many signs could not be read. */
  broken = 0;
  #decoder: TextDecoder | undefined;
  #said: string | undefined;
  #rest: Uint8Array = new Uint8Array();
  #isBegun = false;

  decode(part: Uint8Array): string {
    if (!this.#isBegun) this.#begin(part);
    if (this.#decoder) return this.#decoder.decode(part, { stream: true });
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, part]) : part;
    const whole = bytes.length - unfinished(bytes);
    // A copy: what is read into may be read into again.
    this.#rest = bytes.slice(whole);
    return this.#utf8(bytes.subarray(0, whole));
  }

  /** What is left at the end. */
  end(): string {
    return this.#decoder ? this.#decoder.decode() : this.#utf8(this.#rest);
  }

  #begin(part: Uint8Array): void {
    this.#isBegun = true;
    const [a, b] = part;
    if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) this.#decoder = new TextDecoder('utf-16le');
    else if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) this.#decoder = new TextDecoder('utf-16be');
    const said = declared.exec(
      Buffer.from(part.subarray(0, 400))
        .toString('latin1')
        .replace(/^\u00ef\u00bb\u00bf/, ''),
    )?.[1];
    // What has one byte to a sign is no UTF-16, whatever it says.
    if (said !== undefined && !/^(?:utf|ucs|iso-10646)/i.test(said)) this.#said = said;
  }

  #utf8(bytes: Uint8Array): string {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      this.#decoder = named(this.#said);
      if (this.#decoder) return this.#decoder.decode(bytes, { stream: true });
    }
    const text = new TextDecoder('utf-8').decode(bytes);
    const wrong = text.match(/\uFFFD/g)?.length ?? 0;
    // UTF-8 of other letters does not come about by chance.
    if (wrong > (text.match(/[^\0-\x7F\uFFFD]/g)?.length ?? 0)) {
      this.#decoder = new TextDecoder('windows-1252');
      return this.#decoder.decode(bytes, { stream: true });
    }
    this.broken += wrong;
    return text;
  }
}

/** Text of XML that is there as a whole. */
export function decodedXml(bytes: Uint8Array): string {
  const decoder = new XmlDecoder();
  return (decoder.decode(bytes) + decoder.end()).replace(/^\uFEFF/, '');
}

/** Signs that XML cannot have (XML 1.0, section 2.2), which texts pasted from elsewhere bring along. */
export const withoutControls = (text: string): string =>
  text.replaceAll(/(?![\n\r\t])[\p{Cc}\uFFFE\uFFFF]/gu, '').replaceAll('\uFEFF', '');

function named(label: string | undefined): TextDecoder | undefined {
  try {
    return label === undefined ? undefined : new TextDecoder(label);
  } catch {
    return undefined;
  }
}

/** How many bytes at the end begin a sign of UTF-8 that goes on behind it. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}
