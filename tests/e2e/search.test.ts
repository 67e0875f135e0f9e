import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { EpisodePage, inland } from './episode-page.ts';
import { SearchPanel } from './search-panel.ts';
import { desktop, phone, useSite } from './site.ts';

const visit = useSite();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** What a page asks of the server, as paths. */
function requestsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  return asked;
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim());

describe('the dialog', () => {
  test('opens by the button, by / and by Ctrl-K, takes the focus and gives it back; nothing of it loads before', async () => {
    const page = await visit();
    const asked = requestsOf(page);
    await page.goto('/posts/words-for-fog/', { waitUntil: 'networkidle' });
    expect(asked.filter((path) => /pagefind|Script|search/.test(path))).toEqual([]);
    const search = new SearchPanel(page);
    for (const open of [
      () => page.keyboard.press('/'),
      () => page.keyboard.press('Control+k'),
      () => search.link.click(),
    ]) {
      await open();
      await search.dialog.waitFor();
      await expect.poll(() => search.field.evaluate((field) => field === document.activeElement)).toBe(true);
      expect(await search.field.inputValue()).toBe('');
      await page.keyboard.press('Escape');
      await search.dialog.waitFor({ state: 'hidden' });
    }
    expect(await search.link.evaluate((link) => link === document.activeElement)).toBe(true);
    await search.link.press('Enter');
    await search.dialog.getByRole('button', { name: 'Close' }).click();
    await search.dialog.waitFor({ state: 'hidden' });
  });

  test('leaves / alone in a field and to readers who keep single keys to the player; the list of keys names it', async () => {
    const page = await visit();
    const { search: field } = await EpisodePage.open(page);
    await field.click();
    await page.keyboard.type('a/b');
    await page.keyboard.press('Control+k');
    expect(await field.inputValue()).toBe('a/b');
    expect(await page.locator('dialog').count()).toBe(0);
    await page.locator('h1').click();
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys of the player' });
    await keys.getByText('search the files').waitFor();
    await page.keyboard.press('/');
    await keys.getByRole('checkbox').uncheck();
    await keys.getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('/');
    await page.keyboard.press('Control+k');
    await new SearchPanel(page).dialog.waitFor();
    expect(await page.locator('dialog').count()).toBe(1);
  });

  test('shows results as one types, the last word’s alone, and leads to one; the words are kept', async () => {
    const page = await visit();
    const search = await SearchPanel.open(page, '/');
    await search.field.pressSequentially('cabbage', { delay: 20 });
    await search.answers();
    await search.field.fill('xylophone cabbage');
    await search.field.fill('foghorn');
    await expect.poll(() => search.titles()).toContain('The foghorn is not a strategy');
    const result = search.result('The foghorn is not a strategy');
    expect(await result.textContent()).toMatch(/S1 · 005 · 18 June 2024/i);
    expect(await result.locator('mark').first().textContent()).toBe('foghorn');
    await result.getByRole('link', { name: 'The foghorn is not a strategy' }).click();
    await page.waitForURL('**/episodes/the-foghorn-is-not-a-strategy/?highlight=foghorn*');
    await search.link.click();
    await expect.poll(() => search.recent.getByRole('link').allTextContents()).toEqual(['foghorn']);
  });

  test('is walked through by arrow keys; Enter opens, Ctrl-Enter in a new tab, a letter goes on in the field', async () => {
    const page = await visit();
    const search = await SearchPanel.open(page, '/about/');
    await search.field.fill('ship');
    await search.answers();
    const stops = await search.results.getByRole('link').allTextContents();
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe(stops[0]?.trim());
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe(stops[1]?.trim());
    await page.keyboard.press('End');
    expect(await focused(page)).toBe(stops.at(-1)?.trim());
    await page.keyboard.press('Home');
    expect(await focused(page)).toBe(stops[0]?.trim());
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe(stops[0]?.trim());
    const [tab] = await Promise.all([page.context().waitForEvent('page'), page.keyboard.press('Control+Enter')]);
    expect(tab.url()).toContain('highlight=');
    await tab.close();
    expect(await search.dialog.isVisible()).toBe(true);
    await page.keyboard.press('s');
    expect(await search.field.inputValue()).toBe('ships');
    await search.answers();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/highlight=/);
  });

  test('is not walked into by an arrow key before it has answered what was typed last', async () => {
    const page = await visit();
    const search = await SearchPanel.open(page, '/about/');
    await search.field.fill('ship');
    await search.answers();
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await page.route('**/pagefind/**', async (route) => {
      await held;
      await route.continue();
    });
    await search.field.fill('cabbage');
    expect(await search.panel.getAttribute('aria-busy')).toBe('true');
    await page.keyboard.press('ArrowDown');
    expect(await search.field.evaluate((field) => field === document.activeElement)).toBe(true);
    release();
    await search.answers();
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe((await search.titles())[0]);
  });

  test('says that it searches while the index is slow, for the results and for more of them', async () => {
    const page = await visit();
    const search = await SearchPanel.open(page, '/about/');
    let held = Promise.withResolvers<void>();
    await page.route('**/pagefind/**', async (route) => {
      await held.promise;
      await route.continue();
    });
    await search.field.fill('marketing');
    await search.status.getByText('Searching …').waitFor();
    held.resolve();
    await search.status.getByText(/^\d+ results$/).waitFor();
    held = Promise.withResolvers();
    await search.panel.getByRole('button', { name: /^More results/ }).click();
    await search.panel.getByRole('button', { name: 'Loading …' }).waitFor();
    held.resolve();
    await expect.poll(() => search.results.locator('> li').count()).toBe(14);
    await search.panel.getByRole('button', { name: /^More results/ }).waitFor();
  });

  test('brings four results first, and more by the button or by scrolling', async () => {
    const page = await visit();
    const search = await SearchPanel.open(page, '/about/');
    await search.field.fill('marketing');
    await search.answers();
    expect(await search.results.locator('> li').count()).toBe(4);
    // Not by the mouse, which would have to scroll there.
    const more = search.panel.getByRole('button', { name: /^More results/ });
    await more.evaluate((button) => button.focus({ preventScroll: true }));
    await page.keyboard.press('Enter');
    await expect.poll(() => search.results.locator('> li').count()).toBe(14);
    expect(await focused(page)).toBe((await search.titles())[4]);
    await search.field.fill('sales');
    await expect.poll(() => search.results.locator('> li').count()).toBe(4);
    await search.panel.locator('[data-part=scroller]').evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await expect.poll(() => search.results.locator('> li').count()).toBeGreaterThan(4);
  });

  test('remembers at most eight searches, forgets one or all, and works where nothing may be stored', async () => {
    const page = await visit();
    const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
    const search = await SearchPanel.open(page, '/about/');
    for (const word of words) {
      await search.field.fill(word);
      await search.field.press('Enter');
      // The answer takes the focus from the field, which is not to be filled meanwhile.
      await expect.poll(() => search.field.evaluate((field) => field === document.activeElement)).toBe(false);
    }
    await search.field.fill('');
    await expect.poll(() => search.recent.getByRole('link').allTextContents()).toEqual(words.toReversed().slice(0, 8));
    await search.recent.getByRole('button', { name: 'Forget nine' }).click();
    await expect.poll(() => search.recent.getByRole('link').count()).toBe(7);
    await search.recent.getByRole('link', { name: 'seven', exact: true }).click();
    await search.answers();
    expect(await search.field.inputValue()).toBe('seven');
    await search.field.fill('');
    await search.recent.getByRole('button', { name: 'Forget all' }).click();
    await expect.poll(() => search.recent.count()).toBe(0);

    const refusing = await visit();
    await refusing.addInitScript(() =>
      Object.defineProperty(globalThis, 'localStorage', {
        get() {
          throw new DOMException('No', 'SecurityError');
        },
      }),
    );
    const other = await SearchPanel.open(refusing, '/about/');
    await other.field.fill('cabbage');
    await other.field.press('Enter');
    await other.answers();
    await other.field.fill('');
    await other.panel.getByText('Begin with a topic').waitFor();
  });

  test('narrows by filters with counts: any of a facet, all of what is had; each can be taken back', async () => {
    const page = await visit();
    const search = await SearchPanel.open(page, '/about/');
    await search.panel.getByRole('link', { name: /^Pricing/ }).click();
    await expect.poll(() => search.status.textContent()).toBe('4 results');
    await search.panel.getByRole('button', { name: 'More filters' }).click();
    const chip = (group: string, name: string) =>
      search.panel
        .getByRole('group', { name: group, exact: true })
        .getByRole('button', { name: new RegExp(`^${name} \\d`) });
    expect(await chip('Topic', 'Pricing').getAttribute('aria-pressed')).toBe('true');
    const more = Number((await chip('Topic', 'Forecasting').textContent())?.match(/\d+$/)?.[0]);
    await chip('Topic', 'Forecasting').click();
    await expect.poll(async () => Number.parseInt((await search.status.textContent()) ?? '', 10)).toBeGreaterThan(4);
    expect(Number.parseInt((await search.status.textContent()) ?? '', 10)).toBeLessThanOrEqual(4 + more);
    expect(await focused(page)).toMatch(/^Forecasting/);
    await chip('Kind', 'Episode').click();
    await expect
      .poll(() => search.labels())
      .toSatisfy((labels: string[]) => labels.every((label) => /^(S\d|Trailer|Bonus)/i.test(label)));
    await chip('With', 'Transcript').click();
    const both = Number((await chip('With', 'Whitepaper').textContent())?.match(/\d+$/)?.[0] ?? 0);
    await expect.poll(() => search.status.textContent()).toMatch(/results?$/);
    expect(both).toBeLessThanOrEqual(Number.parseInt((await search.status.textContent()) ?? '', 10));
    const all = await search.dialog.getByRole('link', { name: 'All results' }).getAttribute('href');
    expect(all).toBe('/search/?kind=Episode&topic=Pricing&topic=Forecasting&has=Transcript');
    await search.panel.getByRole('button', { name: 'Remove Pricing' }).click();
    await expect.poll(() => chip('Topic', 'Pricing').getAttribute('aria-pressed')).not.toBe('true');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Remove Forecasting');
    await search.panel.getByRole('button', { name: 'Clear filters' }).click();
    await search.panel.getByText('Begin with a topic').waitFor();
    expect(await search.field.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  test('says so when nothing is found, and offers spellings that find something, fewer filters, and topics', async () => {
    const page = await visit();
    const asked = requestsOf(page);
    const search = await SearchPanel.open(page, '/about/');
    await search.field.fill('foghorn');
    await search.answers();
    expect(asked).not.toContain('/pagefind/words.json');
    await search.field.fill('lihgthouse');
    await search.panel.getByRole('link', { name: 'lighthouse', exact: true }).click();
    await search.answers();
    expect(await search.field.inputValue()).toBe('lighthouse');
    await search.field.fill('xylophone');
    await search.status.getByText('No results').waitFor();
    expect(await search.panel.getByRole('link', { name: 'Foghorns & outreach' }).getAttribute('href')).toBe(
      '/topics/foghorns/',
    );
    await search.field.fill('cabbage');
    await search.answers();
    await search.panel.getByRole('button', { name: /^Episode \d/ }).click();
    await search.field.fill('cabbage');
    await page.goto('/search/?q=cabbage&kind=Whitepaper');
    await search.status.getByText('No results').waitFor();
    await search.panel.getByRole('link', { name: /^\d+ results? without ‘Whitepaper’$/ }).click();
    await search.answers();
    expect(new URL(page.url()).search).toBe('?q=cabbage');
  });

  test('takes a phrase in quotes to the letter: no other spellings, but the words without quotes', async () => {
    const page = await visit();
    const search = await SearchPanel.open(page, '/about/');
    await search.field.fill('“cabbage field”');
    await search.answers();
    expect((await search.results.locator('mark').allTextContents()).map((word) => word.toLowerCase())).toEqual(
      expect.arrayContaining(['cabbage', 'field']),
    );
    await search.field.fill('"field cabbage"');
    await search.status.getByText('No results').waitFor();
    expect(await search.panel.getByText('Did you mean').count()).toBe(0);
    await search.panel.getByRole('link', { name: /^\d+ results? without quotes$/ }).click();
    await search.answers();
    expect(await search.field.inputValue()).toBe('field cabbage');
  });

  test('keeps the words when the index does not load, and tries again', async () => {
    const page = await visit();
    const search = await SearchPanel.open(page, '/about/', async () => {
      await page.route('**/pagefind/**', (route) => route.abort());
    });
    await search.field.fill('cabbage');
    await search.panel.getByRole('alert').getByText('The search did not load.').waitFor();
    await page.unroute('**/pagefind/**');
    await search.panel.getByRole('button', { name: 'Try again' }).click();
    await search.answers();
    expect(await search.field.inputValue()).toBe('cabbage');
    await page.context().setOffline(true);
    await search.field.fill('zebra');
    await search.panel.getByRole('alert').waitFor();
    await page.context().setOffline(false);
    await search.panel.getByRole('button', { name: 'Try again' }).click();
    await search.status.getByText('No results').waitFor();
  });

  test('fills a phone, with targets to tap, and holds the page still behind it', async () => {
    const page = await visit({ viewport: { width: 320, height: 640 }, hasTouch: true });
    const search = await SearchPanel.open(
      page,
      '/posts/words-for-fog/',
      async () => {},
      () => new SearchPanel(page).link.tap(),
    );
    expect(await search.dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 320, height: 640 });
    await search.field.fill('fog');
    await search.answers();
    await search.panel.getByRole('button', { name: 'Filters', exact: true }).tap();
    await search.panel.getByRole('group', { name: 'Topic' }).waitFor();
    for (const target of await search.dialog.locator('button:visible, .search-results a:visible, select').all()) {
      const { height = 0 } = (await target.boundingBox()) ?? {};
      expect(height, (await target.textContent()) ?? '').toBeGreaterThanOrEqual(36);
    }
    for (const button of await search.dialog.locator('button:visible').all())
      expect((await button.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).overflow)).toBe('hidden');
    expect(await search.dialog.evaluate((dialog) => dialog.scrollWidth)).toBe(320);
    await search.panel.getByRole('button', { name: 'Filters', exact: true }).tap();
    await search.results.getByRole('link').first().tap();
    await page.waitForURL(/highlight=/);
  });

  test.each([
    { in: 'light on a phone', viewport: phone, colorScheme: 'light' },
    { in: 'dark on a desktop', viewport: desktop, colorScheme: 'dark' },
    { in: 'light on a desktop', viewport: desktop, colorScheme: 'light' },
    { in: 'dark on a phone', viewport: phone, colorScheme: 'dark' },
  ] as const)('has nothing that axe objects to in $in, and moves nothing', async ({ viewport, colorScheme }) => {
    const page = await visit({ viewport, colorScheme });
    const search = await SearchPanel.open(page, '/about/');
    await page.evaluate(axe);
    const objections = async () => {
      const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    };
    await search.panel.getByText('Begin with a topic').waitFor();
    expect(await objections()).toEqual([]);
    await search.field.fill('foghorn');
    await search.answers();
    await search.panel
      .getByRole('button', { name: /filters/i })
      .first()
      .click();
    await search.panel.getByRole('group', { name: 'Topic' }).waitFor();
    expect(await objections()).toEqual([]);
    await search.field.fill('xylophone');
    await search.status.getByText('No results').waitFor();
    expect(await objections()).toEqual([]);
  });
});

