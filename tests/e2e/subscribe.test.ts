import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import { describe, expect, test } from 'vitest';
import { fixtureSite } from '../fixture-site.ts';
import { desktop, phone, useSite } from './site.ts';

const visit = useSite();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const small = { width: 320, height: 640 };

test('a click copies the address of a feed, and says so without taking the focus', async () => {
  const page = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto('/subscribe/');
  const button = page.getByRole('button', { name: 'Copy the address: Everything', exact: true });
  await button.click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${fixtureSite}/rss.xml`);
  expect(await page.getByRole('status').filter({ hasText: 'Copied' }).count()).toBe(1);
  expect(await button.textContent()).toBe('Copied');
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('a click on the page of a topic copies the address of its podcast', async () => {
  const page = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto('/topics/pricing/');
  await page.getByRole('button', { name: 'Copy the address: To hear, in a podcast app' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${fixtureSite}/topics/pricing/podcast.xml`);
});

test('where the clipboard is closed, the click selects the address instead', async () => {
  const page = await visit();
  await page.addInitScript(() => {
    Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject(new Error('closed')) });
  });
  await page.goto('/subscribe/');
  await page.getByRole('button', { name: 'Copy the address: Everything', exact: true }).click();
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe(`${fixtureSite}/rss.xml`);
});

test('without script there is every address and no button', async () => {
  const page = await visit({ javaScriptEnabled: false });
  await page.goto('/subscribe/');
  expect(await page.getByLabel('Everything', { exact: true }).inputValue()).toBe(`${fixtureSite}/rss.xml`);
  expect(await page.getByRole('button', { name: /^Copy/ }).count()).toBe(0);
  await page.getByRole('link', { name: 'The topics' }).click();
  await page.getByRole('link', { name: 'Foghorns & outreach' }).click();
  expect(await page.getByLabel('To read, in a feed reader', { exact: true }).inputValue()).toBe(
    `${fixtureSite}/topics/foghorns/rss.xml`,
  );
});

test('one click opens the podcast in an app', async () => {
  const page = await visit();
  await page.goto('/subscribe/');
  const overcast = page.getByRole('link', { name: 'Overcast' });
  expect(await overcast.getAttribute('href')).toBe(
    `overcast://x-callback-url/add?url=${encodeURIComponent(`${fixtureSite}/podcast.xml`)}`,
  );
});

test.each([
  ['on a small phone', small],
  ['on a desktop', desktop],
])('the way there is in the head of every page, in one row, %s', async (_name, viewport) => {
  const page = await visit({ viewport });
  // The faces are there for the first paint of the second page at the latest.
  await page.goto('/about/');
  await page.goto('/');
  const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  const boxes = await links.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON() as DOMRect));
  expect(boxes).toHaveLength(5);
  expect(new Set(boxes.map(({ top }) => top)).size).toBe(1);
  for (const { width, height, right } of boxes) {
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    expect(right).toBeLessThanOrEqual(viewport.width);
  }
  await links.filter({ hasText: 'Subscribe' }).click();
  await page.waitForURL('**/subscribe/');
});

describe.each([
  { in: 'in light on a small phone', viewport: small, colorScheme: 'light' },
  { in: 'in light on a phone', viewport: phone, colorScheme: 'light' },
  { in: 'in dark on a phone', viewport: phone, colorScheme: 'dark' },
  { in: 'in light on a desktop', viewport: desktop, colorScheme: 'light' },
  { in: 'in dark on a desktop', viewport: desktop, colorScheme: 'dark' },
] as const)('$in', ({ viewport, colorScheme }) => {
  test('the page has nothing that axe objects to, and is no wider than the screen', async () => {
    const page = await visit({ viewport, colorScheme });
    await page.goto('/subscribe/');
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
    const targets = page.locator('main').locator('a, button, input').filter({ visible: true });
    for (const target of await targets.all()) expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(43.9);
  });
});
