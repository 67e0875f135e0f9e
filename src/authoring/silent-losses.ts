import { attribute } from '#catalog/body.ts';
import { vocabulary } from '#model/vocabulary.ts';
import type { Problem } from './problem.ts';
import { type BodyNode, lineWhere, replacedIn, type SourceEntry, sourceLine, span } from './source.ts';

/** What of a body would be printed as it is written, or stand where nothing shows it, without a word from the parser. */
export function silentLosses(nodes: readonly BodyNode[], entry: SourceEntry): Problem[] {
  return [
    ...nodes.flatMap((node) => [
      ...printedLinks(node, entry),
      ...shortcodes(node, entry),
      ...smallComponents(node, entry),
      ...ownMachine(node, entry),
    ]),
    ...strayParts(nodes, entry),
  ];
}

/**
 * Control characters and what is no character, which no page may have in it (HTML, 13.2.3.5), as they come along from a PDF
 * or a terminal. They are read from the lines of the file, since a parser has its own of some.
 */
export function controlCharacters(entry: SourceEntry): Problem[] {
  return entry.body.split(/\r?\n/).flatMap((line, i): Problem | [] => {
    const [sign] = controls.exec(line) ?? [];
    if (sign === undefined) return [];
    const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const what = `A control character (U+${code}) is in the text, which no page can show`;
    const paste = line.replaceAll(new RegExp(controls, 'gu'), (found) => (/[\v\f\u0085]/.test(found) ? ' ' : ''));
    return { what, file: entry.name, line: i + 1, field: 'body', nearest: 'the line without it', paste };
  });
}

const controls = /(?![\t\r])[\p{Cc}\p{Noncharacter_Code_Point}]/u;

/** A picture or link whose address has a space in it is none in Markdown (CommonMark 0.31, 6.3), and is printed. */
function printedLinks(node: BodyNode, entry: SourceEntry): Problem[] {
  if (node.type !== 'text') return [];
  const printed = /(!?)\[[^\]\n]*\]\((?!<)([^()\n<>"']*[^()\s<>"']\s+[^()\n<>"']*)\)/g;
  return [...(node.value ?? '').matchAll(printed)].flatMap(([whole, isPicture, address = '']): Problem | [] => {
    const isPath = isPicture || /^(?:\.{0,2}\/|https?:)/.test(address);
    const { line, paste } = replacedIn(entry, node, address, `<${address.trim()}>`);
    // With a backslash before it an author has it printed on purpose.
    if (!isPath || !isWritten(whole, sourceLine(entry, line))) return [];
    const what = `${whole} is printed as it stands: an address with a space in it is written between < and >`;
    return { what, file: entry.name, line, field: isPicture ? 'picture' : 'link', nearest: `<${address}>`, paste };
  });
}

/** Shortcodes of WordPress, which are text here. Those of Hugo and Jekyll no MDX parser reads. */
function shortcodes(node: BodyNode, entry: SourceEntry): Problem[] {
  if (node.type !== 'text') return [];
  return [...(node.value ?? '').matchAll(wordPress)].flatMap(([whole, name = '']): Problem | [] => {
    const line = lineWhere(entry, node, (source) => isWritten(whole, source));
    const what = `${whole} is a shortcode of WordPress, and is printed as it stands`;
    return line === undefined ? [] : { what, file: entry.name, line, field: 'body', nearest: instead[name] };
  });
}

const wordPress =
  /\[(caption|gallery|embed|audio|video|playlist|powerpress|contact-form[\w-]*|su_\w+|vc_\w+|et_pb_\w+|gravityform|wpforms|ss_podcast|ss_player)(?:\s[^\]\n]*)?\]/g;

/** What is written here in their place. */
const instead: Record<string, string> = {
  caption: '<Figure caption="…">![what it shows](./picture.jpg)</Figure>',
  gallery: '![what it shows](./picture.jpg)',
};

