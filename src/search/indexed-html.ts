import { indexedText } from '#site/search-text.ts';

/** Code and comments; a tag, by its beginning, name and rest; a text. */
const parts =
  /(<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\2>)|(<\/?)([a-z][\w-]*)((?:"[^"]*"|'[^']*'|[^'">])*>)|([^<]+)/gi;

/** Elements whose text is a sentence of its own, and that Pagefind joins to what comes next. */
const sentences = new Set(['dt', 'dd', 'figcaption', 'caption', 'summary', 'legend', 'blockquote', 'th', 'address']);

/** Elements that a word may go on behind. */
const inWords = new Set([
  ...[
    'a',
    'abbr',
    'b',
    'bdi',
    'cite',
    'code',
    'del',
    'dfn',
    'em',
    'i',
    'ins',
    'kbd',
    'mark',
    'q',
    's',
    'samp',
    'small',
  ],
  ...['strong', 'sub', 'sup', 'u', 'var', 'wbr', 'ruby', 'rb', 'rt', 'rp'],
]);

const isBlock = (rest: string) => /\sclass="(?:[^"]*\s)?(?:block|flex|grid)[\s"]/.test(rest);

/**
 * The HTML of a page as Pagefind is to read it: what readers see apart, by an element or by its style, does not run
 * together, and words are parted and signs kept as {@link indexedText} says.
 */
export function indexedHtml(html: string): string {
  /** What comes before, as far as it matters: the tag that has just ended, and the sign that a word may go on from. */
  let closed: string | undefined;
  let last = ' ';
  return html.replaceAll(
    parts,
    (whole, code?: string, _code?: string, begin?: string, tag?: string, rest = '', text?: string) => {
      if (code !== undefined) return whole;
      if (text !== undefined) {
        const indexed = indexedText(text, last);
        closed = undefined;
        last = text.at(-1) ?? ' ';
        return indexed;
      }
      const name = tag!.toLowerCase();
      const isOpening = begin === '<';
      const isApart =
        isOpening &&
        (isBlock(rest) || name === 'br' || (closed !== undefined && !(inWords.has(closed) && inWords.has(name))));
      closed = isOpening ? undefined : name;
      if (isApart || !(inWords.has(name) || name === 'span')) last = ' ';
      return `${isApart ? ' ' : ''}${begin}${sentences.has(name) ? 'div' : tag}${rest}`;
    },
  );
}
