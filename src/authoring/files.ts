import { join } from 'node:path';
import { imageMetadata } from 'astro/assets/utils';
import { readFile } from 'node:fs/promises';
import { pathInContent } from '#catalog/recording.ts';
import type { Content } from '#catalog/content.ts';
import { fieldName } from './fields.ts';
import type { Folder } from './folder.ts';
import { nearest, type Problem } from './problem.ts';
import { readChapters, readRecording } from './recordings.ts';
import { type Field, type SourceEntry, yamlLine } from './source.ts';

/** The facts of the files that lie beside entries, and a problem for each that is missing or not what it claims. */
export interface Files extends Pick<Content, 'media' | 'chapters'> {
  problems: Problem[];
}

const pictures = /\.(jpe?g|png|webp|avif|gif|svg)$/i;

/** The fields that name a file beside the entry, with what such a file is called and what it must be. */
const fields: { field: Field; noun: string; endings: RegExp }[] = [
  { field: ['cover', 'src'], noun: 'picture', endings: pictures },
  { field: ['photo', 'src'], noun: 'picture', endings: pictures },
  { field: ['audio'], noun: 'audio file', endings: /\.(mp3|m4a)$/i },
  { field: ['video'], noun: 'video file', endings: /\.(mp4|m4v|mov)$/i },
  { field: ['transcript'], noun: 'transcript', endings: /\.(vtt|srt|json)$/i },
  { field: ['chapters'], noun: 'chapters file', endings: /\.json$/i },
  { field: ['file'], noun: 'paper', endings: /\.pdf$/i },
];

export async function readFiles(folder: Folder): Promise<Files> {
  const read: Files = { media: {}, chapters: {}, problems: [] };
  const places: Pick<SourceEntry, 'name' | 'folder' | 'yaml'>[] = [...folder.entries, { ...folder.show, folder: '' }];
  await Promise.all(
    places.flatMap((place) =>
      fields.map(async ({ field, noun, endings }) => {
        const value = field.reduce<unknown>(
          (data, step) => (data as Record<string, unknown> | undefined)?.[step],
          place.yaml.data,
        );
        if (typeof value !== 'string' || !value.startsWith('./')) return;
        const path = pathInContent(place.folder, value).replace(/^\//, '');
        const problem = (what: string) => {
          const others = besides(folder, place.folder).filter((file) => endings.test(file) && file !== value);
          const right = nearest(value, others) ?? value;
          const whole =
            field.length === 1
              ? right
              : { ...(place.yaml.data[String(field[0])] as object), [String(field[1])]: right };
          read.problems.push({
            what,
            file: place.name,
            line: place.yaml.line(field),
            field: fieldName(field),
            nearest: right,
            paste: yamlLine(String(field[0]), whole),
          });
        };
        if (!folder.files.has(path)) return problem(`There is no ${noun} ${value} beside the entry`);
        try {
          const file = join(folder.path, path);
          if (field[0] === 'audio' || field[0] === 'video') read.media[path] = await readRecording(file);
          else if (field[0] === 'chapters') read.chapters[path] = await readChapters(file);
          else if (noun === 'picture') await readPicture(file);
        } catch (error) {
          problem(`${value} ${(error as Error).message}`);
        }
      }),
    ),
  );
  return read;
}

/** The files beside an entry, as the `./` paths that it may write. */
export function besides(folder: Folder, entryFolder: string): string[] {
  const start = entryFolder ? `${entryFolder}/` : '';
  return [...folder.files].filter((file) => file.startsWith(start)).map((file) => `./${file.slice(start.length)}`);
}

async function readPicture(path: string): Promise<void> {
  try {
    await imageMetadata(await readFile(path), path);
  } catch {
    throw new Error('is not a picture that the site can read');
  }
}
