/** A browser that runs, and that Playwright does not drive. */
export interface RunningBrowser {
  /**
   * Opens a window with nothing in it of earlier ones. `complain` is called with what the pages of an origin must not do,
   * as far as the driver hears of it.
   */
  openWindow(origin: string, complain: (complaint: string) => void): Promise<BrowserWindow>;
  close(): Promise<void>;
}

/** A window of such a browser, with what its driver has to be able to do. */
export interface BrowserWindow {
  /** Opens an absolute address, and waits until it has loaded. */
  open(address: string): Promise<void>;
  /** What a function answers in the page. It is sent there as text: it knows its arguments alone, which are JSON. */
  ask<Arguments extends unknown[], Answer>(
    question: (...args: Arguments) => Answer,
    ...args: Arguments
  ): Promise<Answer>;
  clickAt(point: Point): Promise<void>;
  /** Types into what has the focus. */
  type(text: string): Promise<void>;
  close(): Promise<void>;
}

/** CSS pixels from the top left corner of the window. */
export interface Point {
  x: number;
  y: number;
}
