import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export const inland = '/episodes/number-seven-is-inland/';

/** An episode's page, as a reader meets it. */
export class EpisodePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens an episode and waits until its player works. */
  static async open(page: Page, address = inland): Promise<EpisodePage> {
    await page.goto(address);
    await page.locator('[data-part="controls"]:not([inert])').first().waitFor();
    return new EpisodePage(page);
  }

  get player() {
    return this.page.getByRole('group', { name: 'Player' });
  }
  get bar() {
    return this.page.getByRole('region', { name: 'Now playing' });
  }
  get play() {
    return this.player.getByRole('button', { name: 'Play', exact: true });
  }
  get pause() {
    return this.player.getByRole('button', { name: 'Pause', exact: true });
  }
  get position() {
    return this.player.getByRole('slider', { name: 'Position' });
  }
  get notice() {
    return this.player.getByRole('status');
  }
  get chapters() {
    return this.page.getByRole('region', { name: 'Chapters' });
  }
  get transcript() {
    return this.page.locator('episode-transcript');
  }
  get search() {
    return this.page.getByRole('searchbox', { name: 'Search the transcript' });
  }

  /** Shows what is wanted seldom. */
  async more(): Promise<void> {
    const more = this.player.getByRole('button', { name: 'More' });
    if ((await more.getAttribute('aria-expanded')) === 'false') await more.click();
  }

  button(name: string | RegExp) {
    return this.player.getByRole('button', { name });
  }

  /** What the recording itself says. */
  media<Read>(read: (media: HTMLMediaElement) => Read): Promise<Read> {
    return this.page.locator('audio, video').first().evaluate(read);
  }

  time(): Promise<number> {
    return this.media(({ currentTime }) => currentTime);
  }

  async start(): Promise<void> {
    await this.play.click();
    await this.plays();
  }

  /** Waits until sound comes, from a second or later. */
  async plays(from = 0): Promise<void> {
    await expect.poll(() => this.media(({ paused }) => paused)).toBe(false);
    const before = Math.max(from, await this.time());
    await expect.poll(() => this.time()).toBeGreaterThan(before);
  }

  async isPaused(): Promise<void> {
    await expect.poll(() => this.media(({ paused }) => paused)).toBe(true);
  }

  /** Waits until the recording stands at a second, or a little after it, since it may play on. */
  async standsAt(seconds: number, within = 1.5): Promise<void> {
    await expect.poll(() => this.time()).toSatisfy((time: number) => time >= seconds - 0.1 && time < seconds + within);
  }
}

const listen = 'player:listen:number-seven-is-inland';

/** Where the reader's device says that they left the episode, in seconds. */
export function keptPlace(page: Page): Promise<number | undefined> {
  return page.evaluate((key) => (JSON.parse(localStorage.getItem(key) ?? '{}') as { place?: number }).place, listen);
}

/** Leaves the episode there as a visit some days ago did. */
export async function keepPlace(page: Page, place: number): Promise<void> {
  await page.goto('/about/');
  const track = {
    ...{ episode: 'number-seven-is-inland', kind: 'audio', title: 'Number Seven is inland', label: 'File 006' },
    ...{ page: inland, source: `${inland}audio.mp3`, duration: 44 },
  };
  await page.evaluate(([key, kept]) => localStorage.setItem(key, kept), [
    listen,
    JSON.stringify({ track, at: 0, place }),
  ] as const);
}
