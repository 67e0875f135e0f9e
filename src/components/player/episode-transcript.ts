import { isPlainClick, part } from '#components/dom.ts';
import { moreCode } from './more-code.ts';
import { stage } from './stage.ts';
import { indexAt } from './timeline.ts';

/** For so long after the reader has scrolled, the transcript does not scroll for them. Milliseconds. */
const scrollPause = 5000;
/** A scroll of ours ends within this time; what scrolls later is the reader. Milliseconds. */
const ownScroll = 1000;

/** The transcript on an episode's page: follows what plays, plays what is clicked, and can be searched. */
export class EpisodeTranscript extends HTMLElement {
  readonly #details = part(this, 'details', HTMLDetailsElement);
  readonly #follow = part(this, 'follow', HTMLButtonElement);
  readonly #cues = [...this.querySelectorAll<HTMLElement>('[data-starts]')].flatMap((paragraph) => {
    const starts = paragraph.dataset['starts']?.split(' ') ?? [];
    return [...paragraph.querySelectorAll('[data-said] > *')].map((cue, i) => ({ cue, start: Number(starts[i]) }));
  });
  readonly #leaving = new AbortController();
  #current: Element | undefined;
  #canQuote = false;
  #readerScrolled = -Infinity;
  #weScrolled = -Infinity;

  connectedCallback() {
    const { signal } = this.#leaving;
    // Narrow screens have it folded up, unless the address points into it. Find in page and fragments unfold it again.
    if (matchMedia('(width < 40rem)').matches && !/^#t-\d/.test(location.hash)) this.#details.open = false;
    stage.addEventListener('change', () => this.#mark(), { signal });
    document.addEventListener('scroll', () => this.#scrolled(), { signal, passive: true });
    for (const event of ['wheel', 'touchmove', 'keydown'])
      document.addEventListener(event, () => (this.#readerScrolled = performance.now()), { signal, passive: true });
    this.addEventListener('click', (event) => this.#clicked(event));
    this.#follow.addEventListener('click', () => this.#toggleFollow());
    part(this, 'query', HTMLInputElement).addEventListener('focus', () => this.#prepareSearch(), { once: true });
    document.addEventListener('selectionchange', () => this.#prepareQuote(), { signal });
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  /** Marks the cue that plays. */
  #mark(): void {
    const { playback } = stage;
    if (playback?.facts.page !== location.pathname) return;
    const cue = playback.inUse ? this.#cues[indexAt(this.#cues, playback.time)]?.cue : undefined;
    if (cue === this.#current) return;
    this.#current?.removeAttribute('data-current');
    this.#current = cue;
    cue?.setAttribute('data-current', '');
    if (this.#mayScroll && playback.isPlaying) this.#scrollToCurrent('nearest');
  }

  /** Only a reader who is reading it is taken along: who is elsewhere on the page, or has just scrolled, is let be. */
  get #mayScroll(): boolean {
    if (this.#follow.ariaPressed !== 'true' || !this.#details.open) return false;
    const { top, bottom } = this.#details.getBoundingClientRect();
    const middle = innerHeight / 2;
    return top < middle && bottom > middle && performance.now() - this.#readerScrolled > scrollPause;
  }

  #scrollToCurrent(block: ScrollLogicalPosition): void {
    this.#weScrolled = performance.now();
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
    this.#current?.scrollIntoView({ block, behavior });
  }

  #scrolled(): void {
    const now = performance.now();
    if (now - this.#weScrolled > ownScroll) this.#readerScrolled = now;
  }

  #toggleFollow(): void {
    const follows = this.#follow.ariaPressed !== 'true';
    this.#follow.ariaPressed = String(follows);
    this.#readerScrolled = -Infinity;
    if (follows) this.#scrollToCurrent('center');
  }

  /** A click on what was said plays it, unless it selects a text or follows a link that is none of ours. */
  #clicked(event: MouseEvent): void {
    const { playback } = stage;
    const { target } = event;
    if (playback?.facts.page !== location.pathname || !(target instanceof Element) || !isPlainClick(event)) return;
    const time = target.closest('[data-starts] > a');
    const said = target.closest('[data-said] > *') ?? time?.parentElement?.querySelector('[data-said] > *');
    const cue = this.#cues.find(({ cue }) => cue === said);
    if (!cue || (!time && getSelection()?.isCollapsed === false)) return;
    event.preventDefault();
    playback.playFrom(cue.start);
  }

  /** What is chosen of it can be passed on. */
  #prepareQuote(): void {
    const selection = getSelection();
    if (this.#canQuote || selection?.isCollapsed !== false || !this.contains(selection.anchorNode)) return;
    this.#canQuote = true;
    void moreCode().then(({ TranscriptQuote }) => new TranscriptQuote(this, this.#cues, this.#leaving.signal));
  }

  #prepareSearch(): void {
    void moreCode().then(({ TranscriptSearch }) => new TranscriptSearch(this));
  }
}
