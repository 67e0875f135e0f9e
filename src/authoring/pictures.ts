import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { imageMetadata } from 'astro/assets/utils';
import sharp from 'sharp';
import { grouped } from '#site/count.ts';
import { fileSize } from '#site/file-size.ts';
import { decoded, encodedPath } from '#site/url.ts';
import { missingFile, renamedFile } from './file-names.ts';
import type { Folder } from './folder.ts';
import type { Memory } from './memory.ts';
import { type Known, pictureFile } from './nearest.ts';
import { nearestOf } from './closest-match.ts';
import type { Problem } from './problem.ts';
import { replacedIn, type BodyNode, type SourceEntry, sourceLine, span } from './source.ts';
import type { Correction } from './yaml.ts';

/** A picture of a body. */
export interface BodyPicture {
  url: string;
  alt: string;
  /** The node that shows it, and the one that names its file: the same but for `![alt][name]`. */
  node: BodyNode;
  source: BodyNode;
}

export function pictures(nodes: readonly BodyNode[]): BodyPicture[] {
  const named = new Map(nodes.filter(({ type }) => type === 'definition').map((node) => [node.identifier, node]));
  return nodes.flatMap((node): BodyPicture | [] => {
    const source =
      node.type === 'image' ? node : node.type === 'imageReference' ? named.get(node.identifier) : undefined;
    return source ? { url: source.url ?? '', alt: node.alt?.trim() ?? '', node, source } : [];
  });
}

export const onAnotherHost = (address: string): boolean => /^[a-z][a-z\d+.-]*:|^\/\//i.test(address);

/** A picture that is not there, or elsewhere, or says nothing to those who do not see it. */
export function pictureProblems(
  { url, alt, node, source }: BodyPicture,
  entry: SourceEntry,
  { files }: Known,
  publicFiles: ReadonlySet<string>,
): Problem[] {
  const path = decoded(url);
  const there = path.startsWith('/') ? publicFiles.has(path) : files.includes(`./${posix.normalize(path)}`);
  const others = files.filter((file) => pictureFile.test(file));
  const { saying, candidates } = missingFile(`./${posix.normalize(path)}`, others);
  const meant = onAnotherHost(url) ? `./${posix.basename(path)}` : url;
  const near = nearestOf(meant, candidates);
  const renaming = path.startsWith('/') ? undefined : renamedFile(path, 'picture', others);
  const place = { file: entry.name, field: 'picture' };
  const problems: Problem[] = [];
  if (onAnotherHost(url)) {
    const what = `The picture ${url} is on another host: no page asks one for anything`;
    const { first } = span(node);
    const fixed = near?.isCertain
      ? { nearest: near.value, ...replacedIn(entry, source, url, near.value) }
      : { nearest: 'a link', line: first, paste: asLink(sourceLine(entry, first), url, alt || 'A picture') };
    problems.push({ what, ...place, ...fixed });
  } else if (!there) {
    const what = `There is no picture ${url} beside the entry${saying}`;
    const fixed = near ? replacedIn(entry, source, url, near.value) : commentedOut(entry, source, url);
    const paste = near?.isCertain === false ? undefined : fixed.paste;
    problems.push({ what, ...place, nearest: near?.value, line: fixed.line, paste });
  } else if (renaming) {
    const { what, to } = renaming;
    problems.push({ what, ...place, nearest: to, ...replacedIn(entry, source, url, encodedPath(to)) });
  }
  if (!alt) {
    const what = `The picture ${url} has no alternative text, for those who do not see it`;
    problems.push({ what, ...place, line: span(node).first, nearest: `![What it shows](${url})` });
  }
  return problems;
}

/** The line with a link in place of the picture of this address; undefined where its brackets are on another line. */
function asLink(line: string, url: string, words: string): string | undefined {
  const end = line.indexOf(`](${url}`);
  const start = line.lastIndexOf('![', end);
  return end < 0 || start < 0 ? undefined : `${line.slice(0, start)}[${words}${line.slice(end)}`;
}

/** The line of a picture with the picture as a comment, until its file is right. */
function commentedOut(entry: SourceEntry, node: BodyNode, url: string): Correction {
  const line = span(node).first;
  const paste = sourceLine(entry, line).replaceAll(/!\[[^\]]*\]\([^)]*\)/g, (picture) =>
    picture.includes(url) ? `{/* ${picture} */}` : picture,
  );
  return { line, paste };
}

/** The formats that the site can size, by the bytes of a file: its name may say another. */
const formats = new Set(['jpg', 'jpeg', 'png', 'webp', 'avif', 'gif', 'svg', 'tiff']);

interface SizedPicture {
  bytes: Buffer;
  format: string;
  /** In pixels; of a drawing, in units of its own. */
  width: number;
  height: number;
}

