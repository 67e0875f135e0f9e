import { execFile } from 'node:child_process';
import type { IncomingMessage } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import type { Edition } from '#authoring/edition.ts';
import { slugFor } from '#authoring/slug.ts';
import { addressOf } from '#catalog/entry-address.ts';
import type { Collection } from '#catalog/content.ts';
import { decoded } from '#site/url.ts';

export type SourceEntry = Edition['folder']['entries'][number];

/** How an entry like another one is begun. */
export interface Like {
  kind: string;
  /** Where it will be, if a title is all that is to be said of it. */
  collection?: Collection;
  /** What it has in common with the other one. */
  options: string[];
}

export const entryAt = ({ folder }: Edition, path: string): SourceEntry | undefined =>
  folder.entries.find(({ collection, slug }) => addressOf[collection](slug) === decoded(path).replace(/\/?$/, '/'));

const kinds: Record<string, Like['kind']> = {
  posts: 'post',
  people: 'person',
  whitepapers: 'whitepaper',
  partners: 'partner',
};

export function entryLike(entry: SourceEntry | undefined): Like {
  const kind = kinds[entry?.collection ?? ''] ?? 'episode';
  const data = entry?.yaml.data ?? {};
  const option = (name: string, value: unknown) => {
    const words = [value ?? []].flat().filter((each) => typeof each === 'string');
    return words.length > 0 ? [`--${name}`, words.join(',')] : [];
  };
  const options = [
    ...option('topic', data['topics']),
    ...(kind === 'episode' ? [...option('host', data['hosts']), ...option('guest', data['guests'])] : []),
    ...(kind === 'post' ? option('author', data['authors']) : []),
  ];
  const collection = ({ episode: 'episodes', post: 'posts', person: 'people' } as const)[kind];
  return { kind, options, ...(collection && { collection }) };
}

/** What the bar asks for: an entry with this title, like that of the page. */
export interface Wish {
  page: string;
  title: string;
}

/** Where the new entry will be seen, or why there is none. */
export type Made = { address: string } | { refused: string };

/** A wish of a page of this very server, on this very machine; undefined from anywhere else, or where it is none. */
export async function wishOf(request: IncomingMessage): Promise<Wish | undefined> {
  const { 'content-type': type, 'content-length': length } = request.headers;
  const isHere = request.method === 'POST' && request.headers.origin !== undefined && isOfThisMachine(request);
  if (!isHere || type !== 'application/json' || !(Number(length) <= longest)) return undefined;
  try {
    const { page, title } = JSON.parse(await textOf(request)) as Record<string, unknown>;
    return typeof page === 'string' && typeof title === 'string' ? { page, title: title.trim() } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether this machine asks, by a name of its own, and no page of another site does. */
export function isOfThisMachine({ headers: { host = '', origin }, socket }: IncomingMessage): boolean {
  return (
    /^(?:::1|(?:::ffff:)?127\.[\d.]+)$/.test(socket.remoteAddress ?? '') &&
    /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host) &&
    (origin === undefined || origin === `http://${host}` || origin === `https://${host}`)
  );
}

/** The most bytes of a wish. */
const longest = 4096;

/** Makes an entry as `npm run new` does, by that command itself: it passes the check, and nothing is overwritten. */
export async function makeEntry(edition: Edition, { page, title }: Wish): Promise<Made> {
  const { kind, collection, options } = entryLike(entryAt(edition, page));
  if (!collection) return { refused: `A ${kind} wants more than a title: npm run new -- ${kind}` };
  const slug = slugFor(title);
  if (slug === undefined)
    return { refused: 'The title needs a Latin letter or a digit, of which its address is made.' };
  if (edition.folder.entries.some((each) => each.collection === collection && each.slug === slug))
    return { refused: `There is ${collection}/${slug} already: give it another title.` };
  const named = kind === 'person' ? 'name' : 'title';
  const args = ['src/cli/new.ts', kind, '--yes', `--${named}=${title}`, `--slug=${slug}`, ...options];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, _, complaint) => {
      const said = stripVTControlCharacters(complaint).trim();
      resolve(error ? { refused: said || error.message } : { address: addressOf[collection](slug) });
    });
  });
}
