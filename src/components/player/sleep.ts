/** Ends the listening for those who fall asleep over it. */
export class SleepTimer {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #endsAt = 0;
  readonly #onEnd: () => void;
  /** What was chosen: `off`, `end` (of the episode), or minutes. */
  choice = 'off';

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** Whole minutes that are left, begun ones included; undefined where none are counted. */
  get minutesLeft(): number | undefined {
    return Number(this.choice) > 0 ? Math.max(1, Math.ceil((this.#endsAt - performance.now()) / minute)) : undefined;
  }

  /** The end of the episode needs no clock: nothing plays after it. */
  set(choice: string): void {
    this.choice = choice;
    this.#endIn(Number(choice) * minute);
  }

  /** Puts the end off by so many minutes. */
  putOff(minutes: number): void {
    this.#endIn(this.#endsAt - performance.now() + minutes * minute);
  }

  #endIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (!(milliseconds > 0)) return;
    this.#endsAt = performance.now() + milliseconds;
    this.#timer = setTimeout(() => this.#onEnd(), milliseconds);
  }
}

const minute = 60_000;
