import { element } from '#components/dom.ts';
import type { MiniPlayer } from './mini-player.ts';

/** A page that comes at once shows nothing; in milliseconds, as all of these. */
const patience = 200;
/** A second after a click nothing has happened yet, for those who do not see it. */
const inWords = 1000;
/** The line slows down all the while: nobody knows how long it takes. */
const growth = 10_000;

/** Shows that the next page is on its way, by a line and in words. Returns what ends it. */
export function showWaiting(bar: MiniPlayer): () => void {
  const main = document.querySelector('main');
  const line = element('div', {
    class:
      'bg-marketing fixed inset-x-0 top-0 z-30 h-1 ltr:origin-left rtl:origin-right print:hidden forced-colors:bg-[CanvasText]',
    'data-waiting': '',
  });
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const [frames, duration] = isStill
    ? [{ opacity: [0, 1] }, 1]
    : [{ transform: ['scaleX(0)', 'scaleX(0.95)'] }, growth];
  line.animate(frames, { delay: patience, duration, easing: 'cubic-bezier(0, 0.7, 0.2, 1)', fill: 'both' });
  document.body.append(line);
  main?.setAttribute('aria-busy', 'true');
  const timer = setTimeout(() => bar.announce('The next page is on its way.'), inWords);
  return () => {
    clearTimeout(timer);
    line.remove();
    main?.removeAttribute('aria-busy');
  };
}
