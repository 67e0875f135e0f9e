/** What Pagefind's files are made of (CBOR, RFC 8949): whole numbers, texts and arrays of them. */
export type Value = number | string | Value[];

/** A value as bytes, each number and length in as few as it takes. Texts and array lengths below 2³². */
export function encode(value: Value): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  return Buffer.concat([arrayHead(value.length), ...value.map(encode)]);
}

/** What comes before the values of an array. */
export const arrayHead = (length: number): Buffer => head(4, length);

/** Reads bytes from their beginning on. Throws for what is no value of these. */
export class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  value(): Value {
    const { type, argument } = this.#head();
    if (type === 0) return argument;
    if (type === 1) return -1 - argument;
    if (type === 3) return this.#bytes.toString('utf8', this.#at, (this.#at += argument));
    return Array.from({ length: argument }, () => this.value());
  }

  /** Steps into an array; returns how many values it has. */
  array(): number {
    const { type, argument } = this.#head();
    if (type !== 4) throw new TypeError(`There is no array at ${this.#at}`);
    return argument;
  }

  #head(): { type: number; argument: number } {
    const first = this.#bytes.readUInt8(this.#at++);
    const [type, short] = [first >> 5, first & 31];
    if (type > 4 || type === 2 || short > 26) throw new TypeError(`There is no value of Pagefind's at ${this.#at - 1}`);
    if (short < 24) return { type, argument: short };
    const length = 2 ** (short - 24);
    this.#at += length;
    return { type, argument: this.#bytes.readUIntBE(this.#at - length, length) };
  }
}

function head(type: number, argument: number): Buffer {
  if (argument < 24) return Buffer.from([(type << 5) | argument]);
  const length = argument < 2 ** 8 ? 1 : argument < 2 ** 16 ? 2 : 4;
  const bytes = Buffer.alloc(1 + length, (type << 5) | (24 + Math.log2(length)));
  bytes.writeUIntBE(argument, 1, length);
  return bytes;
}
