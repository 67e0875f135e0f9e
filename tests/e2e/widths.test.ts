import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { overflows } from './overflow.ts';
import { useSite } from './site.ts';

const visit = useSite();
const widths = [320, 375, 768, 1024, 1100, 1280];

/** Pages of the site that its sitemap does not name. */
const unlisted = [
  ...['/no/such/page/', '/search/', '/search/?q=fog', '/episodes/number-seven-is-inland/embed/', '/styleguide/'],
  ...['/forms/inbox/', '/forms/confirmed/', '/forms/unsubscribed/', '/forms/erased/', '/forms/link/'],
  ...['/confirm/', '/unsubscribe/', '/preferences/', '/download/'],
];

/** Pages with everything that an author may write. */
const written = [
  ...['/', '/episodes/', '/episodes/number-seven-is-inland/', '/episodes/the-quarterly-tide-review/', '/posts/'],
  ...['/posts/words-for-fog/', '/posts/answer-within-one-tide/', '/posts/marketing-qualified-mist/', '/search/'],
  ...['/episodes/keeping-the-keepers/', '/hosts/', '/people/gus-barnacle/', '/topics/', '/topics/foghorns/', '/about/'],
  ...['/whitepapers/', '/whitepapers/the-well-lit-pipeline/', '/subscribe/', '/search/?q=fog'],
];

/** Every page that the sitemap names. */
async function listed(page: Page): Promise<string[]> {
  const sitemap = await (await page.request.get('/sitemap-0.xml')).text();
  return [...sitemap.matchAll(/<loc>(.+?)<\/loc>/g)].map(([, address = '']) => new URL(address).pathname);
}

/** What is too wide at each width, address by address; each is loaded once. `change` is what happens to a page first. */
async function tooWide(addresses: string[], change?: (page: Page) => Promise<void>): Promise<string[]> {
  const found: string[] = [];
  const left = [...addresses];
  const work = async () => {
    const page = await visit();
    for (let address = left.shift(); address !== undefined; address = left.shift()) {
      await page.goto(address, { waitUntil: 'domcontentloaded' });
      if (address.includes('?q=')) await page.locator('.search-result').first().waitFor();
      await change?.(page);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        found.push(...(await overflows(page)).map((what) => `${address} at ${width} px: ${what}`));
      }
    }
  };
  await Promise.all([work(), work(), work()]);
  return found;
}

test('no page is wider than the window, from a small phone to a desktop', { timeout: 180_000 }, async () => {
  const addresses = [...(await listed(await visit())), ...unlisted];
  expect(addresses.length).toBeGreaterThan(40);
  expect(await tooWide(addresses)).toEqual([]);
});

test('words that are longer than a line break, wherever an author may write one', { timeout: 180_000 }, async () => {
  expect(await tooWide(written, writeLongWords)).toEqual([]);
});

/** Puts a word of 42 letters at the beginning of every text that is not a control of the site itself. */
async function writeLongWords(page: Page): Promise<void> {
  await page.evaluate(() => {
    const own =
      'nav[aria-label="Main"], button, select, time, legend, script, style, [role=status], [href="#main"], search-opener';
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode())
      if (text.textContent?.trim() && !text.parentElement?.closest(own))
        text.textContent = text.textContent.replace(/\p{L}{3,}/u, 'Kundenbeziehungsmanagementsystemeinführung');
  });
}

test('code and tables that are wider than their column scroll by the keys', async () => {
  const page = await visit({ viewport: { width: 320, height: 640 } });
  for (const [address, name] of [
    ['/posts/answer-within-one-tide/', 'Code'],
    ['/episodes/pricing-by-the-candle/', 'Table'],
  ] as const) {
    await page.goto(address);
    const scroller = page.getByRole('group', { name }).first();
    await scroller.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => scroller.evaluate(({ scrollLeft }) => scrollLeft), { message: address }).toBeGreaterThan(0);
  }
});
