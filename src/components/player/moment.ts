import { seconds } from '#site/length.ts';

/** Seconds of a moment as a link names it: `95`, `95.5`, `1:35`, `1:02:09`. Undefined for anything else. */
export function parseMoment(text: string): number | undefined {
  if (!/^\d+(:[0-5]?\d){0,2}(\.\d+)?$/.test(text)) return undefined;
  return seconds(text);
}

/** The moment that an address names, in seconds: `?t=90`, `#t=90`, `#t=1:30`. The fragment comes first. */
export function momentOf({ search, hash }: { search: string; hash: string }): number | undefined {
  const named = [hash.replace(/^#/, ''), search].map((part) => new URLSearchParams(part).get('t'));
  return named.map((text) => parseMoment(text ?? '')).find((moment) => moment !== undefined);
}

/** The address at which a recording starts at a moment. */
export function addressAt(page: string | URL, seconds: number): string {
  const address = new URL(page);
  address.hash = '';
  address.search = `?t=${Math.floor(seconds)}`;
  return address.href;
}
