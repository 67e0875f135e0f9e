import { shareOf } from './timeline.ts';
import { part, setText } from '#components/dom.ts';
import { clock } from '#site/length.ts';
import type { EpisodePlayer } from './episode-player.ts';
import { stage } from './stage.ts';

/** The bar at the foot of the window, for as long as a recording is in use and its own player is not in sight. */
export class MiniPlayer extends HTMLElement {
  readonly #sight = new IntersectionObserver(([entry]) => {
    this.#inSight = entry?.isIntersecting ?? false;
    this.#render();
  });
  #inSight = true;
  #hasOwnPlayer = true;

  connectedCallback() {
    this.className = 'group/bar border-ink bg-paper fixed inset-x-0 bottom-0 z-20 block border-t-2 print:hidden';
    this.innerHTML = markup;
    const onClick = (name: string, action: () => void) =>
      part(this, name, HTMLButtonElement).addEventListener('click', action);
    onClick('play', () => stage.playback?.toggle());
    onClick('back', () => stage.playback?.skip(-15));
    onClick('on', () => stage.playback?.skip(30));
    onClick('close', () => this.#close());
    stage.addEventListener('change', () => this.#render());
    this.arrive();
  }

  /** Adopts what plays, before the page that holds it goes. */
  adopt(): void {
    const media = stage.playback?.media;
    if (!media || !stage.playback?.inUse) return;
    media.className = 'bg-ink aspect-video h-11 shrink-0 max-sm:hidden';
    part(this, 'row', HTMLElement).prepend(media);
  }

  /** Looks for the recording's own player on a page that has come. */
  arrive(): void {
    this.#sight.disconnect();
    const own = [...document.querySelectorAll<EpisodePlayer>('episode-player')].find(
      ({ playback }) => playback === stage.playback,
    );
    if (own) this.#sight.observe(own);
    this.#inSight = this.#hasOwnPlayer = own !== undefined;
    this.#render();
  }

  /** Says to those who do not see it that another page has come. */
  announce(title: string): void {
    setText(part(this, 'page', HTMLElement), title);
  }

  #close(): void {
    stage.playback?.close();
    document.querySelector('main')?.focus({ preventScroll: true });
  }

  #render(): void {
    const { playback } = stage;
    if (!playback) return;
    const { facts, time, duration, isPlaying, notice } = playback;
    const title = part(this, 'title', HTMLAnchorElement);
    setText(title, facts.title);
    title.href = facts.page;
    setText(part(this, 'time', HTMLElement), clock(time));
    setText(part(this, 'length', HTMLElement), duration ? ` / ${clock(duration)}` : '');
    this.toggleAttribute('data-failed', playback.hasFailed);
    const said = part(this, 'notice', HTMLElement);
    // The page's own player says it to those who listen, even while it is out of sight.
    said.ariaLive = this.#hasOwnPlayer ? 'off' : 'polite';
    setText(said, notice);
    part(this, 'clock', HTMLElement).hidden = notice !== '';
    part(this, 'play', HTMLButtonElement).ariaLabel = isPlaying ? 'Pause' : 'Play';
    part(this, 'played', HTMLElement).style.width = `${shareOf(time, duration)}%`;
    const shown = playback.inUse && !this.#inSight;
    part(this, 'bar', HTMLElement).hidden = !shown;
    this.classList.toggle('border-t-2', shown);
    // The foot of the page, and whatever gets the focus, stay clear of the bar; a page keeps its height as it comes and goes.
    document.documentElement.classList.toggle('pb-20', playback.inUse);
    document.documentElement.classList.toggle('scroll-pb-24', playback.inUse);
  }
}

const button = 'font-type text-small inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-center';
/** What a phone has no room for beside the reason why nothing plays. */
const whileWell = 'max-sm:group-data-failed/bar:hidden';

const markup = `
  <section aria-label="Now playing" data-part="bar" hidden>
    <div class="bg-marketing h-1 forced-colors:bg-[CanvasText]" data-part="played"></div>
    <div class="wrap flex min-h-16 items-center gap-x-1 sm:gap-x-3" data-part="row">
      <button class="bg-ink text-paper group grid size-11 shrink-0 cursor-pointer place-items-center rounded-full" type="button" data-part="play">
        <svg class="size-5 fill-current group-aria-[label=Pause]:hidden" viewBox="0 0 24 24" aria-hidden="true"><path d="M7 4v16l14-8z"/></svg>
        <svg class="hidden size-5 fill-current group-aria-[label=Pause]:block" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 4h4v16H6zM14 4h4v16h-4z"/></svg>
      </button>
      <button class="${button} ${whileWell}" type="button" data-part="back">−15<span class="sr-only"> seconds, back</span></button>
      <button class="${button} ${whileWell}" type="button" data-part="on">+30<span class="sr-only"> seconds, on</span></button>
      <p class="max-sm:group-data-failed/bar:ms-2 flex min-w-0 flex-1 flex-col sm:flex-row sm:items-center sm:gap-4">
        <a class="inline-block min-h-6 truncate font-semibold no-underline hover:underline sm:min-h-11 sm:content-center" data-part="title"></a>
        <span class="font-type text-small leading-tight sm:ms-auto" role="status" data-part="notice"></span>
        <span class="font-type text-small text-pencil sm:shrink-0" data-part="clock"><span class="sr-only">Elapsed </span><span data-part="time"></span><span class="max-sm:hidden" data-part="length"></span></span>
      </p>
      <button class="${button} shrink-0" type="button" data-part="close" aria-label="Stop and close"><svg class="size-4" viewBox="0 0 16 16" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="m2 2 12 12M14 2 2 14"/></svg></button>
    </div>
  </section>
  <p class="sr-only" role="status" data-part="page"></p>`;
