/**
 * XML that every reader can parse: without the characters that XML 1.0 forbids even as references (section 2.2), which
 * are most controls, lone halves of surrogate pairs, U+FFFE and U+FFFF.
 */
export const wellFormed = (xml: string): string =>
  xml.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');

/** The namespaces of the feeds, by their prefix. */
export const namespaces = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  podcast: 'https://podcastindex.org/namespace/1.0',
  slash: 'http://purl.org/rss/1.0/modules/slash/',
  wfw: 'http://wellformedweb.org/CommentAPI/',
} as const;
