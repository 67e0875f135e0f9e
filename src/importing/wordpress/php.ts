/** What PHP's `serialize` wrote, as far as it is made of texts, numbers, truths and arrays; undefined where it is not. */
export function unserialized(text: string): unknown {
  const bytes = Buffer.from(text);
  let at = 0;
  const until = (sign: string): string => {
    const end = bytes.indexOf(sign, at);
    if (end < 0) throw new Error('ends too early');
    const found = bytes.toString('utf8', at, end);
    at = end + sign.length;
    return found;
  };
  const value = (depth: number): unknown => {
    const type = until(':').at(0);
    if (type === 'i' || type === 'd') return Number(until(';'));
    if (type === 'b') return until(';') === '1';
    if (type === 's') {
      const length = Number(until(':'));
      const found = bytes.toString('utf8', at + 1, at + 1 + length);
      at += length + 2;
      if (bytes[at] !== 0x3b) throw new Error('is no text of that length');
      at += 1;
      return found;
    }
    if (type !== 'a' || depth > 20) throw new Error('is nothing that is read here');
    const length = Number(until(':'));
    at += 1;
    const found: Record<string, unknown> = {};
    for (let i = 0; i < length; i += 1) {
      const key = value(depth + 1);
      found[String(key)] = bytes[at] === 0x4e ? (until(';'), undefined) : value(depth + 1);
    }
    at += 1;
    return found;
  };
  try {
    return value(0);
  } catch {
    return undefined;
  }
}
