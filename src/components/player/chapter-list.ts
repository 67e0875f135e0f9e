import { stage } from './stage.ts';

/** Marks what plays in the page's list of chapters. Its links do the rest. */
stage.addEventListener('change', mark);
mark();

function mark(): void {
  const { playback } = stage;
  if (playback?.facts.page !== location.pathname) return;
  const playing = playback.inUse || playback.time > 0 ? playback.chapter : -1;
  const links = document.querySelectorAll('[data-chapters] a[href^="?t="]');
  for (const [index, link] of links.entries())
    if (index === playing) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
}
