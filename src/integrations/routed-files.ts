import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RouteData } from 'astro';
import { cacheFolder, cacheKey, holdsAll, keep, kept } from '#cache/build-cache.ts';
import { keepAndLayParts, layParts, type Parts } from '#cache/kept-files.ts';
import { compressionOf, compressText, pageQuality } from './compression.ts';
import { FirstStyles } from './first-styles.ts';
import {
  isPicture,
  type PageFacts,
  pageFacts,
  restOf,
  unitedPolicy,
  withFirstStyles,
  withPolicy,
} from './page-facts.ts';
import type { AstroCopies } from './astro-copies.ts';

/** A path that is to be built, as Astro's prerenderer lists it. */
interface Path {
  pathname: string;
  route: Pick<RouteData, 'component' | 'type'>;
  cacheKey?: string | undefined;
}

export interface Building {
  /** The folder of the site. */
  client: string;
  /** The folder in it that Astro's files are in. */
  assets: string;
  /** The pictures that the bundle has as authors wrote them: where each is, by its name. */
  originals: ReadonlyMap<string, string>;
  copies: AstroCopies;
  /** Of all that renders. */
  version: string;
  /** Whether a file of this path is served as it is; Astro leaves such a path out. */
  isPublic: (path: string) => boolean;
}

interface Finished {
  rendered: number;
  compressed: number;
  moved: number;
}

/** A file of the site that a route made. */
interface RoutedFile {
  isPage: boolean;
  /** Where it is kept; none for what is rendered in every build. */
  place: { cache: string; key: string } | undefined;
  facts?: PageFacts;
  /** The policy that it is under, if it is finished. */
  policy?: string | undefined;
}

/** Where finished files are kept: each with what is known of it, and in both codings. */
export const pagesCache: string = cacheFolder('pages');

/** Where those are kept that outlive a change of the code. */
export const drawingsCache: string = cacheFolder('drawings');

/** The files of the site that routes made, in this build or in an earlier one, by their paths in the site's folder. */
export class RoutedFiles {
  #building: Building | undefined;
  #files = new Map<string, RoutedFile>();
  #quality = 0;

