const blocks =
  'table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu|summary|iframe|video|audio|script|object|embed|center';

/**
 * The text of the classic editor, in which an empty line parts paragraphs and a line break is one, as HTML (what WordPress
 * calls wpautop). What is between the tags of a `pre`, `script` or `style` stays as it is.
 */
export function withParagraphs(source: string): string {
  const kept: string[] = [];
  const keep = (part: string) => `\n\n\u{F0000}${kept.push(part) - 1}\u{F0000}\n\n`;
  const lines = source
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/<(pre|script|style|textarea|svg)\b[\s\S]*?<\/\1>/gi, keep)
    // A break inside of a tag is a space.
    .replaceAll(/<[a-z/][^<>]*>/gi, (tag) => tag.replaceAll('\n', ' '))
    .replaceAll(new RegExp(`(<(?:${blocks})(?:\\s[^>]*)?>)`, 'gi'), '\n\n$1')
    .replaceAll(new RegExp(`(</(?:${blocks})>|<(?:hr|br\\s*/?>\\s*<br)\\s*/?>)`, 'gi'), '$1\n\n');
  const opens = new RegExp(`^</?(?:${blocks})(?:\\s[^>]*)?/?>`, 'i');
  return lines
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const own = /^\u{F0000}(\d+)\u{F0000}$/u.exec(part)?.[1];
      if (own !== undefined) return kept[Number(own)] ?? '';
      if (!opens.test(part)) return `<p>${part.replaceAll(/(<br\s*\/?>)?\s*\n/gi, '<br>\n')}</p>`;
      // The words behind an opening tag are lines as well.
      const [tag = ''] = opens.exec(part) ?? [];
      const rest = part.slice(tag.length).replaceAll(/(?<!>)\s*\n/g, '<br>\n');
      return tag + rest;
    })
    .join('\n');
}