/** The name of a shortcode of Hugo or Jekyll in a line that MDX cannot read: `{{< figure … >}}`, `{% include … %}`. */
export function foreignShortcode(line: string): { written: string; of: string } | undefined {
  const [hugo] = /\{\{[<%][^\n]*?[>%]\}\}/.exec(line) ?? [];
  if (hugo !== undefined) return { written: hugo, of: 'Hugo' };
  const [liquid] = /\{%[^\n]*?%\}/.exec(line) ?? [];
  return liquid === undefined ? undefined : { written: liquid, of: 'Jekyll or Eleventy' };
}

/** The vocabulary in small letters is HTML that no browser knows. */
function smallComponents(node: BodyNode, entry: SourceEntry): Problem[] {
  const { name } = node;
  if (!node.type.startsWith('mdxJsx') || !name || Object.hasOwn(vocabulary, name)) return [];
  const right = Object.keys(vocabulary).find((each) => each.toLowerCase() === name.toLowerCase().replaceAll('-', ''));
  // An unknown name that begins with a capital is told already.
  if (right === undefined || /^[A-Z]/.test(name)) return [];
  const { first } = span(node);
  const tag = new RegExp(`(</?)${RegExp.escape(name)}(?![\\w.-])`, 'g');
  const paste = sourceLine(entry, first).replaceAll(tag, `$1${right}`);
  const what = `<${name}> is no element of HTML: the component is <${right}>`;
  return [{ what, file: entry.name, line: first, field: `<${name}>`, nearest: `<${right}>`, paste }];
}

/** A link to the machine on which it was written, or to one beside it. */
function ownMachine(node: BodyNode, entry: SourceEntry): Problem[] {
  const isLink = ['link', 'definition', 'image'].includes(node.type);
  const href = isLink ? node.url : node.name === 'a' ? attribute(node, 'href') : undefined;
  const address = href === undefined ? null : URL.parse(href);
  if (!href || !address || !/^https?:$/.test(address.protocol) || !isPrivateHost(address.hostname)) return [];
  const right = address.pathname + address.search + address.hash;
  const { line, paste } = replacedIn(entry, node, href, right);
  const what = `${href} is on your own machine or network, where no reader gets to`;
  const isOurs = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(address.hostname) && address.port === '4321';
  return [{ what, file: entry.name, line, field: 'link', nearest: right, paste: isOurs ? paste : undefined }];
}

/** Names and addresses that mean nothing elsewhere (RFC 1918, RFC 6761, RFC 6762). */
export const isPrivateHost = (host: string): boolean =>
  /^(?:localhost|.*\.(?:localhost|local|internal|test)|127(?:\.\d+){3}|0\.0\.0\.0|10(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|\[::1\]|\[f[cd].*\])$/.test(
    host,
  );

/** The components that show their parts, and the parts that nothing else shows as such. */
const wholes: Record<string, string> = {
  Marketing: 'TwoSides',
  Sales: 'TwoSides',
  SharedGoal: 'TwoSides',
  Line: 'Exchange',
};

function strayParts(nodes: readonly BodyNode[], entry: SourceEntry): Problem[] {
  const inside = new Map<string, Set<BodyNode>>();
  for (const node of nodes)
    if (node.name && Object.values(wholes).includes(node.name)) {
      const parts = inside.get(node.name) ?? new Set();
      inside.set(node.name, parts);
      for (const part of within(node)) parts.add(part);
    }
  return nodes.flatMap((node): Problem | [] => {
    const whole = node.name ? wholes[node.name] : undefined;
    if (whole === undefined || inside.get(whole)?.has(node)) return [];
    const what = `<${node.name}> stands alone: it is a part of <${whole}>, between whose tags it belongs`;
    return { what, file: entry.name, line: span(node).first, field: `<${node.name}>`, nearest: `<${whole}>` };
  });
}

const within = (node: BodyNode): BodyNode[] =>
  ((node.children ?? []) as BodyNode[]).flatMap((child) => [child, ...within(child)]);

const isWritten = (text: string, line: string) => ` ${line}`.replaceAll(`\\${text}`, '').includes(text);
