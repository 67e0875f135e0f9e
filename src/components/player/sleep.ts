/** Ends the listening for those who fall asleep over it. */
export class SleepTimer {
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #onEnd: () => void;
  /** What was chosen: `off`, `end` (of the episode), or minutes. */
  choice = 'off';

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** The end of the episode needs no clock: nothing plays after it. */
  set(choice: string): void {
    clearTimeout(this.#timer);
    this.choice = choice;
    const minutes = Number(choice);
    if (minutes > 0) this.#timer = setTimeout(() => this.#onEnd(), minutes * 60_000);
  }
}
