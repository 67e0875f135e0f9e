import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { EpisodePage, inland } from './episode-page.ts';
import { phone, useSite } from './site.ts';

const visit = useSite();

/** An episode that plays, in a document that can be told from the next one. */
async function listening(page: Page, address = `${inland}?t=6`): Promise<EpisodePage> {
  const episode = await EpisodePage.open(page, address);
  await episode.plays();
  await page.locator('mini-player').waitFor({ state: 'attached' });
  await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }));
  return episode;
}

const isSameDocument = (page: Page) => page.evaluate(() => 'isSameDocument' in globalThis);

async function follow(page: Page, name: string, path: string) {
  await page.getByRole('link', { name, exact: true }).first().click();
  await page.waitForURL(`**${path}`);
  await page.waitForFunction(
    (path) => document.querySelector('link[rel=canonical]')?.matches(`[href$="${path}"]`),
    path,
  );
}

describe('while a recording plays', () => {
  test('it plays on without a gap from page to page', async () => {
    const page = await visit();
    const episode = await listening(page);
    await episode.media((media) => {
      for (const event of ['pause', 'emptied', 'seeking'])
        media.addEventListener(event, () => (document.documentElement.dataset['gap'] = event));
    });
    for (const [name, path] of [
      ['Posts', '/posts/'],
      ['Hosts', '/hosts/'],
      ['Episodes', '/episodes/'],
    ] as const) {
      await follow(page, name, path);
      await episode.plays();
      expect(await episode.bar.isVisible()).toBe(true);
    }
    expect(await isSameDocument(page)).toBe(true);
    expect(await page.locator('html').getAttribute('data-gap')).toBe(null);
  });

  test('the next page comes with its title and its head, and is announced', async () => {
    const page = await visit();
    await listening(page);
    await follow(page, 'Hosts', '/hosts/');
    expect(await page.title()).toMatch(/^Hosts/);
    expect(await page.locator('head > link[rel=canonical]').count()).toBe(1);
    expect(await page.locator('head > meta[name=description]').count()).toBe(1);
    expect((await page.locator('script[type$=json]').allTextContents()).join()).not.toContain('PodcastEpisode');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Hosts');
    await page
      .locator('mini-player [role=status]')
      .getByText(await page.title())
      .waitFor({ state: 'attached' });
  });

  test('the next page starts at its top, and the keyboard with it', async () => {
    const page = await visit();
    await listening(page);
    await page.getByRole('link', { name: 'Gus Barnacle' }).last().click();
    await page.waitForURL('**/people/gus-barnacle/');
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to content');
  });

  test('what moves on the next page works', async () => {
    const page = await visit();
    const episode = await listening(page);
    await page.getByRole('link', { name: 'Search the files' }).click();
    await page.getByRole('link', { name: 'Everything there is' }).click();
    await page.waitForURL('**/search/');
    await page.locator('search-page').getByRole('searchbox').fill('cabbage');
    await page
      .getByRole('status')
      .getByText(/results?$/)
      .waitFor();
    await episode.plays();
    expect(await isSameDocument(page)).toBe(true);
  });

  test('back leads to the episode, whose own player goes on with it, and forward to the bar', async () => {
    const page = await visit();
    const episode = await listening(page);
    await follow(page, 'Posts', '/posts/');
    await episode.media((media) => {
      media.dataset['same'] = '';
      media.addEventListener('seeking', () => delete media.dataset['same']);
    });
    await page.goBack();
    await episode.pause.waitFor();
    expect(await episode.player.locator('xpath=..').locator('audio[data-same]').count()).toBe(1);
    await episode.player.scrollIntoViewIfNeeded();
    await episode.bar.waitFor({ state: 'hidden' });
    await episode.plays();
    await page.goForward();
    await episode.bar.waitFor();
    await episode.plays();
    expect(page.url()).toMatch(/\/posts\/$/);
    expect(await isSameDocument(page)).toBe(true);
  });

  test('back at the episode, the list of its keys opens once', async () => {
    const page = await visit();
    const episode = await listening(page);
    await follow(page, 'Hosts', '/hosts/');
    await page.goBack();
    await episode.more();
    await episode.button('Keys').click();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  test('back leads to where the page was scrolled', async () => {
    const page = await visit();
    // A busy machine sets a first visit in another face, and the page has another height then.
    await page.goto('/about/', { waitUntil: 'networkidle' });
    await listening(page);
    await page.getByRole('navigation', { name: 'Next and previous episode' }).scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    await page.getByRole('navigation', { name: 'Next and previous episode' }).getByRole('link').first().click();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
    await page.goBack();
    await expect.poll(() => page.evaluate(() => Math.round(scrollY))).toBe(Math.round(before));
  });

  test('another recording takes its place when it is played', async () => {
    const page = await visit();
    const episode = await listening(page);
    await follow(page, 'Episodes', '/episodes/');
    await page
      .getByRole('link', { name: 'Torchy’s Discount Beacons' })
      .or(page.getByRole('link', { name: "Torchy's Discount Beacons" }))
      .first()
      .click();
    await episode.play.waitFor();
    expect(await episode.bar.isVisible()).toBe(true);
    await episode.play.click();
    await episode.pause.waitFor();
    await expect
      .poll(() =>
        page.locator('audio').evaluateAll((all) => (all as HTMLAudioElement[]).filter(({ paused }) => !paused).length),
      )
      .toBe(1);
    expect(await page.locator('episode-player audio').evaluate((audio: HTMLAudioElement) => audio.paused)).toBe(false);
  });

  test('a film plays on as well', async () => {
    const page = await visit();
    const episode = await listening(page, '/episodes/the-quarterly-tide-review/?t=1');
    await episode.media((media) => (media.loop = true));
    await follow(page, 'Hosts', '/hosts/');
    expect(await episode.bar.locator('video').isVisible()).toBe(true);
    expect(await episode.media(({ paused }) => paused)).toBe(false);
  });
});

describe('the bar', () => {
  test('plays, pauses, skips and leads back to the episode', async () => {
    const page = await visit();
    const episode = await listening(page);
    await follow(page, 'Posts', '/posts/');
    await episode.bar.getByRole('button', { name: 'Pause' }).click();
    await episode.isPaused();
    await episode.bar.getByRole('button', { name: /on 30 seconds/ }).click();
    expect(await episode.time()).toBeGreaterThan(30);
    await episode.bar.getByRole('button', { name: /back 15 seconds/ }).click();
    await expect.poll(() => episode.bar.textContent()).toMatch(/0:2\d\s*\/ 0:44/);
    await episode.bar.getByRole('button', { name: 'Play', exact: true }).click();
    await episode.plays();
    await episode.bar.getByRole('link', { name: 'Number Seven is inland' }).click();
    await episode.pause.waitFor();
    expect(await isSameDocument(page)).toBe(true);
  });

  test('can be closed, and then pages load as ever', async () => {
    const page = await visit();
    const episode = await listening(page);
    await follow(page, 'Posts', '/posts/');
    await episode.bar.getByRole('button', { name: 'Stop and close' }).click();
    await episode.bar.waitFor({ state: 'hidden' });
    await episode.isPaused();
    expect(await page.locator(':focus').getAttribute('id')).toBe('main');
    await follow(page, 'Hosts', '/hosts/');
    expect(await isSameDocument(page)).toBe(false);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Posts' }).waitFor();
  });

  test('shows on the episode’s own page while its player is out of sight', async () => {
    const page = await visit();
    const episode = await listening(page);
    await episode.player.scrollIntoViewIfNeeded();
    await episode.bar.waitFor({ state: 'hidden' });
    await page.getByRole('contentinfo').scrollIntoViewIfNeeded();
    await episode.bar.waitFor();
    await episode.player.scrollIntoViewIfNeeded();
    await episode.bar.waitFor({ state: 'hidden' });
  });

  test.each([{ width: 320, height: 640 }, phone])(
    'covers neither the foot nor the focus, at $width pixels',
    async (viewport) => {
      const page = await visit({ viewport });
      const episode = await listening(page);
      await follow(page, 'Posts', '/posts/');
      const top = (await episode.bar.boundingBox())?.y ?? 0;
      const last = page.getByRole('contentinfo').getByRole('link').last();
      await last.focus();
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      const bottom = await page.getByRole('contentinfo').evaluate((foot) => foot.getBoundingClientRect().bottom);
      expect(bottom).toBeLessThanOrEqual(top);
      for (const button of await episode.bar.getByRole('button').all()) {
        const { width, height } = (await button.boundingBox()) ?? { width: 0, height: 0 };
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
    },
  );
});

describe('the browser navigates as ever', () => {
  test('before anything plays', async () => {
    const page = await visit();
    await EpisodePage.open(page);
    await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }));
    await follow(page, 'Posts', '/posts/');
    expect(await isSameDocument(page)).toBe(false);
  });

  test('when a page cannot be fetched', async () => {
    const page = await visit();
    await listening(page);
    await page.route('**/posts/', (route) =>
      route.request().resourceType() === 'fetch' ? route.abort() : route.continue(),
    );
    await page.getByRole('link', { name: 'Posts', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Posts' }).waitFor();
    expect(await isSameDocument(page)).toBe(false);
  });

  test('to a file', async () => {
    const page = await visit();
    await listening(page);
    const [request] = await Promise.all([
      page.waitForRequest((request) => request.isNavigationRequest()),
      page.evaluate(() => location.assign('/robots.txt')),
    ]);
    expect(request.url()).toMatch(/robots\.txt$/);
  });

  test('with a form that is posted', async () => {
    const page = await visit();
    await listening(page);
    await page.route('**/posted/', (route) => route.fulfill({ body: 'Posted' }));
    const [request] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'POST'),
      page.evaluate(() => {
        const form = Object.assign(document.createElement('form'), { method: 'post', action: '/posted/' });
        document.body.append(form);
        form.submit();
      }),
    ]);
    expect(request.isNavigationRequest()).toBe(true);
  });

  test('to a page under another policy, with inline scripts that this one does not know', async () => {
    const page = await visit();
    await page.route('**/search/', async (route) => {
      const response = await route.fetch();
      const policy = `<meta http-equiv="content-security-policy" content="script-src 'self' 'unsafe-inline'">`;
      const body = (await response.text()).replace(/<meta http-equiv="content-security-policy"[^>]*>/, policy);
      await route.fulfill({
        response,
        body: body.replace('</head>', '<script>globalThis.known = false;</script></head>'),
      });
    });
    await listening(page);
    await follow(page, 'Posts', '/posts/');
    expect(await isSameDocument(page)).toBe(true);
    await page.evaluate(() => location.assign('/search/'));
    await page.waitForURL('**/search/');
    await page.waitForFunction(() => 'known' in globalThis);
    expect(await isSameDocument(page)).toBe(false);
  });
});
