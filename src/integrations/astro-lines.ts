import type { AstroLoggerDestination, AstroLoggerMessage } from 'astro';
import { outcome, progress } from './progress.ts';

/** How many paths or pictures have a line each. */
const most = 100;

/**
 * Where Astro writes its log to, without a line for each path that it renders and each picture that it makes where they
 * are many: thousands of them hide all else. Of pictures it is said how far they are; of paths whoever lists them knows.
 * Whatever is not known as such a line goes through as it is.
 */
export class AstroLines implements AstroLoggerDestination {
  readonly #destination: AstroLoggerDestination;
  readonly #far: (count: number, all: number) => void;
  /** A path that is being rendered; how long that took is a message of its own. */
  #path = '';
  #showsPaths = true;
  #made = 0;

  constructor(destination: AstroLoggerDestination, clock?: () => number) {
    this.#destination = destination;
    this.#far = progress((line) => this.#say(line), 'Made', 'pictures', clock);
  }

  /** Paths are going to be rendered, this many. */
  expectPaths(count: number): void {
    this.#showsPaths = count <= most;
  }

  write(event: AstroLoggerMessage): void {
    const { level, label, message, newLine } = event;
    if (level !== 'info') this.#destination.write(event);
    else if (label === null && !newLine && message.includes('├─')) this.#path = message;
    else if (label === 'SKIP_FORMAT' && this.#path) this.#rendered(message);
    else if (label === null && message.includes('▶')) this.#picture(event);
    else this.#destination.write(event);
  }

  flush(): void | Promise<void> {
    return this.#destination.flush?.();
  }

  close(): void | Promise<void> {
    return this.#destination.close?.();
  }

  #rendered(time: string): void {
    const message = `${this.#path}${time}`.trimEnd();
    this.#path = '';
    // That there was nothing to write is for its author.
    if (this.#showsPaths || time.includes('not created'))
      this.#destination.write({ label: null, level: 'info', message, newLine: true });
  }

  #picture(event: AstroLoggerMessage): void {
    const [, number, count] = /\((\d+)\/(\d+)\)/.exec(event.message) ?? [];
    if (!number || !count) return this.#destination.write(event);
    const [done, all] = [Number(number), Number(count)];
    const isMade = !/\((reused|revalidated) /.test(event.message);
    if (isMade) this.#made += 1;
    if (all <= most && isMade) this.#destination.write(event);
    else this.#far(done, all);
    if (done === all) this.#say(outcome('Made', this.#made, all, 'pictures'));
  }

  #say(message: string): void {
    this.#destination.write({ label: 'assets', level: 'info', message, newLine: true });
  }
}