describe('a moment that was found', () => {
  const open = async (page: Page, address: string, words: string) => {
    const search = await SearchPanel.open(page, address);
    await search.field.fill(words);
    await search.answers();
    return search;
  };

  test('leads to its second and plays from there; on the episode’s own page without loading it anew', async () => {
    const page = await visit();
    const search = await open(page, '/about/', 'ship definition');
    const moment = search.moments.first();
    const address = (await moment.getAttribute('href')) ?? '';
    expect(address).toMatch(/^\/episodes\/[\w-]+\/\?t=\d+&highlight=[\w+]+#(t|chapter)-\d+$/);
    const seconds = Number(/t=(\d+)/.exec(address)?.[1]);
    await moment.click();
    await page.waitForURL(`**${address}`);
    const episode = new EpisodePage(page);
    await episode.standsAt(seconds, 40);
    await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }));
    await episode.media((media) => {
      media.pause();
      media.currentTime = 0;
    });
    await search.link.click();
    await search.field.fill('ship definition');
    await search.answers();
    await search.dialog.locator(`a[href="${address}"]`).click();
    await search.dialog.waitFor({ state: 'hidden' });
    await episode.plays(seconds);
    expect(await page.evaluate(() => 'isSameDocument' in globalThis)).toBe(true);
  });

  test('takes the place of another recording that plays, in the same document', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page, `${inland}?t=6`);
    await episode.plays();
    await page.locator('mini-player').waitFor({ state: 'attached' });
    await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }));
    const search = new SearchPanel(page);
    await search.link.click();
    await search.field.fill('ship definition');
    await search.answers();
    const moment = search.result('What counts as a ship?').locator('.search-moment').first();
    await moment.click();
    await page.waitForURL('**/episodes/what-counts-as-a-ship/?t=*');
    await expect
      .poll(() =>
        page
          .locator('episode-player audio')
          .evaluate((audio: HTMLAudioElement) => !audio.paused && audio.currentTime > 0),
      )
      .toBe(true);
    expect(await page.evaluate(() => 'isSameDocument' in globalThis)).toBe(true);
    await page.getByRole('region', { name: 'Words that were searched for' }).waitFor();
    await search.link.click();
    expect(await search.field.inputValue()).toBe('ship definition');
  });

  test('is one of three that show, until all are asked for', async () => {
    const page = await visit();
    const search = await open(page, '/about/', 'the');
    const name = /^\d+ more moments?$/;
    const result = search.results
      .locator('> li')
      .filter({ has: page.getByRole('button', { name }) })
      .first();
    const more = result.getByRole('button', { name });
    expect(await result.locator('.search-moment').count()).toBe(3);
    const rest = Number.parseInt((await more.textContent()) ?? '', 10);
    const moments = search.results.locator('> li .search-moments');
    await more.click();
    await expect
      .poll(() => moments.evaluateAll((lists) => Math.max(...lists.map((list) => list.children.length))))
      .toBe(3 + rest);
    expect(await focused(page)).toMatch(/^\d+:\d\d/);
  });
});

