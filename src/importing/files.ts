import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { readPicture } from '#authoring/pictures.ts';
import { slugOf } from '#authoring/slug.ts';
import type { ArchivedFile, Lost } from './archive.ts';
import { type Fetch, fetched, Passing } from './fetched.ts';

/** Where files of an archive come from. */
export interface FileSources {
  fetch: Fetch;
  timeout: number;
  /** Asks no host for anything. */
  isOffline: boolean;
  /** The folder of the old site's uploads, where its owner has it. */
  uploads?: string | undefined;
  /** Where files lie on the disk, by their addresses. */
  local?: Readonly<Record<string, string>> | undefined;
}

/** A file that is to lie beside an entry. */
export interface NewFile {
  name: string;
  bytes: Uint8Array;
}

/** The files of one entry, each under a name of its own. */
export class Beside {
  readonly files: NewFile[] = [];
  readonly lost: Lost[] = [];
  /** Files that were put among those of the site, by the addresses that texts know them by. */
  readonly downloads = new Map<string, string>();
  /** Something could not be had that may be there another time. */
  isIncomplete = false;
  readonly #sources: FileSources;
  readonly #pictures = new Map<string, string | undefined>();

  constructor(sources: FileSources) {
    this.#sources = sources;
  }

  /** The path that a text names a picture by, `./name.jpg`; undefined where it could not be had. */
  pathOf(address: string): string | undefined {
    return this.#pictures.get(address);
  }

  /** Takes pictures in, a few at a time; those that are not to be had, or that no page can show, are named. */
  async takePictures(files: readonly ArchivedFile[]): Promise<void> {
    const waiting = files.filter((file) => !this.#pictures.has(keyOf(file)));
    for (const file of waiting) this.#pictures.set(keyOf(file), undefined);
    const read: { file: ArchivedFile; bytes?: Uint8Array; format?: string; why?: string }[] = [];
    for (let i = 0; i < waiting.length; i += 6)
      read.push(...(await Promise.all(waiting.slice(i, i + 6).map(async (file) => this.#picture(file)))));
    for (const { file, bytes, format, why } of read) {
      if (!bytes || !format) {
        this.lost.push({
          what: 'picture',
          detail: `${keyOf(file)} ${why}; what it shows is named in its place where the archive says so`,
        });
        continue;
      }
      const same = this.files.find((each) => Buffer.compare(each.bytes, bytes) === 0);
      const name = same?.name ?? this.#name(file, format);
      if (!same) this.files.push({ name, bytes });
      this.#pictures.set(keyOf(file), `./${name}`);
    }
  }

  /** The bytes of a file of the archive. Throws an error with a plain message where they cannot be had. */
  async bytesOf(file: ArchivedFile, most?: number): Promise<Uint8Array> {
    try {
      return await this.#bytes(file, most);
    } catch (error) {
      if (error instanceof Passing) this.isIncomplete = true;
      throw error;
    }
  }

  async #picture(
    file: ArchivedFile,
  ): Promise<{ file: ArchivedFile; bytes?: Uint8Array; format?: string; why?: string }> {
    const errors: Error[] = [];
    // The whole picture is asked for before the smaller copy of it that a text names.
    const whole = 'url' in file && withoutSize(file.url) !== file.url ? [{ ...file, url: withoutSize(file.url) }] : [];
    for (const each of [...whole, file])
      try {
        const bytes = await this.#bytes(each);
        const { format, width, height } = await inFile(bytes, 'picture', readPicture);
        if (width * height <= 4) throw new Error('is a dot that counts readers, and no picture');
        return { file, bytes, format };
      } catch (error) {
        errors.push(error as Error);
      }
    this.isIncomplete ||= errors.some((error) => error instanceof Passing);
    return { file, why: errors.at(-1)?.message ?? '' };
  }

  async #bytes(file: ArchivedFile, most?: number): Promise<Uint8Array> {
    if ('text' in file) return Buffer.from(file.text);
    if ('path' in file) return readFile(file.path);
    const { uploads, isOffline, local } = this.#sources;
    const own = local && Object.hasOwn(local, file.url) ? local[file.url] : undefined;
    if (own !== undefined) return readFile(own);
    const path = uploads && uploadPath(file.url, uploads);
    if (path && (await stat(path).catch(() => undefined))?.isFile()) return readFile(path);
    if (isOffline) throw new Passing(`is not ${uploads ? `in ${uploads}, and not ` : ''}asked for offline`);
    return fetched(file.url, this.#sources, most);
  }

  #name(file: ArchivedFile, format: string): string {
    const stem = slugOf(nameOf(file.name ?? withoutSize(keyOf(file))).replace(/\.\w+$/, ''))
      .slice(0, 60)
      .replace(/-$/, '');
    const ending = format === 'jpeg' ? 'jpg' : format;
    let name = `${stem}.${ending}`;
    for (let n = 2; this.files.some((each) => each.name === name); n += 1) name = `${stem}-${n}.${ending}`;
    return name;
  }
}

export const keyOf = (file: ArchivedFile): string =>
  'url' in file ? file.url : 'path' in file ? file.path : (file.name ?? 'a file');

const nameOf = (address: string): string => {
  const last = (URL.parse(address)?.pathname ?? address).split(/[/\\]/).findLast((part) => part !== '') ?? 'picture';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
};

/** WordPress makes smaller copies of an upload, `name-300x200.jpg` or `name.jpg?w=300`, and names them in texts. */
export const withoutSize = (address: string) =>
  /\/uploads\/|\/files\/|\.files\.wordpress\.com\//.test(address)
    ? address.replace(/[?#].*$/, '').replace(/-\d{2,5}x\d{2,5}(?=\.\w+$)/, '')
    : address;

/** The path of an upload inside the folder of them, by its address; nothing outside of that folder. */
function uploadPath(address: string, uploads: string): string | undefined {
  const path = URL.parse(address)?.pathname ?? address;
  let inside: string;
  try {
    inside = decodeURIComponent(/(?:^|\/)(?:uploads|files)\/(.*)$/.exec(path)?.[1] ?? path.replace(/^\//, ''));
  } catch {
    return undefined;
  }
  const root = resolve(uploads);
  const found = resolve(root, inside);
  return found.startsWith(root + sep) && !found.includes('\0') ? found : undefined;
}

/** Writes a file that is there as it was, or as it is to be, whenever the process ends. */
export async function writeWhole(path: string, text: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

/** Hands bytes over as a file of that name, for readers of files; it is gone afterwards. */
export async function inFile<Result>(
  bytes: Uint8Array,
  name: string,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'd-files-import-'));
  try {
    await writeFile(join(folder, name), bytes);
    return await use(join(folder, name));
  } finally {
    await rm(folder, { recursive: true });
  }
}