  /** Puts what is as it was in its place, and tells which paths are left to be rendered. */
  placeKept<P extends Path>(paths: readonly P[], building: Building): P[] {
    this.#building = building;
    this.#files = new Map();
    this.#quality = pageQuality(paths.filter(({ route }) => route.type === 'page').length);
    const made = [building.version, this.#quality];
    const folders = new Set<string>();
    return paths.filter(({ pathname, route, cacheKey: given }) => {
      const path = fileOf(pathname, route);
      // Of two routes for one path Astro takes the first, and says so.
      if (this.#files.has(path) || building.isPublic(path)) return true;
      const file: RoutedFile = {
        isPage: route.type === 'page',
        place: given === undefined ? undefined : placeOf(given, made, path),
      };
      this.#files.set(path, file);
      return !putBack(path, file, building, folders);
    });
  }

  /**
   * Finishes what was rendered: puts every page under one policy, compresses what has a key, and keeps it for the next
   * build. `show` is told how many of all that have to be finished are. Resolves to how many files were rendered, how many
   * were compressed, and how many pages of earlier builds have the policy of this one.
   */
  async finish(show?: (count: number, all: number) => void): Promise<Finished> {
    const building = this.#building;
    if (!building) throw new Error('No paths were listed');
    const rendered = new Set<string>();
    for (const [path, file] of this.#files) {
      if (file.facts) continue;
      const target = join(building.client, path);
      if (!existsSync(target)) this.#files.delete(path);
      else {
        rendered.add(path);
        file.facts = compressionOf(path) ? pageFacts(readFileSync(target, 'utf8'), file.isPage) : {};
      }
    }
    const policy = unitedPolicy(this.#facts());
    const sheets = this.#stylesheets(building);
    const how = { client: building.client, policy, sheets, quality: this.#quality };
    const waiting = [...this.#files].filter(
      ([path, { facts, policy: last }]) => rendered.has(path) || (facts?.policy && last !== policy),
    );
    const left = waiting.values();
    let [finished, compressed] = [0, 0];
    const work = async () => {
      for (const [path, file] of left) {
        if (await finishFile(path, file, how)) compressed += 1;
        finished += 1;
        show?.(finished, waiting.length);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    this.#deleteUnused(building);
    return { rendered: rendered.size, compressed, moved: waiting.length - rendered.size };
  }

  /** Whether a file is finished, compressed too. */
  has(path: string): boolean {
    return this.#files.get(path)?.place !== undefined;
  }

  /** The version of all that renders and reads them. */
  get version(): string {
    return this.#building?.version ?? '';
  }

  /** The pages by their paths in the site's folder, and what is to know of them. */
  *pages(): Generator<[path: string, facts: PageFacts]> {
    for (const [path, { isPage, facts }] of this.#files) if (isPage && facts) yield [path, facts];
  }

  /** The pictures that the files name. */
  get pictures(): Set<string> {
    return new Set(this.#facts().flatMap(({ pictures = [] }) => pictures));
  }

  /** The stylesheets of the pages, by their addresses; writes what the first paint leaves of each. */
  #stylesheets({ client }: Building): Map<string, FirstStyles> {
    const addresses = new Set(this.#facts().flatMap(({ stylesheet = [] }) => stylesheet));
    return new Map(
      [...addresses].map((address) => {
        const styles = new FirstStyles(readFileSync(join(client, address), 'utf8'));
        writeFileSync(join(client, restOf(address)), styles.rest);
        return [address, styles];
      }),
    );
  }

  #facts(): PageFacts[] {
    return [...this.#files.values()].flatMap(({ facts }) => facts ?? []);
  }

  /** Astro leaves pictures as authors wrote them where the pages were not rendered that it would have deleted them for. */
  #deleteUnused({ client, assets }: Building): void {
    const used = this.pictures;
    const folder = join(client, assets);
    for (const name of existsSync(folder) ? readdirSync(folder) : [])
      if (isPicture(name) && !used.has(name)) rmSync(join(folder, name));
  }
}

const atOnce = 8;

const placeOf = (key: string, made: unknown, path: string) =>
  holdsAll(key)
    ? { cache: drawingsCache, key: cacheKey([unitFormat, key]) }
    : { cache: pagesCache, key: cacheKey([unitFormat, made, path, key]) };

/** Where Astro puts what a path gives (build.format "directory"). */
function fileOf(pathname: string, { type }: Path['route']): string {
  const path = pathname.replace(/^\/|\/$/g, '');
  if (type !== 'page') return path;
  return path === '404' || path === '500' ? `${path}.html` : `${path}/index.html`.replace(/^\//, '');
}

/** Puts a file in its place as it was kept; false where there is none, or a part of it or a picture would be missing. */
function putBack(path: string, file: RoutedFile, building: Building, folders: Set<string>): boolean {
  const { client, assets, originals, copies } = building;
  if (!file.place) return false;
  const { cache, key } = file.place;
  const unit = kept(cache, key);
  if (!unit) return false;
  const { facts, policy, parts } = JSON.parse(unit.toString()) as Unit;
  const pictures = facts.pictures ?? [];
  if (!pictures.every((name) => copies.hasPicture(name) || originals.has(name))) return false;
  const target = join(client, path);
  makeFolder(dirname(target), folders);
  if (!layParts(cache, parts, target)) return false;
  Object.assign(file, { facts, policy });
  for (const name of pictures) {
    const picture = join(client, assets, name);
    if (existsSync(picture)) continue;
    makeFolder(dirname(picture), folders);
    // An original, which Astro deletes if no page that it renders names it.
    const original = originals.get(name);
    if (original === undefined) copies.placePicture(name, picture);
    else copyFileSync(original, picture);
  }
  return true;
}

/** Resolves to whether the file was compressed. */
async function finishFile(
  path: string,
  file: RoutedFile,
  how: { client: string; policy: string; sheets: ReadonlyMap<string, FirstStyles>; quality: number },
): Promise<boolean> {
  const { client, policy, sheets, quality } = how;
  const target = join(client, path);
  let content: Buffer = readFileSync(target);
  if (file.facts?.policy !== undefined) {
    const html = content.toString();
    const sheet = sheets.get(file.facts.stylesheet ?? '');
    content = Buffer.from(withPolicy(sheet ? withFirstStyles(html, (page) => sheet.of(page)) : html, policy));
    file.policy = policy;
  }
  if (!file.place) {
    if (file.policy !== undefined) writeFileSync(target, content);
    return false;
  }
  const compressed = compressionOf(path) && (await compressText(path, content, quality));
  const contents = { '': content, ...(compressed && { '.br': compressed.br, '.gz': compressed.gz }) };
  const { cache, key } = file.place;
  const parts = keepAndLayParts(cache, contents, target);
  if (parts) {
    const unit: Unit = { facts: file.facts ?? {}, policy: file.policy, parts };
    keep(cache, key, [Buffer.from(JSON.stringify(unit))]);
  }
  return compressed !== undefined;
}

/** Another number for another form of {@link Unit}. */
const unitFormat = 3;

/** A file that is kept: what is known of it, and what it is as it is, and in both codings. */
interface Unit {
  facts: PageFacts;
  policy?: string | undefined;
  parts: Parts;
}

/** Makes a folder that is not among those made; asking the disk for each file would take half of what laying it does. */
function makeFolder(path: string, made: Set<string>): void {
  if (made.has(path)) return;
  mkdirSync(path, { recursive: true });
  made.add(path);
}
