import type { Facts } from './facts.ts';
import type { Playback } from './playback.ts';
import { ready } from './program.ts';
import { stage } from './stage.ts';

/**
 * What plays goes with its document, wherever the browser loads the next page by itself: in one without the Navigation
 * API, and with a form. The next page has it ready, for one click; its own page goes on with it by itself, if it may.
 */
addEventListener('pagehide', () => {
  const { playback } = stage;
  if (playback?.isPlaying || playback?.isLeft)
    keep(JSON.stringify({ facts: playback.facts, time: playback.time, isPlaying: playback.isPlaying }));
});
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) takeUp(true);
});

/** Once the players of the page are there: one of them may be the one. */
export function takeUpOnceReady(): void {
  const [arrival] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const act = () => takeUp(arrival?.type === 'back_forward');
  if (document.readyState === 'complete') act();
  else addEventListener('load', act, { once: true });
}

function takeUp(isBack: boolean): void {
  const kept = take();
  if (kept === undefined || stage.playback?.isPlaying) return;
  const { facts, time, isPlaying } = JSON.parse(kept) as { facts: Facts; time: number; isPlaying: boolean };
  const onPage = stage.find(facts);
  if (onPage) {
    if (isPlaying || isBack) playThrough(onPage, time);
    return;
  }
  const playback = ready(facts);
  stage.take(playback);
  playback.wait(time);
}

/** Safari loads the recordings of a page anew that it has kept, after it has shown the page: what played by then is cut off. */
function playThrough(playback: Playback, time: number): void {
  const plays = new AbortController();
  playback.media.addEventListener('emptied', () => playback.playFrom(time), { signal: plays.signal });
  playback.media.addEventListener('playing', () => plays.abort(), { signal: plays.signal });
  playback.playFrom(time);
}

/** Kept for this tab alone. OnDemand.astro looks for it. */
const key = 'player:left';

function keep(text: string): void {
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // Where nothing may be stored, nothing goes on.
  }
}

function take(): string | undefined {
  try {
    const text = sessionStorage.getItem(key) ?? undefined;
    sessionStorage.removeItem(key);
    return text;
  } catch {
    return undefined;
  }
}
