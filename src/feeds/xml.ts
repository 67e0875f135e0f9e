/**
 * XML that every reader can parse: without the characters that XML 1.0 forbids even as references (section 2.2), which
 * are most controls, lone halves of surrogate pairs, U+FFFE and U+FFFF.
 */
export const wellFormed = (xml: string): string =>
  xml.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');

/** Text as the content of an element. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
