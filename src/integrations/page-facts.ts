import { createHash } from 'node:crypto';
import { decoded } from '#site/url.ts';
import { type Found, markedRecord } from '#search/built-page.ts';

/** What a build needs to know of one of its files, so that it has to be read once. */
export interface PageFacts {
  /** The Content-Security-Policy as Astro wrote it for this page alone. */
  policy?: string;
  /** The scripts and styles in it, as a policy names them. */
  inlined?: string[];
  /** The pictures of this site that it names: what is behind `/_astro/`. */
  pictures?: string[];
  /** The address of the stylesheet that comes in two parts: what its first paint needs, and the rest. */
  stylesheet?: string;
  /** For the sitemap: whether search engines are not to know the page, and when it changed (ISO 8601). */
  hidden?: boolean;
  changed?: string;
  /** What the search knows of it. */
  found?: Found;
}

/** What is to know of a file that a route made; only HTML has a policy and a place in the sitemap and the search. */
export function pageFacts(text: string, isHtml: boolean): PageFacts {
  const pictures = [...new Set([...text.matchAll(picture)].map(([, name = '']) => fileName(name)))];
  const named = pictures.length > 0 ? { pictures } : {};
  if (!isHtml) return named;
  const [head = ''] = text.split('</head>', 1);
  const policy = element.exec(text)?.[1];
  const changed = /<meta property="article:modified_time" content="([^"]+)"/.exec(head)?.[1];
  const found = markedRecord(text);
  const sheet = stylesheetOf(head);
  return {
    ...named,
    ...(policy !== undefined && { policy }),
    inlined: inlineHashes(text),
    ...(sheet !== undefined && { stylesheet: sheet }),
    hidden: /<meta name="robots" content="noindex/.test(head),
    ...(changed !== undefined && { changed }),
    ...(found && { found }),
  };
}

const pictureEnding = 'png|jpe?g|webp|avif|gif|svg|tiff?';

/** An address of a picture that Astro wrote: each has a digest before its ending. */
const picture = new RegExp(`/_astro/([^"<>]*?\\.[\\w-]+\\.(?:${pictureEnding}))(?![\\w.-])`, 'gi');

/** Whether a file of this name is a picture. */
export const isPicture = (name: string): boolean => new RegExp(`\\.(?:${pictureEnding})$`, 'i').test(name);

/** The name of a file, from how a text of HTML, XML, JSON or Markdown writes it in an address. */
const fileName = (written: string): string =>
  decoded(
    written
      .replaceAll(/\\(?=[()&])/g, '')
      .replaceAll('&#39;', "'")
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&'),
  );

/** The scripts and styles in a page, as a policy names them. */
export function inlineHashes(html: string): string[] {
  return [...html.matchAll(/<(script|style)\b[^>]*>([^]*?)<\/\1>/g)].map(
    ([, , content = '']) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`,
  );
}

/**
 * What any of these pages' policies lets be, but for hashes of what is in no page. The player lives on while its reader
 * goes from page to page in one document, and so does that document's policy: every page has the same. All have the same
 * directives.
 */
export function unitedPolicy(pages: Iterable<PageFacts>): string {
  const sources = new Map<string, Set<string>>();
  const inlined = new Set<string>();
  const seen = new Set<string>();
  for (const { policy, inlined: hashes = [] } of pages) {
    for (const hash of hashes) inlined.add(hash);
    if (policy === undefined || seen.has(policy)) continue;
    seen.add(policy);
    for (const directive of policy.split(';')) {
      const [name, ...listed] = directive.trim().split(/\s+/);
      if (!name) continue;
      const all = sources.get(name) ?? new Set();
      sources.set(name, all);
      for (const each of listed) all.add(each);
    }
  }
  return [...sources]
    .map(([name, listed]) => {
      const named = [...listed].filter((each) => !isHash(each) || inlined.has(each));
      // In one order, whichever page came first.
      return [name, ...named.filter((each) => !isHash(each)), ...named.filter(isHash).toSorted()].join(' ');
    })
    .join('; ');
}

const isHash = (source: string) => /^'sha\d+-/.test(source);

const element = /<meta http-equiv="content-security-policy" content="([^"]*)"\s*\/?>/i;

/** A page under another policy, which lets be the styles of its first paint as well. */
export function withPolicy(html: string, policy: string): string {
  const [, own] = /<style data-first="([^"]+)"/.exec(html) ?? [];
  const whole = own === undefined ? policy : policy.replace('style-src ', () => `style-src ${own} `);
  return html.replace(element, () => `<meta http-equiv="content-security-policy" content="${whole}">`);
}

const stylesheet = /<link rel="stylesheet" href="([^"]+)"\s*\/?>/;

/** The address of the one stylesheet that the head of a page names; nothing where there are several. */
function stylesheetOf(head: string): string | undefined {
  const [first, ...others] = head.matchAll(new RegExp(stylesheet, 'g'));
  return others.length === 0 ? first?.[1] : undefined;
}

/** Where the rest of a stylesheet is. */
export const restOf = (sheet: string): string => sheet.replace(/\.css$/, '.rest.css');

/**
 * A page with the styles of its first paint in its head, and the rest of its stylesheet at the end of its body, where it
 * holds nothing up. Their digest stands beside them, since by it alone the policies of two pages differ; and the address of
 * the whole stylesheet, for a document that other pages are put into.
 */
export function withFirstStyles(html: string, stylesOf: (html: string) => string): string {
  // As an earlier build has finished it.
  if (html.includes('<style data-first=')) return html;
  const [link = '', whole = ''] = stylesheet.exec(html) ?? [];
  const element = `<style>${stylesOf(html)}</style>`;
  const [digest = ''] = inlineHashes(element);
  return html
    .replace(link, () => element.replace('<style>', () => `<style data-first="${digest}" data-whole="${whole}">`))
    .replace(/(?=<\/body>)/, () => link.replace(whole, restOf(whole)));
}
