import { element } from '#components/dom.ts';
import { clock } from '#site/length.ts';
import { addressAt } from './moment.ts';
import { stage } from './stage.ts';

/** Of what is chosen in a transcript: a button that copies it as a quote, with a link that plays just that. */
export class TranscriptQuote {
  readonly #transcript: HTMLElement;
  readonly #cues: readonly { cue: Element; start: number }[];
  readonly #button = element('button', {
    type: 'button',
    class:
      'bg-ink text-paper font-type text-small absolute z-10 min-h-11 cursor-pointer rounded-[3px] px-3 print:hidden',
  });
  #quote = '';

  constructor(transcript: HTMLElement, cues: readonly { cue: Element; start: number }[], signal: AbortSignal) {
    this.#transcript = transcript;
    this.#cues = cues;
    transcript.style.position = 'relative';
    // A click takes away the selection before it comes.
    this.#button.addEventListener('pointerdown', (event) => event.preventDefault(), { signal });
    this.#button.addEventListener('click', () => void this.#copy(), { signal });
    document.addEventListener('selectionchange', () => this.#offer(), { signal });
    this.#offer();
  }

  #offer(): void {
    const selection = getSelection();
    const chosen =
      selection?.isCollapsed === false ? this.#cues.filter(({ cue }) => selection.containsNode(cue, true)) : [];
    const [first] = chosen;
    const last = chosen.at(-1);
    if (!selection || !first || !last) return this.#button.remove();
    const playback = stage.onPage(location.pathname);
    const after = this.#cues[this.#cues.indexOf(last) + 1]?.start ?? playback?.duration;
    const end = after && after > first.start ? after : undefined;
    const link = addressAt(location.origin + location.pathname, first.start, end);
    const words = selection.toString().trim().replaceAll(/\s+/g, ' ');
    this.#quote = `“${words}”\n${playback?.facts.title ?? document.title}, ${clock(first.start)}\n${link}`;
    const [box, own] = [selection.getRangeAt(0).getBoundingClientRect(), this.#transcript.getBoundingClientRect()];
    this.#button.textContent = 'Copy as a quote';
    this.#button.style.top = `${box.bottom - own.top + 8}px`;
    this.#button.style.left = `${Math.max(0, Math.min(box.left - own.left, own.width - 180))}px`;
    this.#transcript.append(this.#button);
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#quote);
      this.#button.textContent = 'Copied';
    } catch {
      this.#button.textContent = 'This browser does not let it be copied';
    }
  }
}
