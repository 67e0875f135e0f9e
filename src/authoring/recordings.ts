import { readFile, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { z } from 'astro/zod';
import { parseFile } from 'music-metadata';
import { cached, cacheFolder, cacheKey } from '#cache/build-cache.ts';
import type { Chapter } from '#catalog/records.ts';
import { audioTypes, chapterTitle, filmTypes, type MediaFacts, videoTypes } from '#model/media.ts';
import { isWebAddress } from '#model/field.ts';
import { fieldMessage } from './field-messages.ts';
import { shown } from './problem.ts';
import { textOf } from './text-file.ts';
import { cutOff } from './truncation.ts';

const types: Record<string, MediaFacts['type']> = { ...audioTypes, ...videoTypes };

/** The containers that music-metadata finds behind each file ending. */
const containers = {
  mp3: /^MPEG$/,
  m4a: /MPEG-4|M4A|isom|mp4/i,
  mp4: /MPEG-4|isom|mp4|avc/i,
  m4v: /MPEG-4|M4V|isom/i,
  mov: /MPEG-4|qt/i,
};

/**
 * What {@link readRecording} reads, or read in an earlier build. A recording is known by its size and times, since a digest
 * of it would cost what reading it does: one that was copied, or checked out anew, is read again.
 */
export async function recordingFacts(path: string, cache: string = cacheFolder('recordings')): Promise<MediaFacts> {
  const { size, mtimeMs, ctimeMs, ino } = await stat(path);
  const key = cacheKey([resolve(path), size, mtimeMs, ctimeMs, ino]);
  const facts = await cached(cache, key, async () => Buffer.from(JSON.stringify(await readRecording(path))));
  return JSON.parse(facts.toString()) as MediaFacts;
}

/** What a recording says of itself. Throws an error with a plain message when the file is no recording of its type. */
export async function readRecording(path: string): Promise<MediaFacts> {
  const ending = extname(path).slice(1).toLowerCase() as keyof typeof containers;
  const kind = ending in audioTypes ? 'audio' : 'video';
  const [{ size: bytes }, { format }] = await Promise.all([
    stat(path),
    parseFile(path, { duration: true, skipCovers: true }).catch(() => ({ format: {} as never })),
  ]);
  const { container = '', duration, codec } = format as { container?: string; duration?: number; codec?: string };
  if (!duration || !containers[ending].test(container) || (ending === 'mp3' && !/layer 3/i.test(codec ?? '')))
    throw await unplayable(path, `is not ${kind}: nothing in it plays as ${types[ending]}`);
  return { bytes, type: types[ending] as MediaFacts['type'], duration: Math.round(duration * 1000) / 1000 };
}

/** Throws an error with a plain message when a file is no film of its type. What a browser recorded may not say how long it is. */
export async function readFilm(path: string): Promise<void> {
  const ending = extname(path).slice(1).toLowerCase() as keyof typeof filmTypes;
  const { container = '' } = await parseFile(path, { skipCovers: true }).then(
    ({ format }) => format,
    () => ({ container: undefined }),
  );
  if (!(ending === 'webm' ? /webm|matroska/i : /MPEG-4|M4V|iso\d|isom|mp4|avc|qt/i).test(container))
    throw await unplayable(path, `is not video: nothing in it plays as ${filmTypes[ending]}`);
}

/** Why nothing in a file plays: it may be a recording that is not all there. */
const unplayable = async (path: string, otherwise: string) => new Error((await cutOff(path, 1)) ?? otherwise);

const chapter = z.object({
  startTime: z.number().nonnegative(),
  // What is not listed may be a picture alone.
  title: z.string().default(''),
  endTime: z.number().nonnegative().optional(),
  url: z.string().optional(),
  img: z.string().optional(),
  toc: z.boolean().optional(),
});

/** Podcasting 2.0 JSON chapters (version 1.2.0), as far as the site shows them. */
const chaptersFile = z.object({
  version: z.string(),
  chapters: z.array(chapter).min(1),
});

function titleOf(written: string, index: number): string {
  const { data, error } = chapterTitle.safeParse(written);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  const name = `has a mistake in chapter ${index + 1}: its title`;
  throw new Error(issue ? fieldMessage(name, written, issue, { schema: chapterTitle, meta: {} }) : name);
}

/** What a chapter leads to is a link on the page, as one of front matter is. */
function addressIn(written: string, index: number): string {
  if (isWebAddress(written)) return written;
  throw new Error(`has a mistake in chapter ${index + 1}: its url must be an http(s) address, not ${shown(written)}`);
}

/** The chapters of a Podcasting 2.0 file. Throws an error with a plain message when it is none. */
export async function readChapters(path: string): Promise<Chapter[]> {
  const text = textOf(await readFile(path)).replace(/^\uFEFF/, '');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error('is not JSON');
  }
  const { data } = chaptersFile.safeParse(json);
  if (!data)
    throw new Error('is not a chapters file: it wants "version" and "chapters" with "startTime" and "title" each');
  return data.chapters.map(({ startTime, endTime, url, ...rest }, i) => ({
    start: startTime,
    ...rest,
    ...(url !== undefined && { url: addressIn(url, i) }),
    title: rest.toc === false && rest.title.trim() === '' ? rest.title : titleOf(rest.title, i),
    ...(endTime !== undefined && { end: endTime }),
  }));
}
