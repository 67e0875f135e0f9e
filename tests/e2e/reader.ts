import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import type { BrowserWindow, Point, RunningBrowser } from './browser-window.ts';
import { type ServedSite, serveFixture } from './site.ts';

/** Begins a visit in a window of its own, which ends with its test. */
export interface Readers {
  (): Promise<Reader>;
  /** The server of the tests of this group. */
  served(): ServedSite;
}

/**
 * Serves the built fixture in an environment and starts a browser for a group of tests. A test fails if a page asked another host for
 * anything, broke its own Content-Security-Policy or had a script that ended in an error, as far as the browser says so.
 */
export function useReaders(start: () => Promise<RunningBrowser>, env: Record<string, string> = {}): Readers {
  let site: ServedSite;
  let browser: RunningBrowser;

  beforeAll(async () => {
    [site, browser] = await Promise.all([serveFixture(env), start()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  const read = async () => {
    const complaints: string[] = [];
    const window = await browser.openWindow(site.origin, (complaint) => complaints.push(complaint));
    onTestFinished(async () => {
      await window.close();
      expect(complaints).toEqual([]);
    });
    return new Reader(window, site.origin);
  };
  return Object.assign(read, { served: () => site });
}

/** How long something may take to come, in milliseconds: a browser that has just started is slow. */
const soon = { timeout: 15_000 };

/** Someone who reads the site in such a window, and waits for what comes. */
export class Reader {
  readonly window: BrowserWindow;
  readonly #origin: string;

  constructor(window: BrowserWindow, origin: string) {
    this.window = window;
    this.#origin = origin;
  }

  /** Opens a path of the site. */
  open(path: string): Promise<void> {
    return this.window.open(this.#origin + path);
  }

  /** Clicks what a selector names, and of several the first that has this text and can be clicked. */
  async click(selector: string, text?: string): Promise<void> {
    let point: Point | null = null;
    const name = text === undefined ? selector : `${selector} “${text}”`;
    await expect
      .poll(async () => (point = await this.window.ask(clickablePoint, selector, text ?? null)), {
        ...soon,
        message: name,
      })
      .not.toBeNull();
    await this.window.clickAt(point!);
  }

  /** Follows the first link to a path, and waits until it has led there. */
  async follow(path: string): Promise<void> {
    await this.click(`a[href="${path}"]`);
    await this.isAt(path);
  }

  /** Goes back by the browser, to a page of this path. */
  async back(path: string): Promise<void> {
    await this.window.ask(() => history.back());
    await this.isAt(path);
  }

  /** Types into a field that is clicked first. */
  async fill(selector: string, text: string): Promise<void> {
    await this.click(selector);
    await expect
      .poll(() => this.window.ask((selector) => document.activeElement?.matches(selector), selector), soon)
      .toBe(true);
    await this.window.type(text);
  }

  /** Waits until the page of a path is there, by its own word as well as by the address. */
  async isAt(path: string): Promise<void> {
    const places = () =>
      this.window.ask(() => ({
        address: location.pathname,
        page: document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href ?? '',
        state: document.readyState,
      }));
    const { href } = new URL(path, 'http://site');
    const expected = new URL(href).pathname;
    await expect
      .poll(async () => {
        const { address, page, state } = await places();
        return { address, page: page && new URL(page).pathname, state };
      }, soon)
      .toEqual({ address: expected, page: expected, state: 'complete' });
  }

  /** Waits until something that a selector names, and that is in sight, has a text in it. */
  async sees(selector: string, text: string): Promise<void> {
    const seen = () =>
      this.window.ask(
        (selector) =>
          [...document.querySelectorAll(selector)]
            .filter((element) => element.checkVisibility())
            .map((element) => element.textContent?.replaceAll(/\s+/g, ' ') ?? '')
            .join('\n'),
        selector,
      );
    await expect.poll(seen, { ...soon, message: selector }).toContain(text);
  }
}

/** Where the first of some elements can be clicked that has a text; scrolls to it. Runs in the page. */
function clickablePoint(selector: string, text: string | null): Point | null {
  const nameOf = (element: Element) => (element.ariaLabel ?? element.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
  for (const element of document.querySelectorAll(selector)) {
    if ((text !== null && nameOf(element) !== text) || !element.checkVisibility()) continue;
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    // A link that breaks into two lines has nothing in the middle of both.
    const [line] = element.getClientRects();
    if (!line) continue;
    const point = { x: line.x + line.width / 2, y: line.y + line.height / 2 };
    const there = document.elementFromPoint(point.x, point.y);
    if (there && (element.contains(there) || there.contains(element))) return point;
  }
  return null;
}
