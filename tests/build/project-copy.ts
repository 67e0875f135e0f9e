import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build, fixtureMoment, fixtureSite } from '../fixture-site.ts';

/** What a build says that it did. */
export interface Build {
  /** The addresses that were rendered, where they were few. */
  rendered: string[];
  /** How many files were rendered of how many, and how many of them and of all others were compressed. */
  renderedFiles: number;
  allFiles: number;
  compressedOfThem: number;
  compressedOthers: number;
  /** How many pages were read for the search, of how many. */
  searched: number;
  allSearched: number;
  /** How many pictures were made. */
  pictures: number;
  /** The files of the content that were read, each as often as it was. */
  read: string[];
}

/** Copies files and folders of this project to `root`, with links to what is installed and caches of its own. */
export async function copyProject(root: string, names: readonly string[]): Promise<void> {
  for (const name of names) await cp(name, join(root, name), { recursive: true });
  const modules = join(root, 'node_modules');
  await mkdir(modules);
  for (const name of await readdir('node_modules'))
    if (!['.cache', '.astro', '.vite'].includes(name))
      await symlink(resolve('node_modules', name), join(modules, name));
}

/** A copy of this project with the fixture series in it, whose sources a test may change, and with caches of its own. */
export class ProjectCopy {
  readonly root: string;
  env: Record<string, string> = {
    CONTENT_DIR: 'content',
    SITE_URL: fixtureSite,
    NOW: fixtureMoment,
    // A key by chance would be in the server's files.
    ASTRO_KEY: Buffer.alloc(32, 7).toString('base64'),
  };

  constructor(root: string = resolve('node_modules/.cache/project-copy')) {
    this.root = root;
  }

  async make(): Promise<void> {
    await this.delete();
    const configuration = ['astro.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];
    await copyProject(this.root, ['src', 'public', ...configuration]);
    await cp('tests/fixtures/series', join(this.root, 'content'), { recursive: true });
  }

  delete(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }

  /** Changes a file by its text. */
  async edit(path: string, change: (text: string) => string): Promise<void> {
    const file = join(this.root, path);
    const text = await readFile(file, 'utf8');
    const changed = change(text);
    if (changed === text) throw new Error(`Nothing to change in ${path}`);
    await writeFile(file, changed);
  }

  /** Builds the site, with what earlier builds kept. */
  async build(): Promise<Build> {
    const readings = join(this.root, 'node_modules/readings');
    await rm(readings, { force: true });
    const counting = { NODE_OPTIONS: `--import ${resolve('tests/fakes/counted-readings.mjs')}`, READINGS: readings };
    const { code, output } = await build({ ...this.env, ...counting }, 'dist', this.root);
    if (code !== 0) throw new Error(output);
    const count = (line: RegExp) => Number(line.exec(output)?.[1]?.replaceAll(',', ''));
    return {
      rendered: [...output.matchAll(/├─ (\S+)/g)]
        .map(([, address = '']) => address.replace(/index\.html$/, ''))
        .toSorted(),
      renderedFiles: count(/Rendering ([\d,]+) of/),
      allFiles: count(/Rendering [\d,]+ of ([\d,]+) files/),
      compressedOfThem: count(/and compressed ([\d,]+) of them/),
      compressedOthers: count(/Compressed ([\d,]+) of [\d,]+ other files/),
      searched: count(/Read ([\d,]+) of [\d,]+ pages for the search(?:;|$)/m),
      allSearched: count(/Read [\d,]+ of ([\d,]+) pages for the search(?:;|$)/m),
      pictures: count(/Made ([\d,]+) of [\d,]+ pictures(?:;|$)/m),
      read: [...(await readFile(readings, 'utf8')).matchAll(/^readFile (.+)$/gm)]
        .map(([, file = '']) => file)
        .toSorted(),
    };
  }

  /** The files of the built site, by digest. */
  async files(): Promise<Record<string, string>> {
    const folder = join(this.root, 'dist');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    const digest = async (path: string) =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
    return Object.fromEntries(
      await Promise.all(
        paths.toSorted().map(async (path) => [path.slice(folder.length + 1), await digest(path)] as const),
      ),
    );
  }

  /** What a build in a fresh clone would make; what earlier builds kept is left as it is. */
  async cleanFiles(): Promise<Record<string, string>> {
    const kept = ['.astro', 'node_modules/.astro', 'node_modules/.cache', 'dist'].map((name) => join(this.root, name));
    for (const folder of kept) await rename(folder, `${folder}.aside`);
    try {
      await this.build();
      return await this.files();
    } finally {
      for (const folder of kept) {
        await rm(folder, { recursive: true, force: true });
        await rename(`${folder}.aside`, folder);
      }
    }
  }
}
