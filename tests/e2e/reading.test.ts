import { describe, expect, test } from 'vitest';
import { desktop, phone, useSite } from './site.ts';

const visit = useSite();

describe.each([
  { with: 'with JavaScript', javaScriptEnabled: true },
  { with: 'without JavaScript', javaScriptEnabled: false },
])('a reader $with', ({ javaScriptEnabled }) => {
  test('opens the latest episode from the front page and sees the goal and both views', async () => {
    const page = await visit({ javaScriptEnabled });
    await page.goto('/');
    await page.getByRole('link', { name: /^Open the file/ }).click();
    await page.waitForURL('**/episodes/keeping-the-keepers/');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Keeping the keepers');
    expect(await page.getByText('Guests who come back for a second year.').isVisible()).toBe(true);
    expect(await page.getByText('Marketing sees').isVisible()).toBe(true);
    expect(await page.getByText('Sales sees').first().isVisible()).toBe(true);
  });

  test('reads a dialogue in which every speaker is named with their side', async () => {
    const page = await visit({ javaScriptEnabled });
    await page.goto('/episodes/keeping-the-keepers/');
    const line = page.getByText('There has not been a bath since 1990.').locator('xpath=ancestor::*[@data-side][1]');
    expect(await line.textContent()).toMatch(/Gus Barnacle\s*\(sales\)/);
  });

  test('goes to the episode before, and back by the one after', async () => {
    const page = await visit({ javaScriptEnabled });
    await page.goto('/episodes/keeping-the-keepers/');
    const way = page.getByRole('navigation', { name: 'Next and previous episode' });
    await way.getByRole('link').first().click();
    await page.waitForURL('**/episodes/torchys-discount-beacons/');
    await page.getByRole('navigation', { name: 'Next and previous episode' }).locator('a[rel=next]').click();
    await page.waitForURL('**/episodes/keeping-the-keepers/');
  });

  test('follows a host to their page and a topic to its list', async () => {
    const page = await visit({ javaScriptEnabled });
    await page.goto('/episodes/number-seven-is-inland/');
    await page.getByRole('link', { name: 'Gus Barnacle' }).first().click();
    await page.waitForURL('**/people/gus-barnacle/');
    expect(await page.getByRole('heading', { name: 'Hosted' }).isVisible()).toBe(true);
    await page.goto('/episodes/number-seven-is-inland/');
    await page.getByRole('link', { name: 'Customer advocacy' }).first().click();
    await page.waitForURL('**/topics/advocacy/');
  });

  test('pages through the list of episodes', async () => {
    const page = await visit({ javaScriptEnabled });
    await page.goto('/episodes/');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Older' }).click();
    await page.waitForURL('**/episodes/page/2/');
    expect(await page.getByRole('link', { name: 'Welcome to the rock' }).isVisible()).toBe(true);
  });

  test('is led from an old address to the page that took its place', async () => {
    const page = await visit({ javaScriptEnabled });
    await page.goto('/guests/kelp');
    await page.waitForURL('**/people/bram-kelp/');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Dr Bram Kelp');
  });

  test('finds everything of a host from their page, and a season from the list of episodes', async () => {
    const page = await visit({ javaScriptEnabled });
    await page.goto('/people/gus-barnacle/');
    await page.getByRole('main').getByRole('link', { name: 'All entries' }).first().click();
    await page.getByRole('link', { name: 'Older' }).click();
    await page.getByRole('main').getByRole('link', { name: 'Welcome to the rock' }).click();
    await page.waitForURL('**/episodes/welcome-to-the-rock/');
    await page.goto('/episodes/');
    await page.getByRole('link', { name: /^Season 1: The year of the bottle/ }).click();
    await page.waitForURL('**/episodes/season-1/');
  });

  test('finds the way on from an address that leads nowhere', async () => {
    const page = await visit({ javaScriptEnabled });
    const response = await page.goto('/no/such/file/');
    expect(response?.status()).toBe(404);
    await page.getByRole('main').getByRole('link', { name: 'all topics' }).click();
    await page.waitForURL('**/topics/');
  });

  test('finds every title by its year from the search page', async () => {
    const page = await visit({ javaScriptEnabled });
    await page.goto('/search/');
    await page.getByRole('main').getByRole('link', { name: '2025' }).click();
    await page.waitForURL('**/search/2025/');
    await page.getByRole('region', { name: 'Posts' }).getByRole('link', { name: 'Words for fog' }).click();
    await page.waitForURL('**/posts/words-for-fog/');
  });
});

test('the first press of Tab skips to the content', async () => {
  const page = await visit();
  await page.goto('/episodes/');
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').textContent()).toBe('Skip to content');
  await page.keyboard.press('Enter');
  expect(await page.locator(':focus').getAttribute('id')).toBe('main');
});

test('a recording plays in the browser’s own player', async () => {
  const page = await visit();
  await page.goto('/episodes/number-seven-is-inland/');
  const seconds = await page.locator('audio').evaluate(async (audio: HTMLAudioElement) => {
    audio.preload = 'metadata';
    audio.load();
    await new Promise((resolve) => audio.addEventListener('loadedmetadata', resolve, { once: true }));
    return audio.duration;
  });
  expect(Math.round(seconds)).toBe(44);
});

test.each([
  { on: 'a small phone', viewport: { width: 320, height: 640 } },
  { on: 'a phone', viewport: phone },
  { on: 'a desktop', viewport: desktop },
])('no page is wider than $on', async ({ viewport }) => {
  const page = await visit({ viewport });
  for (const path of [
    '/',
    '/episodes/',
    '/episodes/number-seven-is-inland/',
    '/posts/marketing-qualified-mist/',
    '/search/',
  ]) {
    await page.goto(path);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, path).toBeLessThanOrEqual(viewport.width);
  }
});
