/** How much of later parts goes with one download, in copies of the file: a line may break off more than once. */
const copies = 2;

/**
 * What was sent of each link's paper without its beginning, so that parts cannot stand for downloads that nobody counts.
 * It is this process's own: after a restart a link has no more than the parts of one download free. Of the links whose
 * parts were asked for longest ago, those beyond `most` are forgotten.
 */
export class LaterParts {
  readonly #most: number;
  readonly #sent = new Map<string, number>();

  constructor(most = 10_000) {
    this.#most = most;
  }

  /** Whether so many more bytes go with the download that was counted last; if so, they are counted from now on. */
  take(link: string, bytes: number, size: number): boolean {
    const sent = (this.#sent.get(link) ?? 0) + bytes;
    if (sent > copies * size) return false;
    this.#keep(link, sent);
    return true;
  }

  /** Bytes that were taken and not sent after all: the reader went away. */
  giveBack(link: string, bytes: number): void {
    const sent = this.#sent.get(link);
    if (sent !== undefined) this.#sent.set(link, Math.max(0, sent - bytes));
  }

  /** Another download of the link was counted. */
  begin(link: string): void {
    this.#sent.delete(link);
  }

  #keep(link: string, sent: number): void {
    this.#sent.delete(link);
    this.#sent.set(link, sent);
    for (const [oldest] of this.#sent) {
      if (this.#sent.size <= this.#most) break;
      this.#sent.delete(oldest);
    }
  }
}
