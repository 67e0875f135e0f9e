import { XMLParser, XMLValidator } from 'fast-xml-parser';

interface Node {
  [name: string]: unknown;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  trimValues: false,
  alwaysCreateTextNode: true,
  isArray: (_, path, __, isAttribute) => !isAttribute && !['rss', 'rss.channel'].includes(String(path)),
});

/**
 * What the W3C feed validator would say of an RSS document at `address`: a line for each rule that is broken, named
 * as the validator's messages are. The rules that need no network, of those that it checks.
 */
export function brokenRules(xml: string, address: string): string[] {
  const found: string[] = [];
  const rule = (holds: boolean, name: string, where = '') => {
    if (!holds) found.push(where ? `${name}: ${where}` : name);
  };
  rule(XMLValidator.validate(xml) === true, 'SAXError');
  rule(!forbidden.test(xml), 'BadCharacters');
  rule(xml.startsWith('<?xml version="1.0"'), 'MissingXmlDeclaration');
  for (const [, prefix = '', uri = ''] of xml.matchAll(/ xmlns:(\w+)="([^"]*)"/g))
    rule(uris.get(prefix) === uri, 'UnknownNamespace', prefix);

  const { rss } = parser.parse(xml) as { rss: Node & { channel: Node } };
  rule(rss['@version'] === '2.0', 'BadRSSVersion');
  const { channel } = rss;
  for (const name of ['title', 'link', 'description', 'language']) rule(count(channel, name) === 1, 'Missing', name);
  for (const name of single) rule(count(channel, name) <= 1, 'DuplicateElement', name);
  rule(
    Object.keys(channel)
      .filter((name) => name !== '#text')
      .at(-1) === 'item' || !channel['item'],
    'MisplacedItem',
  );
  rule(/^[a-z]{2,3}(-[A-Z]{2})?$/.test(textOf(channel, 'language')), 'InvalidLanguage');
  rule(isFull(textOf(channel, 'link')), 'InvalidFullLink', 'channel');
  if (channel['lastBuildDate']) rule(rfc2822.test(textOf(channel, 'lastBuildDate')), 'InvalidRFC2822Date');

  const selves = nodes(channel, 'atom:link').filter((link) => link['@rel'] === 'self');
  rule(selves.length === 1 && selves[0]?.['@href'] === address, 'SelfDoesntMatchLocation');
  for (const link of nodes(channel, 'atom:link')) rule(isFull(link['@href']), 'InvalidFullLink', 'atom:link');
  for (const image of nodes(channel, 'image')) {
    rule(isFull(textOf(image, 'url')), 'InvalidFullLink', 'image');
    rule(textOf(image, 'title') === textOf(channel, 'title'), 'ImageTitleDoesntMatch');
    rule(textOf(image, 'link') === textOf(channel, 'link'), 'ImageLinkDoesntMatch');
    rule(Number(textOf(image, 'width') || 88) <= 144, 'InvalidWidth');
    rule(Number(textOf(image, 'height') || 31) <= 400, 'InvalidHeight');
  }

  const items = nodes(channel, 'item');
  const guids = items.map((item) => textOf(item, 'guid'));
  rule(new Set(guids).size === guids.length, 'DuplicateValue', 'guid');
  for (const item of items) {
    const where = textOf(item, 'guid');
    for (const name of ['title', 'link', 'guid', 'pubDate', 'description', 'content:encoded'])
      rule(count(item, name) === 1, count(item, name) ? 'DuplicateElement' : 'Missing', `${name} of ${where}`);
    for (const name of ['enclosure', 'source', 'atom:updated', 'podcast:chapters', 'podcast:season', 'podcast:episode'])
      rule(count(item, name) <= 1, 'DuplicateElement', `${name} of ${where}`);
    rule(textOf(item, 'title').trim() !== '', 'NotBlank', where);
    rule(rfc2822.test(textOf(item, 'pubDate')), 'InvalidRFC2822Date', where);
    rule(isFull(textOf(item, 'link')), 'InvalidFullLink', where);
    rule(
      nodes(item, 'guid').every((guid) => guid['@isPermaLink'] === 'false'),
      'InvalidPermalink',
      where,
    );
    for (const { '@url': url, '@length': length, '@type': type } of nodes(item, 'enclosure'))
      rule(
        isFull(url) && /^[1-9]\d*$/.test(String(length)) && /^(audio|video)\/[\w.+-]+$/.test(String(type)),
        'InvalidEnclosure',
        where,
      );
    for (const source of nodes(item, 'source')) rule(isFull(source['@url']), 'InvalidFullLink', `source of ${where}`);
    for (const name of ['dc:creator', 'category', 'podcast:person'])
      for (const node of nodes(item, name))
        rule(String(node['#text']).trim() !== '', 'NotBlank', `${name} of ${where}`);
    if (item['atom:updated']) rule(rfc3339.test(textOf(item, 'atom:updated')), 'InvalidRFC3339Date', where);
    for (const name of ['content:encoded', 'description']) {
      const html = textOf(item, name);
      rule(!/<(script|style|iframe|form|object|embed|link|meta|svg|input)\b/i.test(html), 'SecurityRisk', where);
      rule(!/<[^>]*\s(on\w+|style|class)=/i.test(html), 'SecurityRiskAttr', where);
      rule(!/<[^>]*\s(?:href|src)="(?!https?:|mailto:)/i.test(html), 'ContainsRelRef', where);
    }
  }
  return found;
}

const uris = new Map([
  ['atom', 'http://www.w3.org/2005/Atom'],
  ['content', 'http://purl.org/rss/1.0/modules/content/'],
  ['dc', 'http://purl.org/dc/elements/1.1/'],
  ['itunes', 'http://www.itunes.com/dtds/podcast-1.0.dtd'],
  ['podcast', 'https://podcastindex.org/namespace/1.0'],
  ['slash', 'http://purl.org/rss/1.0/modules/slash/'],
  ['wfw', 'http://wellformedweb.org/CommentAPI/'],
]);
const single = [
  ...['copyright', 'lastBuildDate', 'image', 'itunes:image', 'itunes:explicit', 'itunes:author', 'itunes:type'],
  ...['itunes:owner', 'podcast:guid', 'podcast:medium', 'podcast:locked', 'podcast:license', 'podcast:podroll'],
];
const rfc2822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d GMT$/;
const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
/** What XML 1.0 forbids (section 2.2), which the parser lets pass. */
const forbidden = new RegExp('[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]', 'u');

const isFull = (url: unknown) => typeof url === 'string' && /^https?:\/\/[\x21-\x7E]+$/.test(url);
const nodes = (parent: Node, name: string) => (parent[name] ?? []) as Node[];
const count = (parent: Node, name: string) => nodes(parent, name).length;
const textOf = (parent: Node, name: string) => String(nodes(parent, name)[0]?.['#text'] ?? '');