/** A picture. Throws an error with a plain message when a file is none that the site can show. */
export async function readPicture(path: string): Promise<SizedPicture> {
  const bytes = await readFile(path);
  if (bytes.length === 0) throw new Error('is empty: copy it here again');
  const { format, width, height } = await imageMetadata(bytes, path).catch(() => ({
    ...{ format: isHeic(bytes) ? 'heic' : undefined, width: 0, height: 0 },
  }));
  if (!format) throw new Error('is not a picture that the site can read');
  if (!formats.has(format))
    throw new Error(`is a picture in ${format.toUpperCase()}, which no page can show: save it as JPEG`);
  const fault = format === 'svg' ? drawingFault(bytes.toString()) : await photoFault(bytes, width, height);
  if (fault) throw new Error(fault);
  return { bytes, format, width, height };
}

/** The brands of HEIC (ISO/IEC 23008-12, annex B), which files of telephones have whatever their name says. */
const isHeic = (bytes: Buffer) => /^ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)/.test(bytes.toString('latin1', 4, 12));

/**
 * The same for a picture that apps and cards of other sites show, beside pages: they take none but those made of pixels.
 */
export async function readCover(path: string): Promise<void> {
  const { format } = await readPicture(path);
  if (format === 'svg') throw new Error('is a drawing in SVG, which apps and cards cannot show: save it as PNG');
}

/** What sharp takes in (its `limitInputPixels`), and the longest side that WebP has. */
const mostPixels = 0x3fff ** 2;
const longestSide = 0x3fff;

/** What keeps a picture made of pixels from being shown. */
async function photoFault(bytes: Buffer, width: number, height: number): Promise<string | undefined> {
  const size = `${grouped(width)} by ${grouped(height)} pixels`;
  if (width * height > mostPixels || Math.max(width, height) > longestSide)
    return `has ${size}; a side may have ${grouped(longestSide)}: make it smaller`;
  const picture = sharp(bytes, { failOn: 'truncated' });
  const isReadable = await (isWhole(bytes) ? picture.metadata() : picture.stats()).then(
    () => true,
    () => false,
  );
  return isReadable ? undefined : 'is cut off or damaged: copy it here again';
}

/** Whether a file ends as its format does: what does not is read to its end, since it may have something behind it. */
function isWhole(bytes: Buffer): boolean {
  const end = (length: number) => bytes.toString('latin1', bytes.length - length);
  return end(2) === '\u00FF\u00D9' || end(8).startsWith('IEND') || end(1) === ';';
}

/** What a drawing may not have in it: it runs where somebody opens it by itself, or shows nothing on a page. */
function drawingFault(svg: string): string | undefined {
  const found = forbidden.find(({ written }) => written.test(svg));
  return found && `is a drawing in SVG with ${found.noun} in it: export it without, or save it as PNG`;
}

const forbidden = [
  { written: /<(?:\w+:)?script\b/i, noun: 'a script' },
  { written: /<[^>]*[\s"'/]on[a-z]+\s*=/i, noun: 'code that answers to events' },
  { written: /=\s*["']?\s*javascript:/i, noun: 'a link that is code' },
  { written: /<(?:\w+:)?foreignObject\b/i, noun: 'a part in HTML (foreignObject)' },
  {
    written: /<(?:\w+:)?(?:image|use|feImage)\b[^>]*href\s*=\s*["']?\s*(?:https?:)?\/\//i,
    noun: 'a picture of another host',
  },
  { written: /<!ENTITY\b/i, noun: 'entities' },
];

/** More than a photo has that a telephone took, in bytes; what is shown is never wider than 2000 pixels. */
const heavy = 10e6;

/** What is to be said of a picture that is heavier than any page needs, for behind its name. */
export const heavyPicture = (bytes: number): string | undefined =>
  bytes > heavy
    ? `is a picture of ${fileSize(bytes)}: every clone and build carries it, and 2000 pixels at its longer side are enough`
    : undefined;

/** The files of a body's pictures: a digest of each by the path that the body names, and what is there but no picture. */
export interface PictureFiles {
  digests: Record<string, string>;
  problems: Problem[];
  /** What is unusual, and keeps nothing from being built. */
  advice: Problem[];
}

export async function pictureFiles(
  all: readonly BodyPicture[],
  entry: SourceEntry,
  folder: Folder,
  memory: Memory,
): Promise<PictureFiles> {
  const files: PictureFiles = { digests: {}, problems: [], advice: [] };
  for (const { url, source } of all) {
    const named = decoded(url);
    const path = posix.join(entry.folder, named);
    if (named.startsWith('/') || !folder.files.has(path)) continue;
    try {
      const file = join(folder.path, path);
      const tooHeavy = heavyPicture((await stat(file)).size);
      if (tooHeavy)
        files.advice.push({
          what: `${url} ${tooHeavy}`,
          file: entry.name,
          line: span(source).first,
          field: 'picture',
        });
      files.digests[named] = await memory.keepFile('digest of', file, async () =>
        createHash('sha256')
          .update((await readPicture(file)).bytes)
          .digest('hex'),
      );
    } catch (error) {
      const what = `${url} ${(error as Error).message}`;
      files.problems.push({ what, file: entry.name, field: 'picture', ...commentedOut(entry, source, url) });
    }
  }
  return files;
}
