/** A file of the content folder, as the author's server lists it. */
export interface ListedFile {
  path: string;
  modified: number;
  /** Another one after each change. */
  version: string;
}

/** Where the author's server reads and writes files; it answers only to who sends {@link localHeader}. */
export const localFiles = '/__author/files/';

/** No page of another site can send it without asking first, and the author's server answers no such question. */
export const localHeader = { 'X-Author': 'editor' };

/**
 * Lets the editor work on the content folder through the author's server: in every browser, without choosing a folder. Its
 * "test" backend works on the folder that a browser has for a site; that folder is this one.
 */
export function workOnLocalFolder(): void {
  // A file is written by one request, which the server carries out as a whole. Chromium has `move` on files, Firefox and WebKit on
  // what files and folders share.
  for (const { prototype } of [FileSystemFileHandle, FileSystemHandle]) Reflect.deleteProperty(prototype, 'move');
  Object.defineProperty(navigator.storage, 'getDirectory', {
    value: () => Promise.resolve({ getDirectoryHandle: () => Promise.resolve(new Folder('', new Listing())) }),
  });
}

const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const response = await fetch(localFiles + path.split('/').map(encodeURIComponent).join('/'), {
    ...init,
    headers: { ...init.headers, ...localHeader },
  });
  if (response.status === 404) throw new DOMException(path, 'NotFoundError');
  if (!response.ok) throw new Error(await response.text());
  return response;
};

/** The editor ends lines as Unix does; a file that has those of Windows keeps them. */
async function withLineEndsOf(path: string, text: Blob): Promise<BlobPart> {
  const before = await (await ask(path)).text();
  return before.includes('\r\n') ? (await text.text()).replaceAll(/\r?\n/g, '\r\n') : text;
}

class Listing {
  files: ListedFile[] = [];

  async renew(): Promise<void> {
    this.files = (await (await ask('')).json()) as ListedFile[];
  }

  /** Writes over the version that was read, and no other. */
  async write(path: string, data: BlobPart): Promise<void> {
    const version = this.files.find((file) => file.path === path)?.version;
    const isText = version !== undefined && /\.(?:mdx|yaml)$/.test(path);
    const response = await ask(path, {
      method: 'PUT',
      body: isText ? await withLineEndsOf(path, new Blob([data])) : new Blob([data]),
      ...(version !== undefined && { headers: { 'If-Match': version } }),
    });
    const written = { path, modified: Date.now(), version: response.headers.get('ETag') ?? '' };
    this.files = [...this.files.filter((file) => file.path !== path), written];
  }
}

class Folder {
  readonly kind = 'directory';
  readonly #path: string;
  readonly #listing: Listing;

  constructor(path: string, listing: Listing) {
    this.#path = path;
    this.#listing = listing;
  }

  get name(): string {
    return this.#path.split('/').at(-1) ?? '';
  }

  async *entries(): AsyncGenerator<[string, Folder | LocalFile]> {
    if (this.#path === '') await this.#listing.renew();
    const seen = new Set<string>();
    for (const file of this.#listing.files) {
      if (!file.path.startsWith(this.#inside(''))) continue;
      const [name = '', ...rest] = file.path.slice(this.#inside('').length).split('/');
      if (seen.has(name)) continue;
      seen.add(name);
      const path = this.#inside(name);
      yield [
        name,
        rest.length > 0 ? new Folder(path, this.#listing) : new LocalFile(path, file.modified, this.#listing),
      ];
    }
  }

  getDirectoryHandle(name: string): Promise<Folder> {
    return Promise.resolve(new Folder(this.#inside(name), this.#listing));
  }

  getFileHandle(name: string): Promise<LocalFile> {
    return Promise.resolve(new LocalFile(this.#inside(name), Date.now(), this.#listing));
  }

  async removeEntry(name: string): Promise<void> {
    await ask(this.#inside(name), { method: 'DELETE' });
    this.#listing.files = this.#listing.files.filter(({ path }) => path !== this.#inside(name));
  }

  #inside(name: string): string {
    return this.#path ? `${this.#path}/${name}` : name;
  }
}

class LocalFile {
  readonly kind = 'file';
  readonly #path: string;
  readonly #modified: number;
  readonly #listing: Listing;

  constructor(path: string, modified: number, listing: Listing) {
    this.#path = path;
    this.#modified = modified;
    this.#listing = listing;
  }

  get name(): string {
    return this.#path.split('/').at(-1) ?? '';
  }

  async getFile(): Promise<File> {
    const blob = await (await ask(this.#path)).blob();
    return new File([blob], this.name, { lastModified: this.#modified, type: blob.type });
  }

  createWritable(): Promise<{ write: (data: BlobPart) => Promise<void>; close: () => Promise<void> }> {
    return Promise.resolve({
      write: (data) => this.#listing.write(this.#path, data),
      close: () => Promise.resolve(),
    });
  }
}
