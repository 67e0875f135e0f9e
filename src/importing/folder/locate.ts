import { isSameSite } from '#importing/addresses.ts';
import { filmOf } from '#importing/embeds.ts';
import { decoded } from '#site/url.ts';

/** How the addresses in one text are read. */
export interface Place {
  /** `https://old.example.com`, where the folder says it. */
  origin: string | undefined;
  /** The path of the old site itself, without a slash at its end. */
  base: string;
  /** The path of the page on the old site; without it the text is of the site itself. */
  path: string | null | undefined;
  /** Where a file that a text names so lies on the disk, and its path inside the folder. */
  file: (address: string) => { inside: string; path: string } | undefined;
  /** The path of the page that a file of the source becomes, for links to the files themselves. */
  page: (file: string) => string | undefined;
  /** Files on the disk, by the addresses they are known by: what is found is noted here. */
  files: Record<string, string>;
}

/** What an address names. Themes read that of a `cover`, in front matter, from the top of the site. */
export type Kind = 'picture' | 'media' | 'link' | 'cover';

/**
 * An address as the rest of an import reads it: of a picture or recording that lies in the folder, one under which it is noted;
 * of anything else, a whole one, or a path where the folder does not say where the old site is.
 */
export function located(address: string, kind: Kind, place: Place): string {
  const { origin, base, files } = place;
  const top = `${base}/`;
  if (/^(?:#|mailto:|tel:|data:|javascript:|\{)/i.test(address)) return address;
  const whole = address.startsWith('//') ? `https:${address}` : address;
  const url = URL.parse(whole);
  const isOwn = url !== null && isSameSite(url.href, origin);
  if (url && !isOwn) return whole;
  const local = url ? url.pathname + url.search + url.hash : whole;
  if (kind !== 'link' && !filmOf(whole)) {
    const found = place.file(withoutQuery(local));
    if (found) {
      const known = `${origin ?? ''}/${found.inside.split('/').map(encodeURIComponent).join('/')}`;
      if (kind !== 'media') {
        files[known] = found.path;
        return known;
      }
    }
  }
  const [, name = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(local) ?? [];
  const page = kind === 'link' && name ? place.page(decoded(name)) : undefined;
  const to = URL.parse(
    page === undefined ? local : page + rest,
    `${origin ?? 'http://old-site.invalid'}${kind === 'cover' ? top : (place.path ?? top)}`,
  );
  if (!to) return address;
  return origin === undefined ? to.pathname + to.search + to.hash : to.href;
}

export const withoutQuery = (address: string): string => decoded(address.replace(/[?#].*$/s, ''));

/** A path inside a folder, of a path that is read from one of its folders; undefined where it leads out. */
export function joined(folder: string, path: string): string | undefined {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The folder of a path, and its name. */
export const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');
export const nameOf = (path: string): string => path.split('/').at(-1) ?? '';
