import type { Beside } from './files.ts';
import { shortened } from './html.ts';

/** A chapter as front matter has it. */
export interface Chapter {
  /** Seconds from the beginning. */
  start: number;
  title: string;
  url?: string;
  img?: string;
  toc?: false;
}

/** The most bytes of a file of chapters. */
const mostBytes = 5e6;

/** Chapters that are in a Podcasting 2.0 file at another address; nothing where they cannot be had, which is named. */
export async function chaptersAt(address: string, beside: Beside): Promise<Chapter[] | undefined> {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(await beside.bytesOf({ url: address }, mostBytes)));
    const found = chaptersOf((json as { chapters?: unknown } | null)?.chapters);
    if (found.length === 0) throw new Error('has no chapter in it');
    return found;
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is no JSON' : (error as Error).message;
    beside.lost.push({ what: 'chapters', detail: `${address} ${why}` });
    return undefined;
  }
}

function chaptersOf(list: unknown): Chapter[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((each: unknown): Chapter[] => {
    const { startTime, title, url, img, toc } = (each ?? {}) as Record<string, unknown>;
    const start = Number(startTime);
    if (!(start >= 0) || startTime === null || typeof title !== 'string' || !title.trim()) return [];
    return [
      {
        ...{ start, title: chapterTitle(title) },
        ...(isAddress(url) && { url }),
        ...(isAddress(img) && { img }),
        ...(toc === false && { toc }),
      },
    ];
  });
}

/** A title as long as the model lets it be. */
export const chapterTitle = (title: string): string => shortened(title, 120);

const isAddress = (value: unknown): value is string =>
  typeof value === 'string' && /^https?:/i.test(value) && URL.canParse(value);
