import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { EpisodePage, inland } from './episode-page.ts';
import { useSite } from './site.ts';

const visit = useSite();

/** An episode that plays, in a document that can be told from the next one. */
async function listening(page: Page): Promise<EpisodePage> {
  const episode = await EpisodePage.open(page, `${inland}?t=6`);
  await episode.plays();
  await page.locator('mini-player').waitFor({ state: 'attached' });
  await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }));
  return episode;
}

/** Keeps a page back until it is called. */
async function hold(page: Page, path: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(`**${path}`, async (route) => {
    await promise;
    await route.continue().catch(() => {});
  });
  return resolve;
}

const line = (page: Page) => page.locator('[data-waiting]');
const said = (page: Page) => page.locator('mini-player [role=status]');
const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first().click();

test('a page that is slow to come while a recording plays shows that it is on its way, in words after a second', async () => {
  const page = await visit();
  const episode = await listening(page);
  const release = await hold(page, '/hosts/');
  await follow(page, 'Hosts');
  await expect.poll(() => line(page).evaluate((shown) => shown.getBoundingClientRect().width)).toBeGreaterThan(50);
  expect(await page.getByRole('main').getAttribute('aria-busy')).toBe('true');
  await said(page).getByText('The next page is on its way.').waitFor({ state: 'attached' });
  release();
  await page.getByRole('heading', { level: 1, name: 'Hosts' }).waitFor();
  await expect.poll(() => line(page).count()).toBe(0);
  expect(await page.getByRole('main').getAttribute('aria-busy')).toBe(null);
  await said(page)
    .getByText(await page.title())
    .waitFor({ state: 'attached' });
  await episode.plays();
  expect(await page.evaluate(() => 'isSameDocument' in globalThis)).toBe(true);
});

test('who stops waiting and goes elsewhere sees nothing of it there', async () => {
  const page = await visit();
  await listening(page);
  const release = await hold(page, '/hosts/');
  await follow(page, 'Hosts');
  await line(page).waitFor({ state: 'attached' });
  await follow(page, 'Posts');
  await page.getByRole('heading', { level: 1, name: 'Posts' }).waitFor();
  release();
  await expect.poll(() => line(page).count()).toBe(0);
  expect(await page.getByRole('main').getAttribute('aria-busy')).toBe(null);
  expect(new URL(page.url()).pathname).toBe('/posts/');
});

test('the line does not move for readers who want nothing to', async () => {
  const page = await visit({ reducedMotion: 'reduce' });
  await listening(page);
  const release = await hold(page, '/hosts/');
  await follow(page, 'Hosts');
  await expect.poll(() => line(page).evaluate((shown) => getComputedStyle(shown).opacity)).toBe('1');
  const { width } = (await line(page).boundingBox()) ?? {};
  expect(width).toBe(page.viewportSize()?.width);
  release();
  await expect.poll(() => line(page).count()).toBe(0);
});
