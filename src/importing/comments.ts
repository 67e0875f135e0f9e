import { htmlToHast } from 'satteri';
import { counted } from '#site/count.ts';
import type { ArchivedComment, Lost } from './archive.ts';
import { type HastNode, isElement } from './clean-html.ts';
import { yamlFile } from './existing.ts';
import { plainText, shortened } from './html.ts';
import type { EntryComment } from './outcome.ts';
import { idOf, placeOf, type Run } from './run.ts';

/** The longest name and text, in characters. */
const [longestName, longestText] = [100, 20_000];

/** The comments of an archive on what came over, in plain text; those on anything else, and what was changed, are named. */
export async function keptComments(run: Run): Promise<{ comments: EntryComment[]; lost: Lost[] }> {
  const { archive, options, people } = run;
  if (archive.comments.length === 0) return { comments: [], lost: [] };
  const entries = entriesByPlace(run);
  const dates = new Map(archive.pieces.map(({ key, publishedAt }) => [key, publishedAt] as const));
  const show = await yamlFile(options.content, 'show.yaml');
  const hosts = new Set<unknown>([show?.['hosts']].flat());
  const kept = new Map<string, EntryComment>();
  const without = new Map<string, number>();
  const lost: Lost[] = [];
  if (show?.['comments'] === 'off')
    lost.push({ what: 'comment', detail: 'show.yaml says `comments: off`: pages show none as long as it does' });
  for (const comment of archive.comments) {
    const { key, place, piece, answers, author, person, saidAt } = comment;
    const entry = entries.get(place);
    if (entry === undefined) {
      without.set(place, (without.get(place) ?? 0) + 1);
      continue;
    }
    const lose = (detail: string) => void lost.push({ what: 'comment', detail: `${key} on ${place}${detail}` });
    const at = saidAt ?? dates.get(piece);
    const body = textOf(comment);
    if (at === undefined || !isVisible(body)) {
      lose(at === undefined ? ' has no date, and does not come' : ' has no words, and does not come');
      continue;
    }
    if (saidAt === undefined) lose(' has no date: it has that of its page');
    if (body.length > longestText) lose(`: its ${body.length} characters are cut to ${longestText}`);
    const id = idOf(run, key);
    const slug = people.get(person ?? '');
    kept.set(id, {
      ...{ key: id, id, entry, name: nameOf(author) },
      ...(answers !== undefined && { parent: idOf(run, answers) }),
      body: body.length > longestText ? `${body.slice(0, longestText - 1).toWellFormed()}…` : body,
      at: new Date(at).toISOString(),
      ...(slug !== undefined && hosts.has(slug) && { person: slug }),
    });
  }
  let deep = 0;
  for (const comment of kept.values()) {
    const parent = kept.get(comment.parent ?? '');
    if (parent?.parent !== undefined) deep += 1;
    if (!parent) delete comment.parent;
  }
  if (deep > 0)
    lost.push({ what: 'comment', detail: `${counted(deep, 'answer')} to answers: pages show a thread in one row` });
  for (const [place, count] of without)
    lost.push({
      what: 'comment',
      detail: `${counted(count, 'comment')} on ${place}, which is no episode or post here`,
    });
  return { comments: [...kept.values()], lost };
}

/** The entries that can have comments, by where they stand in the archive. */
function entriesByPlace({ results }: Run): ReadonlyMap<string, string> {
  return new Map(
    results.flatMap(({ place, kind, fate, file }) =>
      (kind === 'episodes' || kind === 'posts') && fate !== 'deleted' && fate !== 'failed'
        ? [[place, placeOf(file).join('/')] as const]
        : [],
    ),
  );
}

const isVisible = (text: string) => /[^\p{C}\p{Z}\p{M}\s]/u.test(text);

/** Who wrote it; an e-mail address is nobody's name. */
function nameOf(author: string): string {
  const name = shortened(plainText({ html: author }), longestName).replace(/^(\S+)@\S+$/, '$1');
  return isVisible(name) ? name : 'Anonymous';
}

/** The words of a comment, which old systems keep with some HTML and with line breaks that count. */
function textOf({ body }: ArchivedComment): string {
  const source = 'html' in body ? body.html : body.markdown;
  const text = /[<&]/.test(source) ? wordsIn(htmlToHast(source, { fragment: true }) as unknown as HastNode) : source;
  return text
    .replaceAll(/[^\S\n]*\r?\n[^\S\n]*/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

const blocks = /^(?:p|div|blockquote|pre|ul|ol|table|h[1-6]|section|article|figure)$/;

/** The text of a node as a letter would have it: with the addresses of links, and signs before quotes and points. */
function wordsIn(node: HastNode): string {
  if (node.type === 'text') return node.value ?? '';
  if (!isElement(node)) return (node.children ?? []).map(wordsIn).join('');
  const { tagName, properties } = node;
  if (tagName === 'br') return '\n';
  if (tagName === 'img') return String(properties['alt'] ?? '') || String(properties['src'] ?? '');
  if (/^(?:script|style|template|iframe|object|svg)$/.test(tagName)) return '';
  const inner = node.children.map(wordsIn).join('');
  if (tagName === 'a') {
    const href = String(properties['href'] ?? '').trim();
    if (!/^(?:https?|mailto):/i.test(href)) return inner;
    const address = href.replace(/^mailto:/i, '');
    const isSaid = inner.includes(address) || address.replace(/^https?:\/\//i, '').replace(/\/$/, '') === inner.trim();
    return isSaid ? inner : inner.trim() ? `${inner} (${address})` : address;
  }
  if (tagName === 'li') return `\n- ${inner.trim()}`;
  if (tagName === 'blockquote') return `\n\n${inner.trim().replaceAll(/^/gm, '> ')}\n\n`;
  return blocks.test(tagName) ? `\n\n${inner}\n\n` : inner;
}
