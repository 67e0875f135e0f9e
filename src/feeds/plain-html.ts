import { decoded } from '#site/url.ts';
import sanitize from 'sanitize-html';

/** What only a page can do something with: it is left out with all that is in it. */
const interactive = ['form', 'button', 'select', 'textarea', 'svg', 'template', 'noscript'];

/**
 * HTML as feed readers take it: no script, style, form or decoration, every address absolute, and no class. Sections become
 * plain blocks, a recording becomes a link to it, and the box of a task a sign. `page` is the address that relative ones
 * start from. With `languages` a block of code has the class that says which one it is in.
 */
export function plainHtml(html: string, page: URL, { languages = false } = {}): string {
  return sanitize(html.replaceAll(checkbox, taskSign), {
    allowedTags: [
      ...['h2', 'h3', 'h4', 'p', 'ul', 'ol', 'li', 'blockquote', 'figure', 'figcaption', 'pre', 'code', 'hr', 'br'],
      ...['a', 'em', 'strong', 'del', 'sup', 'sub', 'cite', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'div'],
      ...['dl', 'dt', 'dd', 'tfoot', 'caption', 'q', 'ruby', 'rt', 'rp'],
    ],
    nonTextTags: ['script', 'style', ...interactive],
    allowedAttributes: {
      // For the filter, which leaves out whatever has it.
      '*': ['aria-hidden'],
      a: ['href', 'rel'],
      img: ['src', 'alt', 'width', 'height'],
      ol: ['start'],
      th: ['align', 'scope'],
      td: ['align'],
    },
    // The language of a block of code (HTML, 4.5.15).
    ...(languages && { allowedClasses: { code: ['language-*'] } }),
    allowedSchemes: ['http', 'https', 'mailto'],
    transformTags: {
      '*': (tagName, attribs) => ({
        tagName: isDecoration(attribs) ? 'div' : (plainTags.get(tagName) ?? tagName),
        attribs: Object.fromEntries(Object.entries(attribs).flatMap((each) => absolute(each, page))),
      }),
      audio: (_, { src }) => recordingLink('Listen', src, page),
      video: (_, { src }) => recordingLink('Watch', src, page),
      source: (tagName, { src, type }) =>
        src === undefined
          ? { tagName, attribs: {} }
          : recordingLink(type?.startsWith('audio/') ? 'Listen' : 'Watch', src, page),
    },
    exclusiveFilter: ({ tag, attribs, text, mediaChildren }) =>
      isDecoration(attribs) ||
      (tag === 'img' && !attribs['src']) ||
      (tag === 'a' && !text.trim() && mediaChildren.length === 0),
  }).trim();
}

/** What is drawn for the eye alone is said in words beside it. */
const isDecoration = (attribs: Record<string, string>) => attribs['aria-hidden'] === 'true';

/** A task of a list in Markdown, as GitHub writes it: one that is done reads otherwise than one that is open. */
const checkbox = /<input\b(?=[^>]*\btype="checkbox")[^>]*>\s*/gi;
const taskSign = (input: string) => (/\schecked\b/i.test(input) ? '☑ ' : '☐ ');

/** A recording as a link; one whose address is inside it (`<source>`) is the block around that. */
function recordingLink(verb: string, src: string | undefined, page: URL): sanitize.Tag {
  const address = src === undefined ? null : URL.parse(src, page);
  if (!address) return { tagName: 'div', attribs: {} };
  const name = decoded(address.pathname.split('/').at(-1) ?? '') || address.host;
  return { tagName: 'a', attribs: { href: address.href }, text: `${verb}: ${name}` };
}

/** Blocks whose words would run together without one, and elements that readers know by another name. */
const plainTags = new Map([
  ...['section', 'aside', 'article', 'header', 'footer', 'main', 'nav', 'address', 'details', 'hgroup', 'search'].map(
    (name) => [name, 'div'] as const,
  ),
  ['summary', 'p'],
  ['h1', 'h2'],
  ['h5', 'h4'],
  ['h6', 'h4'],
  ['b', 'strong'],
  ['i', 'em'],
  ['s', 'del'],
  ['strike', 'del'],
]);

/** An attribute as it is kept: an address is absolute; nothing for one that cannot be read. */
function absolute([name, value]: [string, string], page: URL): [string, string][] {
  if (name === 'aria-hidden') return value === 'true' ? [[name, value]] : [];
  if (name !== 'href' && name !== 'src') return [[name, value]];
  const address = URL.parse(value, page);
  return address ? [[name, address.href]] : [];
}
