import { type Listen, listening, listenTo, prefix } from './listens.ts';
import { forget, recall, remember, remembered } from './memory.ts';

/** All that is kept, the latest first. */
export function listens(): Listen[] {
  return remembered(prefix)
    .flatMap((name) => parsed(recall(name)) ?? [])
    .toSorted((a, b) => b.at - a.at);
}

export function forgetListens(): void {
  for (const name of remembered(prefix)) forget(name);
  listening.dispatchEvent(new Event('change'));
}

/** The text of a file that holds all of it. */
export const exported = (): string => JSON.stringify({ listens: listens() }, undefined, 2);

/** Keeps what a file holds, but nothing in place of what is newer here. Returns how many were taken; throws nothing. */
export function takeOver(file: string): number {
  let found: unknown;
  try {
    found = (JSON.parse(file) as { listens?: unknown }).listens;
  } catch {
    return 0;
  }
  if (!Array.isArray(found)) return 0;
  const taken = found
    .flatMap((each) => parsed(JSON.stringify(each)) ?? [])
    .filter(({ track, at }) => at > (listenTo(track.episode)?.at ?? 0));
  for (const listen of taken) remember(prefix + listen.track.episode, JSON.stringify(listen));
  listening.dispatchEvent(new Event('change'));
  return taken.length;
}

/** A record as it was kept; undefined for anything that was not written here: it may come out of a file. */
function parsed(text: string | undefined): Listen | undefined {
  try {
    const listen = JSON.parse(text ?? 'null') as Listen | null;
    return listen && isListen(listen) ? listen : undefined;
  } catch {
    return undefined;
  }
}

function isListen({ track, at, place }: Listen): boolean {
  return (
    Number.isFinite(at) &&
    (place === undefined || Number.isFinite(place)) &&
    [track.episode, track.title, track.label].every((text) => typeof text === 'string') &&
    ['audio', 'video'].includes(track.kind) &&
    Number.isFinite(track.duration) &&
    isOwn(track.page) &&
    (track.cover === undefined || isOwn(track.cover)) &&
    ['http:', 'https:'].includes(new URL(track.source, location.href).protocol)
  );
}

const isOwn = (address: string) => new URL(address, location.href).origin === location.origin;
