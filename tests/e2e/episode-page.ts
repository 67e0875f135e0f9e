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
