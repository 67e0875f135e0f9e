import { isPlainClick } from '#components/dom.ts';
import { momentOf } from '#site/moment.ts';
import { stage } from './stage.ts';
import type { VideoFacade } from './video-facade.ts';

/** On an episode's page, every link to a moment of it plays from there: chapters, and what an author wrote as `#t=1:35` or `?t=95`. */
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('a[href]');
  if (!link || !isPlainClick(event)) return;
  const isHere = link.origin === location.origin && link.pathname === location.pathname;
  const moment = link.dataset['moment'] ?? (isHere ? momentOf(link) : undefined);
  if (playFrom(moment === undefined ? undefined : Number(moment))) event.preventDefault();
});

addEventListener('hashchange', () => playFrom(momentOf({ search: '', hash: location.hash })));

/** Whether there is a moment, and something on this page to play from there. */
function playFrom(moment: number | undefined): boolean {
  if (moment === undefined) return false;
  const { playback } = stage;
  if (playback?.facts.page === location.pathname) {
    playback.playFrom(moment);
    return true;
  }
  const facade = document.querySelector<VideoFacade>('video-facade');
  facade?.play(moment);
  return facade !== null;
}
