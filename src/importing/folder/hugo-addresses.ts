import { textOf } from './fields.ts';
import type { Data } from './front-matter.ts';

/** A name as Hugo puts it into an address. */
export const urlized = (text: string): string =>
  text
    .normalize('NFC')
    .trim()
    .replaceAll(/\s+/g, '-')
    .replaceAll(/[^\p{L}\p{M}\p{N}./\\_#+~@-]/gu, '')
    .toLowerCase();

export interface Addressed {
  /** Folders of its section, from the top. */
  sections: readonly string[];
  /** The name of its file or bundle. */
  name: string;
  title: string;
  slug: string | undefined;
  date: Date | string | undefined;
  data: Data;
}

const months = 'January February March April May June July August September October November December'.split(' ');
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** The path that a pattern of `permalinks` makes for a page: `/:year/:month/:slug/`. */
export function permalink(pattern: string, page: Addressed): string {
  const { sections, name, title, slug } = page;
  const date = page.date === undefined ? undefined : new Date(page.date);
  const two = (n: number) => String(n).padStart(2, '0');
  const parts: Record<string, (() => string) | undefined> = {
    ...(date && {
      year: () => String(date.getUTCFullYear()),
      month: () => two(date.getUTCMonth() + 1),
      monthname: () => months[date.getUTCMonth()]?.toLowerCase() ?? '',
      day: () => two(date.getUTCDate()),
      weekday: () => String(date.getUTCDay()),
      weekdayname: () => days[date.getUTCDay()]?.toLowerCase() ?? '',
      yearday: () => String(Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1),
    }),
    section: () => sections[0] ?? '',
    sections: () => sections.join('/'),
    title: () => title,
    slug: () => slug ?? title,
    filename: () => name,
    contentbasename: () => name,
    slugorfilename: () => slug ?? name,
    slugorcontentbasename: () => slug ?? name,
  };
  const path = pattern.replaceAll(/:([a-z]+)(?:\[([^\]]*)\])?/g, (whole, part: string, range: string | undefined) => {
    if (part === 'sections' && range !== undefined) return urlized(sliced(sections, range).join('/'));
    const found = parts[part];
    return found ? urlized(found().replaceAll('/', part === 'sections' ? '/' : '-')) : whole;
  });
  return slashed(path);
}

/** `[1:]`, `[last]`, `[:last]` of `:sections`. */
function sliced(sections: readonly string[], range: string): string[] {
  const at = (text: string | undefined, instead: number) =>
    text === undefined || text === '' ? instead : text === 'last' ? sections.length - 1 : Number(text);
  if (!range.includes(':')) return sections.slice(at(range, 0)).slice(0, 1);
  const [from, to] = range.split(':');
  return sections.slice(at(from, 0), at(to, sections.length));
}

const slashed = (path: string) => `/${path.replaceAll(/^\/+|\/+$/g, '')}/`.replaceAll(/\/{2,}/g, '/');

/** The pattern for pages of a section: `permalinks.posts`, or `permalinks.page.posts`. */
export function patternOf(permalinks: Data, section: string | undefined, kind: 'page' | 'section'): string | undefined {
  const own = permalinks[kind];
  const from = typeof own === 'object' && own !== null ? (own as Data) : kind === 'page' ? permalinks : {};
  return section === undefined ? textOf(from['/']) : textOf(from[section]);
}

/** The path of a page without a pattern. */
export const plainPath = (sections: readonly string[], name: string): string =>
  slashed([...sections, name].map(urlized).join('/'));

/** `/a/b/` as `/a/b.html`. */
export const uglyPath = (path: string): string => (path === '/' ? path : `${path.replace(/\/$/, '')}.html`);
