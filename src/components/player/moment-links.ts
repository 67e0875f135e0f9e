import { isPlainClick } from '#components/dom.ts';
import { type Stretch, stretchOf } from '#site/moment.ts';
import { stage } from './stage.ts';
import type { VideoFacade } from './video-facade.ts';

/** On an episode's page, every link to a moment of it plays from there: chapters, quotes, and what an author wrote as `#t=1:35` or `?t=95,120`. */
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('a[href]');
  if (!link || !isPlainClick(event)) return;
  const isHere = link.origin === location.origin && link.pathname === location.pathname;
  const { moment } = link.dataset;
  const stretch = moment === undefined ? isHere && stretchOf(link) : { start: Number(moment) };
  if (play(stretch || undefined)) event.preventDefault();
});

addEventListener('hashchange', () => play(stretchOf({ search: '', hash: location.hash })));

/** Whether there is a stretch, and something on this page to play it. */
function play(stretch: Stretch | undefined): boolean {
  if (stretch === undefined) return false;
  const { playback } = stage;
  if (playback?.facts.page === location.pathname) {
    playback.playFrom(stretch.start, stretch.end);
    return true;
  }
  const facade = document.querySelector<VideoFacade>('video-facade');
  facade?.play(stretch.start);
  return facade !== null;
}
