/** Words of a plain text, or the address of a page in them. */
export interface TextPart {
  text: string;
  /** Where it leads, if it is an address. */
  url?: string;
}

/**
 * A text without markup as it is shown: its paragraphs, the lines of each, and in them the addresses of web pages. Only
 * `http:` and `https:` lead anywhere; everything else is words.
 */
export const paragraphsOf = (text: string): TextPart[][][] =>
  text
    .trim()
    .split(/\n\s*\n/)
    .filter(Boolean)
    .map((paragraph) => paragraph.split('\n').map(partsOf));

function partsOf(line: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: found, index } of line.matchAll(/\bhttps?:\/\/[^\s<>"\\^`{|}]+/giu)) {
    const address = withoutPunctuation(found);
    const link = linkOf(address);
    if (!link) continue;
    if (index > end) parts.push({ text: line.slice(end, index) });
    parts.push(link);
    end = index + address.length;
  }
  if (end < line.length) parts.push({ text: line.slice(end) });
  return parts;
}

/** An address ends before the punctuation of its sentence; a bracket that was opened in it belongs to it. */
function withoutPunctuation(address: string): string {
  const unopened = { ')': excess(address, ')', '('), ']': excess(address, ']', '[') };
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1);
    if (last === ')' || last === ']') {
      if (unopened[last] <= 0) break;
      unopened[last] -= 1;
    } else if ('/#&%@*'.includes(last) || !/[\p{Po}\p{Pe}\p{Pi}\p{Pf}]/u.test(last)) break;
  }
  return address.slice(0, end);
}

const excess = (text: string, closing: string, opening: string): number =>
  text.split(closing).length - text.split(opening).length;

/** A name before the host (`https://bank.example@evil.example`) makes an address read as one that it is not. */
function linkOf(address: string): TextPart | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.username || url.password) return undefined;
  const { host, pathname, search, hash, href } = url;
  return { text: `${host}${pathname}${search}${hash}`.replace(/\/$/, ''), url: href };
}
