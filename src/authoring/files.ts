import { hash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Content } from '#catalog/content.ts';
import { fieldName } from './fields.ts';
import { missingFile, renamedFile } from './file-names.ts';
import type { Folder } from './folder.ts';
import type { Memory } from './memory.ts';
import { pictureFile } from './nearest.ts';
import { heavyPicture, onAnotherHost, readCover, readPicture } from './pictures.ts';
import { nearestOf } from './closest-match.ts';
import type { Problem } from './problem.ts';
import { readChapters, recordingFacts } from './recordings.ts';
import type { Advice } from './transcript-advice.ts';
import { readTranscript } from './transcripts.ts';
import type { SourceEntry } from './source.ts';
import { cutOff } from './truncation.ts';
import type { Field } from './yaml.ts';

/** The facts of the files beside entries, and a problem for each that is missing or not what it claims. */
export interface Files extends Facts {
  /** The path of each picture that front matter names, inside the content folder. */
  pictures: string[];
  problems: Problem[];
  /** What is unusual in files, and keeps nothing from being built. */
  advice: Problem[];
}

/** What files say of themselves, by their paths inside the content folder. */
export type Facts = Pick<Content, 'media' | 'chapters' | 'transcripts'>;

type Place = Pick<SourceEntry, 'name' | 'folder' | 'yaml'>;

/** The fields that name a file beside the entry, with what such a file is called and what it must be. */
const fields: { field: Field; noun: string; endings: RegExp }[] = [
  { field: ['cover', 'src'], noun: 'picture', endings: pictureFile },
  { field: ['photo', 'src'], noun: 'picture', endings: pictureFile },
  { field: ['logo', 'src'], noun: 'logo', endings: pictureFile },
  { field: ['audio'], noun: 'audio file', endings: /\.(mp3|m4a)$/i },
  { field: ['video'], noun: 'video file', endings: /\.(mp4|m4v|mov)$/i },
  { field: ['transcript'], noun: 'transcript', endings: /\.(vtt|srt|json)$/i },
  { field: ['chapters'], noun: 'chapters file', endings: /\.json$/i },
  { field: ['file'], noun: 'paper', endings: /\.pdf$/i },
];

/** The files that items of lists name. */
function listedFields({ yaml: { data } }: Place): typeof fields {
  const { podcast, alternates, chapters } = data as {
    podcast?: { seasons?: unknown } | null;
    alternates?: unknown;
    chapters?: unknown;
  };
  const seasons = podcast?.seasons;
  return [
    ...(Array.isArray(seasons) ? seasons : []).map((_season, i) => ({
      ...{ field: ['podcast', 'seasons', i, 'cover', 'src'], noun: 'picture', endings: pictureFile },
    })),
    ...(Array.isArray(alternates) ? alternates : []).map((_file, i) => ({
      ...{ field: ['alternates', i, 'file'], noun: 'audio file', endings: /\.(mp3|m4a)$/i },
    })),
    ...(Array.isArray(chapters) ? chapters : []).map((_chapter, i) => ({
      ...{ field: ['chapters', i, 'img'], noun: 'picture', endings: pictureFile },
    })),
  ];
}

