import type { Track } from './facts.ts';
import { recall, remember } from './memory.ts';

/** What a reader listened to, or means to. It is kept on their device, and nowhere else. */
export interface Listen {
  track: Track;
  /** When it was heard or chosen last, in milliseconds since 1970. */
  at: number;
  /** Where to go on, in seconds. */
  place?: number | undefined;
  isPlayed?: boolean | undefined;
  /** Whether it is on the list for later. */
  isLater?: boolean | undefined;
}

export const prefix = 'listen:';

/** Dispatches `change` whenever something is kept or forgotten, in this tab or another one. */
export const listening = new EventTarget();
addEventListener('storage', ({ key }) => {
  if (key === null || key.startsWith('player:')) listening.dispatchEvent(new Event('change'));
});

export function listenTo(episode: string): Listen | undefined {
  return parsed(recall(prefix + episode));
}

/** Keeps what has changed; of a recording of which nothing is left to say, forgets all. */
export function keepListen(track: Track, change: Partial<Omit<Listen, 'track' | 'at'>>): void {
  const { episode, kind, title, label, page, source, duration, cover } = track;
  const kept: Listen = {
    ...listenTo(episode),
    ...change,
    track: { episode, kind, title, label, page, source, duration, cover },
    at: Date.now(),
  };
  const isEmpty = kept.place === undefined && !kept.isPlayed && !kept.isLater;
  remember(prefix + episode, isEmpty ? undefined : JSON.stringify(kept));
  listening.dispatchEvent(new Event('change'));
}

/** Undefined for anything that is not what was written here. */
function parsed(text: string | undefined): Listen | undefined {
  try {
    const listen = JSON.parse(text ?? 'null') as Listen | null;
    return listen?.track ? listen : undefined;
  } catch {
    return undefined;
  }
}
