import { shareOf, chapterGaps } from './timeline.ts';
import { part, setText } from '#components/dom.ts';
import { clock, spokenLength } from '#site/length.ts';
import type { EpisodePlayer } from './episode-player.ts';
import type { Playback } from './playback.ts';
import { SeekBar } from './seek-bar.ts';
import { pauseSign, playSign } from './signs.ts';
import { speeds } from './speeds.ts';
import { playNext } from './program.ts';
import { stage } from './stage.ts';
import { svgElement } from './svg.ts';

/** What the bar says in place of its controls, and the one way on that it offers. */
interface Message {
  /** Above what it is about. */
  lead?: string;
  what: string;
  about: string;
  go: string;
  /** More of that, where there is room. */
  goMore?: string;
  isAgain?: boolean;
  act: () => void;
  other?: { label: string; act?: () => void; href?: string };
}

/**
 * The bar at the foot of the window, for as long as a recording is in use and neither its own player nor the small one
 * beside its text is in sight. It has one height, whatever it says.
 */
export class MiniPlayer extends HTMLElement {
  readonly #inSight = new Set<Element>();
  readonly #sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries)
      if (isIntersecting) this.#inSight.add(target);
      else this.#inSight.delete(target);
    this.#render();
  });
  #hasOwnPlayer = true;
  #message: Message | undefined;
  #seekBar: SeekBar | undefined;
  #shownChapters: unknown;

  connectedCallback() {
    this.className = 'group/bar border-ink bg-paper fixed inset-x-0 bottom-0 z-20 block print:hidden';
    this.innerHTML = markup;
    const onClick = (name: string, action: () => void) =>
      part(this, name, HTMLButtonElement).addEventListener('click', action);
    onClick('play', () => stage.playback?.toggle());
    onClick('back', () => stage.playback?.skip(-15));
    onClick('on', () => stage.playback?.skip(30));
    onClick('later', () => stage.playback?.sleep.putOff(5));
    onClick('go', () => this.#message?.act());
    onClick('other', () => this.#message?.other?.act?.());
    onClick('close', () => this.#close());
    const speed = part(this, 'speed', HTMLSelectElement);
    speed.addEventListener('change', () => stage.playback?.setSpeed(Number(speed.value)));
    this.#seekBar = new SeekBar(part(this, 'seek', HTMLInputElement), part(this, 'time', HTMLElement));
    this.#seekBar.onSeek = (seconds) => stage.playback?.seek(seconds);
    stage.addEventListener('change', () => this.#render());
    this.arrive();
  }

  /** Adopts what plays, before the page that holds it goes. */
  adopt(): void {
    const media = stage.playback?.media;
    if (!media || !stage.playback?.inUse) return;
    media.className = 'bg-ink aspect-video h-12 shrink-0 max-sm:hidden';
    part(this, 'row', HTMLElement).prepend(media);
  }

  /** Looks for the recording's own player on a page that has come. */
  arrive(): void {
    this.#sight.disconnect();
    this.#inSight.clear();
    const own = this.#ownPlayer();
    this.#hasOwnPlayer = own !== undefined;
    const views = own ? [own.querySelector('[data-part="controls"]'), document.querySelector('small-player')] : [];
    for (const view of views) {
      if (!view) continue;
      // Until the browser has looked, it may be in sight.
      this.#inSight.add(view);
      this.#sight.observe(view);
    }
    this.#render();
  }

  /** Says to those who do not see it that another page has come. */
  announce(title: string): void {
    setText(part(this, 'page', HTMLElement), title);
  }

  #ownPlayer(): EpisodePlayer | undefined {
    return [...document.querySelectorAll<EpisodePlayer>('episode-player')].find(
      ({ playback }) => playback === stage.playback,
    );
  }

  #close(): void {
    stage.playback?.close();
    document.querySelector('main')?.focus({ preventScroll: true });
  }

  #render(): void {
    const { playback } = stage;
    if (!playback) return;
    // What was begun from a list, or goes on with the next episode, has no player on the page.
    if (this.#hasOwnPlayer !== (this.#ownPlayer() !== undefined)) return this.arrive();
    if (!this.#hasOwnPlayer && !this.contains(playback.media)) this.adopt();
    this.#message = messageOf(playback);
    this.toggleAttribute('data-says', this.#message !== undefined);
    this.toggleAttribute('data-broken', playback.hasFailed || playback.media.ended);
    this.toggleAttribute('data-loading', playback.state === 'loading');
    this.#renderMessage();
    this.#renderControls(playback);
    const shown = playback.inUse && this.#inSight.size === 0;
    part(this, 'bar', HTMLElement).hidden = !shown;
    // The foot of the page, and whatever gets the focus, stay clear of the bar; a page keeps its height as it comes and goes.
    document.documentElement.classList.toggle('pb-24', playback.inUse);
    document.documentElement.classList.toggle('scroll-pb-28', playback.inUse);
  }

  #renderMessage(): void {
    const message = this.#message;
    setText(part(this, 'what', HTMLElement), message?.what ?? '');
    setText(part(this, 'lead', HTMLElement), message?.lead ?? '');
    setText(part(this, 'about', HTMLElement), message?.about ?? '');
    setText(part(this, 'go-label', HTMLElement), message?.go ?? '');
    setText(part(this, 'go-more', HTMLElement), message?.goMore ?? '');
    part(this, 'go', HTMLElement).toggleAttribute('data-again', message?.isAgain ?? false);
    const [other, link] = [part(this, 'other', HTMLButtonElement), part(this, 'download', HTMLAnchorElement)];
    const { label = '', href } = message?.other ?? {};
    other.hidden = !label || href !== undefined;
    link.hidden = href === undefined;
    setText(other, label);
    setText(link, label);
    if (href) link.href = href;
  }

  #renderControls(playback: Playback): void {
    const { facts, time, duration, isPlaying, notice, sleep } = playback;
    const cover = part(this, 'cover', HTMLImageElement);
    const pictured = this.#message && playback.media.ended ? (facts.next ?? facts) : facts;
    cover.hidden = !pictured.cover || (facts.kind === 'video' && this.contains(playback.media));
    if (pictured.cover && cover.getAttribute('src') !== pictured.cover) cover.src = pictured.cover;
    const title = part(this, 'title', HTMLAnchorElement);
    setText(title, facts.title);
    title.href = facts.page;
    setText(part(this, 'label', HTMLElement), facts.label);
    this.#seekBar?.show(time, duration);
    setText(part(this, 'length', HTMLElement), duration ? ` / ${clock(duration)}` : '');
    if (this.#shownChapters !== facts.chapters) {
      this.#shownChapters = facts.chapters;
      part(this, 'gaps', SVGSVGElement).replaceChildren(...chapterGaps(facts.chapters, duration).map(gap));
    }
    const asleepIn = sleep.minutesLeft === undefined ? '' : `Sleeps in ${sleep.minutesLeft} min`;
    const now = this.#message ? '' : notice || asleepIn || (facts.chapters[playback.chapter]?.title ?? '');
    for (const said of this.querySelectorAll('[data-part="now"]')) setText(said, now);
    // The page's own player says it to those who listen, even while it is out of sight.
    const status = part(this, 'status', HTMLElement);
    status.ariaLive = this.#hasOwnPlayer ? 'off' : 'polite';
    setText(
      status,
      this.#message ? [this.#message.lead, this.#message.what, this.#message.about].filter(Boolean).join(' ') : notice,
    );
    part(this, 'later', HTMLElement).hidden = asleepIn === '';
    const speed = part(this, 'speed', HTMLSelectElement);
    speed.value = String(playback.media.playbackRate);
    speed.parentElement!.hidden = asleepIn !== '';
    part(this, 'play', HTMLButtonElement).ariaLabel = isPlaying ? 'Pause' : 'Play';
    part(this, 'played', HTMLElement).style.width = `${shareOf(time, duration)}%`;
  }
}

function messageOf(playback: Playback): Message | undefined {
  const { facts, time, state, sleep } = playback;
  const at = clock(time);
  switch (state) {
    case 'failed':
      return {
        what: 'The recording did not load.',
        about: time < 1 ? facts.title : `Your place, ${at}, is kept. ${facts.title}`,
        ...{ go: 'Try again', isAgain: true, act: () => playback.play() },
        other: { label: 'Download', href: facts.source },
      };
    case 'asleep':
      return {
        what: 'Paused by the sleep timer.',
        about: `${facts.title}, at ${at}`,
        ...{ go: 'Play on', act: () => playback.play() },
        other: {
          label: '15 min more',
          act: () => {
            sleep.set('15');
            playback.play();
          },
        },
      };
    case 'ended': {
      const again = () => playback.playFrom(0);
      const { next } = facts;
      if (!next) return { what: 'The end.', about: facts.title, go: 'From the start', isAgain: true, act: again };
      return {
        ...{ lead: 'The end. Up next:', what: next.title, about: '' },
        go: 'Play',
        goMore: next.duration ? `, ${spokenLength(next.duration)}` : '',
        act: () => playNext(),
        other: { label: 'From the start', act: again },
      };
    }
    default:
      if (!playback.isLeft) return undefined;
      return {
        what: facts.title,
        about: `at ${at}`,
        go: 'Continue',
        goMore: ` at ${at}`,
        act: () => playback.play(),
      };
  }
}

const gap = (x: string): SVGElement => svgElement('rect', { x, width: '3', height: '100%', class: 'fill-paper' });

const button =
  'font-type text-small inline-flex min-h-11 min-w-11 shrink-0 cursor-pointer items-center justify-center whitespace-nowrap hover:underline';
const whileWell = 'group-data-says/bar:hidden';
const whileSaying = 'not-group-data-says/bar:hidden';
const cross =
  '<svg class="size-4" viewBox="0 0 16 16" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="m2 2 12 12M14 2 2 14"/></svg>';

const markup = `
  <section class="border-ink group-data-broken/bar:border-dashed sm:border-t-2 group-data-says/bar:border-t-2" aria-label="Now playing" data-part="bar" hidden>
    <div class="bg-track h-1 sm:hidden ${whileWell} forced-colors:border-b" aria-hidden="true"><div class="bg-ink h-full forced-colors:bg-[Highlight]" data-part="played"></div></div>
    <div class="wrap flex h-[72px] items-center gap-x-2 sm:gap-x-3" data-part="row">
      <img class="size-12 shrink-0 rounded-[3px] max-[20rem]:hidden max-sm:group-data-says/bar:hidden" alt="" width="48" height="48" data-part="cover" hidden>
      <p class="flex min-w-0 flex-1 flex-col leading-tight sm:max-w-[17rem] sm:flex-none ${whileWell}">
        <a class="inline-block min-h-6 content-center truncate font-semibold no-underline hover:underline" data-part="title"></a>
        <span class="font-type text-pencil truncate text-[0.8125rem] sm:hidden" data-part="now"></span>
        <span class="font-type text-pencil truncate text-[0.8125rem] max-sm:hidden" data-part="label"></span>
      </p>
      <p class="min-w-0 flex-1 leading-tight ${whileSaying}">
        <span class="font-type text-pencil block truncate text-[0.8125rem] empty:hidden" data-part="lead"></span>
        <span class="line-clamp-2 font-semibold" data-part="what"></span>
        <span class="font-type text-pencil block truncate text-[0.8125rem] empty:hidden" data-part="about"></span>
      </p>
      <button class="${button} max-sm:hidden ${whileWell}" type="button" data-part="back">−15 s<span class="sr-only">, back 15 seconds</span></button>
      <button class="bg-ink text-paper border-ink group order-last grid size-12 shrink-0 cursor-pointer place-items-center rounded-full border-2 focus-visible:rounded-full sm:order-none ${whileWell} forced-colors:border-[ButtonText]" type="button" data-part="play">
        <svg class="size-5 fill-current group-aria-[label=Pause]:hidden" viewBox="0 0 24 24" aria-hidden="true"><path d="${playSign}"/></svg>
        <svg class="hidden size-5 fill-current group-aria-[label=Pause]:block" viewBox="0 0 24 24" aria-hidden="true"><path d="${pauseSign}"/></svg>
      </button>
      <button class="${button} max-sm:hidden ${whileWell}" type="button" data-part="on">+30 s<span class="sr-only">, on 30 seconds</span></button>
      <div class="min-w-0 flex-1 max-sm:hidden ${whileWell}">
        <p class="font-type text-small flex gap-x-4 leading-tight"><span class="min-w-0 truncate" data-part="now"></span><span class="ms-auto shrink-0"><span class="sr-only">Elapsed </span><span data-part="time"></span><span class="text-pencil" data-part="length"></span></span></p>
        <div class="relative h-5">
          <input class="seek absolute -inset-x-1 -top-3 h-11 w-[calc(100%+0.5rem)] cursor-pointer" type="range" min="0" step="any" aria-label="Position" data-part="seek">
          <svg class="pointer-events-none absolute inset-x-0 top-1/2 h-2.5 w-full -translate-y-1/2" aria-hidden="true" data-part="gaps"></svg>
        </div>
      </div>
      <label class="${whileWell}"><span class="sr-only">Speed</span><select class="font-type text-small bg-paper text-ink field-sizing-content min-h-11 cursor-pointer" data-part="speed">${speeds.map((speed) => `<option value="${speed}">${speed}×</option>`).join('')}</select></label>
      <button class="${button} ${whileWell}" type="button" data-part="later" hidden>+5 min<span class="sr-only"> until it sleeps</span></button>
      <button class="bg-ink text-paper border-ink group/go inline-flex min-h-12 shrink-0 cursor-pointer items-center gap-2 rounded-[3px] border-2 px-4 font-semibold hover:underline ${whileSaying}" type="button" data-part="go">
        <svg class="size-4.5 fill-current group-data-again/go:hidden max-[22rem]:hidden" viewBox="0 0 24 24" aria-hidden="true"><path d="${playSign}"/></svg>
        <svg class="hidden size-4.5 fill-current group-data-again/go:block max-[22rem]:hidden" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5V1L6 6.500 12 12V8a5.500 5.500 0 1 1-5.500 5.500h-3A8.500 8.500 0 1 0 12 5z"/></svg>
        <span><span data-part="go-label"></span><span class="max-sm:hidden" data-part="go-more"></span></span>
      </button>
      <button class="${button} max-sm:hidden ${whileSaying}" type="button" data-part="other" hidden></button>
      <a class="${button} no-underline max-sm:hidden ${whileSaying}" download data-part="download" hidden></a>
      <button class="${button} max-sm:not-group-data-says/bar:hidden" type="button" data-part="close" aria-label="Stop and close">${cross}</button>
    </div>
  </section>
  <p class="sr-only" role="status" data-part="status"></p>
  <p class="sr-only" role="status" data-part="page"></p>`;