export async function readFiles(folder: Folder, memory: Memory): Promise<Files> {
  const read: Files = { media: {}, chapters: {}, transcripts: {}, pictures: [], problems: [], advice: [] };
  const people = namesIn(folder);
  const site = [...people.values()];
  const siteKey = hash('sha256', site.join('\n'));
  const places: Place[] = [...folder.entries, { ...folder.show, folder: '' }];
  const found = await Promise.all(
    places.flatMap((place) =>
      [...fields, ...listedFields(place)].map(async ({ field, noun, endings }): Promise<Problem | Problem[]> => {
        const value = field.reduce<unknown>(
          (data, step) => (data as Record<string, unknown> | null | undefined)?.[step],
          place.yaml.data,
        );
        if (typeof value !== 'string' || !isPath(value, field, endings)) return [];
        const others = besides(folder, place.folder).filter((file) => endings.test(file) && file !== value);
        const path = posix.join(place.folder, value);
        if (onAnotherHost(value))
          return problem(
            place,
            field,
            `The picture ${value} is on another host: no page asks one for anything`,
            others,
          );
        if (!folder.files.has(path)) {
          if (!value.trim()) return problem(place, field, `"${fieldName(field)}" is empty`, others);
          const { saying, candidates } = missingFile(value, others);
          return problem(place, field, `There is no ${noun} ${value} beside the entry${saying}`, candidates);
        }
        if (!/^\.\.?\//.test(value))
          return problem(place, field, `The path ${value} must begin with "./"`, `./${posix.normalize(value)}`);
        const renaming = renamedFile(value, noun, others);
        if (renaming) return problem(place, field, renaming.what, renaming.to);
        try {
          const file = join(folder.path, path);
          if (field[0] === 'transcript') {
            const known = { site, episode: namesOf(place, people) };
            const duration = await durationOf(place, folder, memory);
            const name = `transcript, by ${JSON.stringify([siteKey, known.episode, duration])}, of`;
            const { cues, advice, losses } = await memory.keepFile(name, file, () =>
              readTranscript(file, known, duration),
            );
            const inFile = (each: Advice): Problem => ({ ...each, file: folder.shown(path), field: 'transcript' });
            read.transcripts[path] = cues;
            read.advice.push(...advice.map(inFile));
            return losses.map(inFile);
          }
          const facts = await memory.keepFile(`${noun} of`, file, () => readOne(noun, file, path));
          for (const kind of ['media', 'chapters'] as const) Object.assign(read[kind], facts[kind]);
          const isPicture = noun === 'picture' || noun === 'logo';
          if (isPicture) read.pictures.push(path);
          const said = isPicture
            ? heavyPicture((await stat(file)).size)
            : facts.media && (await memory.keepFile('whether there is all of', file, () => cutOff(file)));
          if (said) {
            const what = `${value} ${said}`;
            read.advice.push({ what, file: place.name, line: place.yaml.line(field), field: fieldName(field) });
          }
          return [];
        } catch (error) {
          return problem(place, field, `${value} ${(error as Error).message}`, []);
        }
      }),
    ),
  );
  return { ...read, problems: found.flat() };
}

/** A path that the schema lets through: any text for a picture with its words, else `./` and the right ending. */
const isPath = (value: string, field: Field, endings: RegExp) =>
  field.at(-1) === 'src' || (value.startsWith('./') && endings.test(value));

/**
 * A file that is not right, with the name that is, or with the most similar of other names; without any, the field is to
 * wait for its file.
 */
function problem({ name, yaml }: Place, field: Field, what: string, other: string | readonly string[]): Problem {
  const old = String(field.reduce<unknown>((data, step) => (data as Record<string, unknown>)[step], yaml.data));
  const near = typeof other === 'string' ? { value: other, isCertain: true } : nearestOf(old, other);
  const right = near?.value;
  const optional = field.at(-1) === 'img' ? field : field.slice(0, 1);
  const { line, paste } = right === undefined ? yaml.correct(optional, undefined) : yaml.correct(field, right);
  const isCertain = near ? near.isCertain : field[0] !== 'file';
  return { what, file: name, line, field: fieldName(field), nearest: right, paste: isCertain ? paste : undefined };
}

async function readOne(noun: string, file: string, path: string): Promise<Partial<Facts>> {
  if (noun === 'audio file' || noun === 'video file') return { media: { [path]: await recordingFacts(file) } };
  if (noun === 'chapters file') return { chapters: { [path]: await readChapters(file) } };
  if (noun === 'picture') await readCover(file);
  else if (noun === 'logo') await readPicture(file);
  else if (noun === 'paper') await readPaper(file);
  return {};
}

/** The names of all people, by their slugs. */
const namesIn = ({ entries }: Folder): Map<string, string> =>
  new Map(
    entries.flatMap(({ collection, slug, yaml }) =>
      collection === 'people' && typeof yaml.data['name'] === 'string' ? [[slug, yaml.data['name']] as const] : [],
    ),
  );

/** The names of those who are in an episode. */
const namesOf = ({ yaml }: Place, names: ReadonlyMap<string, string>): string[] =>
  [yaml.data['hosts'], yaml.data['guests']].flat().flatMap((slug) => names.get(String(slug)) ?? []);

/** The length of an episode's recording in seconds, where it is known. */
async function durationOf(
  { folder: inside, yaml }: Place,
  folder: Folder,
  memory: Memory,
): Promise<number | undefined> {
  for (const field of ['audio', 'video'] as const) {
    const value = yaml.data[field] as unknown;
    const path = typeof value === 'string' ? posix.join(inside, value) : '';
    if (folder.files.has(path)) {
      const [noun, file] = [`${field} file`, join(folder.path, path)];
      const facts = await memory.keepFile(`${noun} of`, file, () => readOne(noun, file, path)).catch(() => undefined);
      if (facts) return facts.media?.[path]?.duration;
    }
    const { duration } = (value ?? {}) as { duration?: unknown };
    if (typeof duration === 'number') return duration;
  }
  return undefined;
}

async function readPaper(file: string): Promise<void> {
  const head = (await readFile(file)).subarray(0, 1024).toString('latin1');
  if (!head.includes('%PDF-')) throw new Error('is not a PDF');
}

/** The files beside an entry, as the `./` paths that it may write. */
export function besides({ files }: Folder, entryFolder: string): readonly string[] {
  let folders = byFolder.get(files);
  if (!folders) byFolder.set(files, (folders = Map.groupBy([...files].flatMap(places), ([folder]) => folder)));
  return (folders.get(entryFolder) ?? []).map(([, file]) => file);
}

/** Each folder that an entry may have a file in, with the path from there. */
function places(file: string): [folder: string, path: string][] {
  const [collection, slug, ...rest] = file.split('/');
  return [
    ['', `./${file}`],
    ...(collection && slug ? [[collection, `./${[slug, ...rest].join('/')}`] as [string, string]] : []),
    ...(slug && rest.length > 0 ? [[`${collection}/${slug}`, `./${rest.join('/')}`] as [string, string]] : []),
  ];
}

const byFolder = new WeakMap<Folder['files'], Map<string, [folder: string, path: string][]>>();
