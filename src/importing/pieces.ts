import { isSameSite } from './addresses.ts';
import type { ArchivedPiece, Lost, Part } from './archive.ts';
import { acceptedFields, firstSentences } from './fields.ts';
import { keyOf } from './files.ts';
import type { Gathered } from './gathering.ts';
import { mdxOf, plainText, shortened } from './html.ts';
import type { Fate } from './outcome.ts';
import { entryText, type Run, staying, surroundings } from './run.ts';
import { keepEntry } from './writing.ts';

/** Makes the entry of a piece, for which all is there. */
export async function keepPiece(run: Run, found: Gathered): Promise<void> {
  const { piece, id, slug, known, rival, number, source } = found.planned;
  const { beside, lost } = found;
  const { kind, place } = piece;
  const told = (fate: Fate, file: string) => void run.results.push({ place, kind, fate, file, lost });
  if (rival !== undefined) {
    lost.push({
      what: 'exists',
      detail: `${rival} is there already, and is left as it is: take what you want of the old one over by hand, or delete it and import again`,
    });
    return told('exists', rival);
  }
  if (known && found.fate) {
    // What was told when it was written is not told again; the addresses that it has are no others'.
    lost.length = 0;
    run.moved.aliases(piece.addresses, []);
    return told(found.fate, known.file);
  }
  try {
    const fields = fieldsOf(run, found);
    const text = mdxOf(piece.body, surroundings(run, beside, shortened(piece.title || slug, 120)));
    const accepted = acceptedFields(kind, fields);
    lost.push(...beside.lost, ...text.lost, ...accepted.lost);
    await keepEntry(run, {
      ...{ id, kind, slug, known, beside, lost, source, place, number },
      text: entryText(accepted.fields, text.text),
    });
  } catch (error) {
    lost.push({ what: 'failed', detail: `It could not be written: ${(error as Error).message}` });
    told('failed', `${kind}/${slug}`);
  }
}

/** The front matter of its entry. What the archive does not say and the model asks for is made of what it says, and named. */
function fieldsOf(run: Run, { planned, beside, fields, lost }: Gathered): Record<string, unknown> {
  const { piece, slug, number } = planned;
  const words = () => plainText(piece.body);
  const title = titleOf(piece, words, slug, lost);
  const updatedAt = moment(piece.updatedAt);
  const common = {
    title,
    summary: summaryOf(piece, words, lost) || title,
    aliases: run.moved.aliases(piece.addresses, lost),
    draft: piece.draft || undefined,
  };
  if (piece.kind === 'pages') return { ...common, updatedAt };
  const { cover } = piece;
  const src = cover && beside.pathOf(keyOf(cover));
  const publishedAt = moment(piece.publishedAt) ?? run.options.now.toISOString().slice(0, 10);
  if (!piece.publishedAt) lost.push({ what: 'date', detail: `The archive has no date of it: it has ${publishedAt}` });
  const known = {
    ...fields,
    ...common,
    publishedAt,
    updatedAt: updatedAt !== undefined && new Date(updatedAt) > new Date(publishedAt) ? updatedAt : undefined,
    guid: piece.guid?.trim() || undefined,
    topics: listed(piece.topics.map((key) => run.topics.get(key))),
    keywords: listed(piece.keywords.map((word) => word.trim())),
    cover: src ? { src, alt: cover?.alt ? shortened(cover.alt, 300) : title } : undefined,
  };
  if (src && !cover?.alt)
    lost.push({ what: 'alt-text', detail: `${src}, its cover, had no alternative text: its title stands for it` });
  const slugs = (parts: readonly Part[]) => listed(parts.map(({ person }) => run.people.get(person)));
  if (piece.kind === 'posts') return { ...known, authors: slugs(piece.authors) };
  for (const recording of [fields['audio'], fields['video']]) {
    const url = URL.parse((recording as { url?: string } | undefined)?.url ?? '');
    if (url && isSameSite(url.href, run.archive.series.address))
      lost.push({ what: 'file', detail: `Its recording ${staying(url)}` });
  }
  const roles = [...piece.hosts, ...piece.guests].flatMap(({ person, role }) => {
    const of = run.people.get(person);
    return of !== undefined && role ? [[of, shortened(role, 80)] as const] : [];
  });
  return {
    ...known,
    number: fields['episodeType'] === undefined || fields['episodeType'] === 'full' ? number : fields['number'],
    hosts: slugs(piece.hosts),
    guests: slugs(piece.guests),
    roles: roles.length > 0 ? Object.fromEntries(roles) : undefined,
  };
}

function titleOf({ title }: ArchivedPiece, words: () => string, slug: string, lost: Lost[]): string {
  const line = title.replaceAll(/\s+/g, ' ').trim();
  if (line.length > 140)
    lost.push({ what: 'title', detail: `Its title is longer than 140 characters, and cut: “${line}”` });
  if (line) return shortened(line, 140);
  const first = shortened(words(), 60) || slug.replaceAll('-', ' ');
  lost.push({ what: 'title', detail: `The archive has no title of it: it is called “${first}”` });
  return first;
}

function summaryOf({ summary = '' }: ArchivedPiece, words: () => string, lost: Lost[]): string {
  const line = summary.replaceAll(/\s+/g, ' ').trim();
  const short = firstSentences(line);
  if (!short)
    lost.push({ what: 'summary', detail: 'The archive has no summary of it: it has the first words of its text' });
  else if (short.length < line.length)
    lost.push({ what: 'summary', detail: `Its summary is longer than 300 characters, and cut: “${line}”` });
  return short || firstSentences(beginning(words()));
}

/** The first blocks of a text, as many as say something: a heading or a table further down is no part of a summary. */
function beginning(words: string): string {
  let said = '';
  for (const block of words.split('\n')) {
    if (said.length >= 40) break;
    said += ` ${block}`;
  }
  return said;
}

/** Each value once; undefined where there is none. */
function listed(values: readonly (string | undefined)[]): string[] | undefined {
  const found = [...new Set(values.filter((each) => each))] as string[];
  return found.length > 0 ? found : undefined;
}

const moment = (date: Date | string | undefined): string | undefined =>
  date instanceof Date ? date.toISOString().replace('.000Z', 'Z') : date;
