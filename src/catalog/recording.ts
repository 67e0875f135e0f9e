import type { Collection, Content, Entry } from './content.ts';
import { addressOf } from './entry-address.ts';
import type { Alternate, Asset, Chapter, PersonLink, Recording, Transcript } from './records.ts';
import { paragraphs } from './transcript.ts';
import { seconds } from '#site/length.ts';
import { url } from '#site/url.ts';

/** The sound or film of an episode; a local file has its facts from `media`. */
export function recording(
  { slug, folder, data }: Entry<'episodes'>,
  kind: 'audio' | 'video',
  media: Content['media'],
): Recording | undefined {
  const field = data[kind];
  if (field === undefined) return undefined;
  if (typeof field === 'string') {
    const facts = media[pathInContent(folder, field)];
    return facts && { kind: 'file', url: url.asset(url.episode(slug), field), ...facts };
  }
  if ('youtube' in field) return { kind: 'youtube', id: field.youtube };
  if ('vimeo' in field) return { kind: 'vimeo', id: field.vimeo };
  return { kind: 'file', ...field };
}

/** The same recording in other files. */
export const alternates = ({ slug, folder, data }: Entry<'episodes'>, media: Content['media']): Alternate[] =>
  (data.alternates ?? []).flatMap(({ file, ...about }): Alternate | [] => {
    if (typeof file !== 'string') return { kind: 'file', ...file, ...about };
    const facts = media[pathInContent(folder, file)];
    return facts ? { kind: 'file', url: url.asset(url.episode(slug), file), ...facts, ...about } : [];
  });

/** All chapters of an episode, from its front matter or from the file that it names; in order. */
export function chapters({ folder, data }: Entry<'episodes'>, { chapters }: Content): Chapter[] {
  if (typeof data.chapters === 'string') return chapters[pathInContent(folder, data.chapters)] ?? [];
  return (data.chapters ?? []).map(({ start, end, ...rest }) => ({
    start: seconds(start),
    ...rest,
    ...(end !== undefined && { end: seconds(end) }),
  }));
}

/** Whether a chapter is listed (Podcasting 2.0, chapters: `toc`). */
export const isListed = ({ toc }: Chapter): boolean => toc !== false;

/** What was said in an episode. */
export function transcript(
  { slug, folder, data }: Entry<'episodes'>,
  people: readonly PersonLink[],
  { transcripts }: Content,
): Transcript | undefined {
  if (typeof data.transcript !== 'string') return undefined;
  const cues = transcripts[pathInContent(folder, data.transcript)];
  return cues && { url: url.asset(url.episode(slug), data.transcript), paragraphs: paragraphs(cues, people) };
}

/** The files beside an episode that are published with it. */
export function assets({ slug, folder, data }: Entry<'episodes'>): Asset[] {
  const others = (data.alternates ?? []).map(({ file }) => file);
  return [data.audio, data.video, data.transcript, data.chapters, ...others]
    .filter((field) => typeof field === 'string')
    .map((field) => ({ url: url.asset(url.episode(slug), field), path: pathInContent(folder, field) }));
}

/** The files beside an entry that its body plays, as they are published with the page of this slug. */
export const films = <Name extends Collection>(
  collection: Name,
  { folder, body }: Entry<Name>,
  slug: string,
): Asset[] =>
  body.films.map((film) => ({
    url: url.asset(addressOf[collection](slug), film),
    path: pathInContent(folder, film),
  }));

/** Where a `./` path of an entry is inside the content folder. */
export const pathInContent = (folder: string, path: string): string => `${folder}/${path.replace(/^\.\//, '')}`;
