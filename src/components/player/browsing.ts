import { parsePage } from '#components/parse-page.ts';
import type { MiniPlayer } from './mini-player.ts';
import { canPutIn, putIn } from './page-swap.ts';
import { stage } from './stage.ts';
import { showWaiting } from './waiting.ts';

/**
 * Lets the reader browse on while a recording plays: pages are fetched and put in the place of the last one, by the
 * Navigation API. (Astro's client router cannot be used together with its Content Security Policy.) Where there is no
 * such API, and wherever anything goes wrong, the browser navigates as ever.
 */
export function browseOn(bar: MiniPlayer): void {
  if (!('navigation' in globalThis)) return;
  let hasSwapped = false;
  navigation.addEventListener('navigate', (event) => {
    if (!isPage(event)) return;
    // Once a page was swapped, the way back to it is ours as well.
    const isOurs = event.navigationType === 'traverse' ? hasSwapped && event.destination.sameDocument : isInUse(bar);
    if (!isOurs) return;
    hasSwapped = true;
    // By then the address is that of the page to come; the one that leads there is the Referer of it, as ever.
    const referrer = location.href;
    event.intercept({ handler: () => arriveAt(event.destination.url, { bar, referrer, signal: event.signal }) });
  });
}

interface Arrival {
  bar: MiniPlayer;
  /** The page that led there. */
  referrer: string;
  signal: AbortSignal;
}

async function arriveAt(address: string, arrival: Arrival): Promise<void> {
  const stopWaiting = showWaiting(arrival.bar);
  try {
    await exchange(address, arrival);
  } finally {
    stopWaiting();
  }
}

async function exchange(address: string, { bar, referrer, signal }: Arrival): Promise<void> {
  const page = await fetchPage(address, referrer, signal);
  if (signal.aborted) return;
  if (!page || !canPutIn(page.content)) return location.reload();
  if (page.address !== address) {
    navigation.navigate(page.address, { history: 'replace' });
    return;
  }
  bar.adopt();
  await putIn(page.content, bar, signal);
  if (signal.aborted) return;
  bar.arrive();
  bar.announce(document.title);
}

async function fetchPage(address: string, referrer: string, signal: AbortSignal) {
  try {
    const response = await fetch(address, { signal, referrer });
    if (!response.headers.get('content-type')?.startsWith('text/html')) return undefined;
    const content = parsePage(await response.text());
    return { address: response.url + new URL(address).hash, content };
  } catch {
    return undefined;
  }
}

/** Pages end with a slash; files, downloads, posted forms and places on this page are none of ours. */
function isPage({ canIntercept, downloadRequest, formData, hashChange, navigationType, destination }: NavigateEvent) {
  if (!canIntercept || downloadRequest !== null || formData || hashChange || navigationType === 'reload') return false;
  // A script that notes something in the address goes nowhere.
  if (destination.sameDocument && navigationType !== 'traverse') return false;
  return new URL(destination.url).pathname.endsWith('/');
}

/** Playing, or at hand in the bar: a recording that is paused on its own page needs nothing of this. */
function isInUse(bar: MiniPlayer): boolean {
  const { playback } = stage;
  return Boolean(playback?.inUse && (playback.isPlaying || bar.contains(playback.media)));
}
