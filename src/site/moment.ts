import { seconds } from './length.ts';

/**
 * Seconds of a moment as links name it: `95`, `95.5`, `1:35`, `1:02:09`, and as other sites do, `95s`, `1m35s`,
 * `npt:95`; of a stretch (`95,120`), its beginning (Media Fragments 1.0, section 4.2.1). Undefined for anything else.
 */
export function parseMoment(text: string): number | undefined {
  const [begin = ''] = text.replace(/^npt:/, '').split(',');
  if (/^\d+(:[0-5]?\d){0,2}(\.\d+)?$/.test(begin)) return seconds(begin);
  const [whole, hours, minutes, rest] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(begin) ?? [];
  return whole ? Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest ?? 0) : undefined;
}

/** What an address names of a recording, in seconds: a moment, or a stretch that ends (`?t=95,120`). */
export interface Stretch {
  start: number;
  end?: number | undefined;
}

/** As {@link momentOf}, with the end of a stretch; an end that is not after its beginning is none. */
export function stretchOf(address: { search: string; hash: string }): Stretch | undefined {
  const named = texts(address).find((text) => parseMoment(text) !== undefined);
  const start = parseMoment(named ?? '');
  if (start === undefined) return undefined;
  const end = parseMoment(named?.split(',')[1] ?? '');
  return { start, end: end !== undefined && end > start ? end : undefined };
}

/** The moment that an address names, in seconds: `?t=90`, `#t=90`, `#t=1:30`. The fragment comes first. */
export function momentOf(address: { search: string; hash: string }): number | undefined {
  return stretchOf(address)?.start;
}

const texts = ({ search, hash }: { search: string; hash: string }) =>
  [hash.replace(/^#/, ''), search].map((part) => new URLSearchParams(part).get('t') ?? '');
