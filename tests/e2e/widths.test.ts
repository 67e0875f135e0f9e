import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { overflows } from './overflow.ts';
import { useSite } from './site.ts';
import { spaceText } from './text-spacing.ts';

const visit = useSite();
const widths = [320, 360, 375, 414, 768, 1024, 1100, 1440];

/** Pages of the site that its sitemap does not name. */
const unlisted = [
  ...['/no/such/page/', '/search/', '/search/?q=fog', '/episodes/number-seven-is-inland/embed/', '/styleguide/'],
  ...['/forms/inbox/', '/forms/confirmed/', '/forms/unsubscribed/', '/forms/erased/', '/forms/link/'],
  ...['/confirm/', '/unsubscribe/', '/preferences/', '/erase/', '/download/'],
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

test('text may be spaced as a reader needs it', { timeout: 180_000 }, async () => {
  expect(await tooWide([...written, ...unlisted], spaceText)).toEqual([]);
});

/** Puts a word of 42 letters at the beginning of every text that is no control of the site, and no short word kept whole. */
async function writeLongWords(page: Page): Promise<void> {
  await page.evaluate(() => {
    const own =
      'nav[aria-label="Main"], button, select, time, legend, script, style, [role=status], [href="#main"], search-opener, .whitespace-nowrap';
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

test.each([
  ['as it is', async () => {}],
  ['with its text spaced', spaceText],
])('the masthead is whole at every width, %s', async (_name, change) => {
  const page = await visit();
  await page.goto('/about/');
  await change(page);
  const head = page.getByRole('banner');
  const parts = [
    head.getByRole('link', { name: 'Lighthouse to Let' }),
    ...(await head.getByRole('navigation', { name: 'Main' }).getByRole('link').all()),
    head.getByRole('link', { name: 'Search the files' }),
  ];
  expect(parts).toHaveLength(7);
  for (const width of [320, 360, 375, 414, 640, 768, 900, 1023, 1024, 1100, 1170, 1171, 1199, 1200, 1280, 1440, 1920]) {
    await page.setViewportSize({ width, height: 700 });
    const boxes = await Promise.all(
      parts.map(async (part) => (await part.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }),
    );
    for (const [index, box] of boxes.entries()) {
      const name = `${await parts[index]?.textContent()} at ${width} px`;
      expect(Math.min(box.width, box.height), name).toBeGreaterThanOrEqual(44);
      expect(box.x, name).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width, name).toBeLessThanOrEqual(width);
      for (const other of boxes.slice(index + 1)) expect(overlap(box, other), name).toBe(false);
    }
    const drawing = await head.locator('search-opener svg').boundingBox();
    expect(drawing?.width, `search at ${width} px`).toBeGreaterThanOrEqual(16);
    const lines = await head
      .getByText('Lighthouse to Let')
      .evaluate(
        (name) =>
          name.getClientRects().length &&
          Math.round(name.clientHeight / Number.parseFloat(getComputedStyle(name).lineHeight)),
      );
    if (change !== spaceText) expect(lines, `lines of the name at ${width} px`).toBe(1);
  }
});

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const overlap = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;
