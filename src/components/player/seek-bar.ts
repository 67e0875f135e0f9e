import { clock } from '#site/length.ts';
import { spokenPosition } from './spoken.ts';
import { shareOf } from './timeline.ts';

/** The bar that shows where a recording stands. While it is dragged it shows where it will go. */
export class SeekBar {
  readonly #input: HTMLInputElement;
  readonly #time: HTMLElement;
  #dragging = false;
  /** What a drag that has ended, or a key, asks for. */
  onSeek: ((seconds: number) => void) | undefined;

  constructor(input: HTMLInputElement, time: HTMLElement) {
    this.#input = input;
    this.#time = time;
    input.addEventListener('input', () => {
      this.#dragging = true;
      this.#paint(input.valueAsNumber, Number(input.max));
    });
    input.addEventListener('change', () => {
      this.#dragging = false;
      this.onSeek?.(input.valueAsNumber);
    });
  }

  show(time: number, duration: number): void {
    if (this.#dragging) return;
    this.#input.max = String(duration);
    this.#input.value = String(time);
    this.#paint(time, duration);
  }

  #paint(time: number, duration: number): void {
    this.#time.textContent = clock(time);
    this.#input.setAttribute('aria-valuetext', spokenPosition(time, duration));
    this.#input.style.setProperty('--played', `${shareOf(time, duration)}%`);
  }
}
