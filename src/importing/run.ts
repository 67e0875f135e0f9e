import { frontMatter } from '#authoring/new-entry.ts';
import { byFieldOrder } from '#model/field-order.ts';
import { decoded } from '#site/url.ts';
import { isSameSite, type Slugs } from './addresses.ts';
import type { Archive } from './archive.ts';
import type { Existing } from './existing.ts';
import { type Beside, type FileSources, withoutSize } from './files.ts';
import type { Surroundings } from './html.ts';
import type { Moved } from './moved.ts';
import type { Outcome } from './outcome.ts';
import type { ImportRecord } from './record.ts';

export interface ImportOptions extends FileSources {
  /** The content folder; it is made where it is not there. */
  content: string;
  /** The folder of files that the site has as they are, where downloads go; without it they stay on the old site. */
  publicFolder?: string | undefined;
  now: Date;
  /** Writes nothing, and asks no host for anything. */
  isDry: boolean;
  progress: (line: string) => void;
}

/** What the parts of one import share. */
export interface Run extends Outcome {
  readonly archive: Archive;
  readonly options: ImportOptions;
  readonly record: ImportRecord;
  /** What was in the content folder before. */
  readonly existing: readonly Existing[];
  /** The fields of `show.yaml`, where there was one. */
  readonly show: Record<string, unknown> | undefined;
  /** Files that imports wrote, of this run or before. */
  readonly written: ReadonlySet<string>;
  readonly slugs: Slugs;
  readonly moved: Moved;
  /** Slugs of people and topics, by their keys in the archive. */
  readonly people: Map<string, string>;
  readonly topics: Map<string, string>;
}

/** What the record of imports calls an entry of this archive, for good. */
export const idOf = ({ archive: { kind, series } }: Run, key: string): string =>
  `${kind} ${URL.parse(series.address ?? '')?.host ?? ''} ${key}`;

/** Where an entry stands, by its file inside the content folder. */
export const placeOf = (file: string): [collection: string, slug: string] => {
  const [collection = '', name = ''] = file.split('/');
  return [collection, name.replace(/\.mdx$/, '')];
};

/** The text of an entry's file, its fields in the order that authors know. */
export function entryText(fields: Record<string, unknown>, body: string): string {
  const sorted = byFieldOrder(Object.entries(fields), ([name]) => name);
  return frontMatter(Object.fromEntries(sorted)) + (body ? `\n${body}` : '');
}

/** What the text of an entry needs to know of the files beside it and of the entries that it links to. */
export function surroundings({ archive, options, moved }: Run, beside: Beside, title: string): Surroundings {
  const { alts = {}, series } = archive;
  return {
    title,
    picture: (address) => {
      const src = options.isDry ? './picture' : beside.pathOf(address);
      return src === undefined ? undefined : { src, alt: alts[address] ?? alts[withoutSize(address)] };
    },
    link: (address) => {
      if (address.startsWith('#')) {
        beside.lost.push({ what: 'anchor', detail: `A link to ${address} inside the text: its words are kept` });
        return null;
      }
      const url = URL.parse(address);
      const lose = (what: string, detail: string) => void beside.lost.push({ what, detail });
      const isOld = url ? isSameSite(address, series.address) : address.startsWith('/');
      if (url && !isOld) return undefined;
      const to = isOld ? moved.find(url ? url.pathname + url.search : address.replace(/#.*$/, '')) : undefined;
      if (to) return to;
      const download = beside.downloads.get(address);
      if (download !== undefined) return download;
      if (url && to === undefined && isFile.test(url.pathname)) {
        lose('file', `A link to ${staying(url)}`);
        return undefined;
      }
      const why = to === null ? 'is not published yet' : url ? 'did not come over' : 'is no whole address';
      const stays = url !== null && to !== null;
      lose('link', `A link to ${address}, which ${why}: ${stays ? 'it leads to the old site' : 'its words are kept'}`);
      return stays ? undefined : null;
    },
  };
}

/** Paths of files that are no pages. */
const isFile = /\.(?!html?$|php$|aspx?$)[a-z][a-z0-9]{1,4}$/i;

/** What there is to do about a file of the old site, which stays at its address. */
export const staying = (url: URL): string =>
  `${url.href} stays: put the file into public${decoded(url.pathname)}, if this site takes the place of the old one`;
