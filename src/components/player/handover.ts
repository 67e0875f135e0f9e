import type { Facts } from './facts.ts';
import { left } from './left.ts';
import { stage } from './stage.ts';

/**
 * What plays goes with its document, wherever the browser loads the next page by itself: in one without the Navigation
 * API, and with a form. The next page has it ready, for one click; its own page goes on with it by itself, if it may.
 */
addEventListener('pagehide', () => {
  const { playback } = stage;
  left.keep(
    playback?.isPlaying || playback?.isLeft
      ? JSON.stringify({ facts: playback.facts, time: playback.time, isPlaying: playback.isPlaying })
      : undefined,
  );
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
  const kept = left.take();
  if (kept === undefined || stage.playback?.isPlaying) return;
  const { facts, time, isPlaying } = JSON.parse(kept) as { facts: Facts; time: number; isPlaying: boolean };
  const onPage = stage.find(facts);
  if (!onPage) stage.resume(stage.ready(facts), time);
  else if (isPlaying || isBack) onPage.playFrom(time);
}
