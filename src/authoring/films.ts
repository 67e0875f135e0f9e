import { join, posix } from 'node:path';
import { attribute } from '#catalog/body.ts';
import { film } from '#model/media.ts';
import { nearestOf } from './closest-match.ts';
import { openingTag } from './components.ts';
import { missingFile, renamedFile } from './file-names.ts';
import type { Folder } from './folder.ts';
import type { Memory } from './memory.ts';
import type { Known } from './nearest.ts';
import type { Problem } from './problem.ts';
import { readFilm } from './recordings.ts';
import { type BodyNode, type SourceEntry, sourceLine, span } from './source.ts';
import { cutOff } from './truncation.ts';
import type { Written } from './yaml.ts';

/** A film that a body plays from a file beside the entry. */
export interface BodyFilm {
  /** The file, as a `./` path. */
  src: string;
  node: BodyNode;
  tag: Written;
}

/** What `<Video src>` names beside the entry; what no film can be called is told by the vocabulary. */
export const films = (nodes: readonly BodyNode[], entry: SourceEntry): BodyFilm[] =>
  nodes.flatMap((node): BodyFilm | [] => {
    const src = node.name === 'Video' ? attribute(node, 'src') : undefined;
    if (!src?.startsWith('./') || !film.safeParse(src).success) return [];
    return { src, node, tag: openingTag({ ...node, name: 'Video' }, entry) };
  });

const filmFile = (name: string) => film.safeParse(name).success;

/** A film that is not there, or whose file is to have another name. */
export function filmProblems({ src, node, tag }: BodyFilm, entry: SourceEntry, { files }: Known): Problem[] {
  const others = files.filter((file) => filmFile(file) && file !== src);
  if (!files.includes(`./${posix.normalize(src)}`)) {
    const { saying, candidates } = missingFile(src, others);
    const near = nearestOf(src, candidates);
    const { line, paste } = near ? tag.correct(['src'], near.value) : commentedOut(entry, node);
    const isCertain = near?.isCertain ?? true;
    const what = `There is no film ${src} beside the entry${saying}`;
    return [{ what, ...place(entry), line, nearest: near?.value, paste: isCertain ? paste : undefined }];
  }
  const renaming = renamedFile(src, 'film', others);
  if (!renaming) return [];
  return [{ what: renaming.what, ...place(entry), nearest: renaming.to, ...tag.correct(['src'], renaming.to) }];
}

/** A problem for each film that is there, but is none, and advice on each that is cut off. */
export async function filmFiles(
  all: readonly BodyFilm[],
  entry: SourceEntry,
  folder: Folder,
  memory: Memory,
): Promise<{ problems: Problem[]; advice: Problem[] }> {
  const [problems, advice]: [Problem[], Problem[]] = [[], []];
  for (const { src, node, tag } of all) {
    const path = posix.join(entry.folder, src);
    if (!folder.files.has(path)) continue;
    const file = join(folder.path, path);
    try {
      await memory.keepFile('film', file, () => readFilm(file));
      const said = await memory.keepFile('whether there is all of', file, () => cutOff(file));
      if (said) advice.push({ what: `${src} ${said}`, ...place(entry), line: tag.line(['src']) });
    } catch (error) {
      problems.push({ what: `${src} ${(error as Error).message}`, ...place(entry), ...commentedOut(entry, node) });
    }
  }
  return { problems, advice };
}

const place = (entry: SourceEntry) => ({ file: entry.name, field: '<Video src>' });

/** The line of a film as a comment, until its file is right; nothing to paste for a tag that is not alone on one line. */
function commentedOut(entry: SourceEntry, node: BodyNode): { line: number; paste?: string | undefined } {
  const { first, last } = span(node);
  const [, indent = '', tag] = /^(\s*)(<Video\b[^>]*\/>)\s*$/.exec(sourceLine(entry, first)) ?? [];
  return { line: first, paste: tag !== undefined && first === last ? `${indent}{/* ${tag} */}` : undefined };
}
