import sanitize from 'sanitize-html';

/** What only a page can do something with: it is left out with all that is in it. */
const interactive = ['form', 'button', 'select', 'textarea', 'svg', 'template', 'noscript'];

/**
 * HTML as feed readers take it: no script, style, form or class, and every address absolute. Sections become plain
 * blocks; what only a screen shows (a checkbox) is left out. `page` is the address that relative ones start from.
 */
export function plainHtml(html: string, page: URL): string {
  return sanitize(html, {
    allowedTags: [
      ...['h2', 'h3', 'h4', 'p', 'ul', 'ol', 'li', 'blockquote', 'figure', 'figcaption', 'pre', 'code', 'hr', 'br'],
      ...['a', 'em', 'strong', 'del', 'sup', 'sub', 'cite', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'div'],
    ],
    nonTextTags: ['script', 'style', ...interactive],
    allowedAttributes: {
      a: ['href', 'rel'],
      img: ['src', 'alt', 'width', 'height'],
      ol: ['start'],
      th: ['align', 'scope'],
      td: ['align'],
    },
    allowedSchemes: ['http', 'https', 'mailto'],
    transformTags: {
      '*': (tagName, attribs) => ({
        tagName: plainTags.get(tagName) ?? tagName,
        attribs: Object.fromEntries(Object.entries(attribs).flatMap((each) => absolute(each, page))),
      }),
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs['src'],
  }).trim();
}

const plainTags = new Map([
  ['section', 'div'],
  ['aside', 'div'],
  ['b', 'strong'],
  ['i', 'em'],
]);

/** An attribute whose address, if it holds one, is absolute; nothing for an address that cannot be read. */
function absolute([name, value]: [string, string], page: URL): [string, string][] {
  if (name !== 'href' && name !== 'src') return [[name, value]];
  const address = URL.parse(value, page);
  return address ? [[name, address.href]] : [];
}