describe('the search page', () => {
  test('asks what its address says, and says in its address what is asked; back and forward go through the choices', async () => {
    const page = await visit();
    const search = new SearchPanel(page);
    await page.goto('/search/?q=fog&kind=Post&kind=Episode&sort=newest');
    await search.answers();
    expect(await search.field.inputValue()).toBe('fog');
    expect(await search.panel.getByRole('combobox', { name: 'Sort by' }).inputValue()).toBe('newest');
    const years = (await search.labels()).map((label) => Date.parse(label.split(' · ').at(-1) ?? ''));
    expect(years).toEqual(years.toSorted((a, b) => b - a));
    await expect.poll(() => page.title()).toMatch(/^“fog”: \d+ results · Search/);
    const before = await page.evaluate(() => history.length);
    await search.field.press('End');
    await search.field.pressSequentially('horn');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('foghorn');
    expect(await page.evaluate(() => history.length)).toBe(before);
    await search.panel.getByRole('button', { name: /^Post \d/ }).click();
    await page.waitForURL('**/search/?q=foghorn&kind=Episode&sort=newest');
    await page.goBack();
    await page.waitForURL('**/search/?q=foghorn&kind=Post&kind=Episode&sort=newest');
    await expect
      .poll(() => search.panel.getByRole('button', { name: /^Post \d/ }).getAttribute('aria-pressed'))
      .toBe('true');
    await page.goForward();
    await expect
      .poll(() => search.panel.getByRole('button', { name: /^Post \d/ }).getAttribute('aria-pressed'))
      .toBe('false');
    await page.keyboard.press('Escape');
    await page.locator('h1').click();
    await page.keyboard.press('/');
    expect(await search.field.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await page.locator('dialog').count()).toBe(0);
  });

  test('loads nothing of the index before something is asked, and shows the years until then', async () => {
    const page = await visit();
    const asked = requestsOf(page);
    await page.goto('/search/', { waitUntil: 'networkidle' });
    expect(asked.filter((path) => path.startsWith('/pagefind/'))).toEqual([]);
    const byYear = page.getByRole('region', { name: 'Every title, by year' });
    expect(await byYear.isVisible()).toBe(true);
    const search = new SearchPanel(page);
    await search.field.fill('cabbage');
    await search.answers();
    expect(await byYear.isVisible()).toBe(false);
    await search.result('Number Seven is inland').getByRole('link').first().click();
    await page.waitForURL('**/episodes/number-seven-is-inland/**');
  });

  test('moves nothing as it loads with a question', async () => {
    const page = await visit({ viewport: phone });
    await page.addInitScript(() => {
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          document.documentElement.dataset['shift'] = String((entry as PerformanceEntry & { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto('/search/?q=fog&topic=Forecasting');
    const search = new SearchPanel(page);
    await search.answers();
    await search.panel.getByRole('button', { name: /^Episode \d/ }).waitFor();
    expect(await page.locator('html').getAttribute('data-shift')).toBe(null);
    await search.panel.getByRole('button', { name: 'Filters', exact: true }).click();
    await search.panel.getByRole('group', { name: 'Topic' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
  });

  test('is plain links without JavaScript, and the button leads there', async () => {
    const page = await visit({ javaScriptEnabled: false });
    await page.goto('/');
    await page.getByRole('link', { name: 'Search the files' }).click();
    await page.waitForURL('**/search/');
    expect(await page.getByRole('searchbox').count()).toBe(0);
    await page.getByRole('region', { name: 'Every title, by year' }).getByRole('link', { name: '2025' }).click();
    await page.getByRole('region', { name: 'Posts' }).getByRole('link', { name: 'Words for fog' }).click();
    await page.waitForURL('**/posts/words-for-fog/');
  });
});

describe('the words that were found', () => {
  const painted = (page: Page) =>
    page.evaluate(() => [...(CSS.highlights.get('search') ?? [])].map(String).map((word) => word.toLowerCase()));

  test('are painted on the page without changing it, and cleared together with the address', async () => {
    const page = await visit();
    await page.goto('/posts/marketing-qualified-mist/?highlight=mist+fog');
    const bar = page.getByRole('region', { name: 'Words that were searched for' });
    await bar.waitFor();
    expect(await bar.textContent()).toMatch(/^Highlighted: mist, fog/);
    expect(new Set(await painted(page))).toEqual(new Set(['mist', 'fog']));
    expect(await page.locator('main mark').count()).toBe(0);
    expect(await page.locator('link[rel=canonical]').getAttribute('href')).toMatch(
      /\/posts\/marketing-qualified-mist\/$/,
    );
    await bar.getByRole('button', { name: 'Clear' }).click();
    expect(await bar.count()).toBe(0);
    expect(await painted(page)).toEqual([]);
    expect(new URL(page.url()).search).toBe('');
  });

  test('are scrolled to, and nothing is scripted into the page by an address', async () => {
    const page = await visit({ viewport: phone });
    const asked = requestsOf(page);
    await page.goto('/posts/marketing-qualified-mist/', { waitUntil: 'networkidle' });
    expect(asked.filter((path) => path.includes('FoundWords'))).toEqual([]);
    await page.goto('/posts/marketing-qualified-mist/?highlight=sigh');
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
    await page.goto('/search/?q=%3Cimg+src%3Dx+onerror%3Ddocument.title%3D1%3E&topic=%3Cb%3E');
    const search = new SearchPanel(page);
    await search.status.getByText('No results').waitFor();
    expect(await search.panel.locator('img, b').count()).toBe(0);
  });
});
