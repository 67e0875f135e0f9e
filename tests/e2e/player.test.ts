import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import type { AxeResults } from 'axe-core';
import type { Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { EpisodePage, inland, keepPlace, keptPlace } from './episode-page.ts';
import { phone, useSite } from './site.ts';

const visit = useSite();
const film = '/episodes/the-quarterly-tide-review/';

describe('without script', () => {
  test('the browser’s own player is there, with a link to the file', async () => {
    const page = await visit({ javaScriptEnabled: false });
    await page.goto(inland);
    expect(await page.locator('audio[controls]').isVisible()).toBe(true);
    expect(await new EpisodePage(page).player.isVisible()).toBe(false);
    expect(await page.getByRole('link', { name: /^Download audio/ }).getAttribute('href')).toMatch(/\.mp3$/);
  });

  test('a film has its captions', async () => {
    const page = await visit({ javaScriptEnabled: false });
    await page.goto(film);
    expect(await page.locator('video[controls]').isVisible()).toBe(true);
    expect(await page.locator('track[kind=captions]').getAttribute('src')).toMatch(/\.vtt$/);
  });

  test('chapters are links to their moments', async () => {
    const page = await visit({ javaScriptEnabled: false });
    await page.goto(inland);
    await page.getByRole('link', { name: 'The upside-down map' }).click();
    await page.waitForURL('**/?t=8');
  });

  test.each([
    ['/episodes/forecast-fog-later/', 'YouTube'],
    ['/episodes/torchys-discount-beacons/', 'Vimeo'],
  ])('the film of %s is a link to %s', async (address, host) => {
    const page = await visit({ javaScriptEnabled: false });
    await page.goto(address);
    expect(await page.getByRole('link', { name: new RegExp(`^Watch .* on ${host}$`) }).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: `Play on ${host}` }).isVisible()).toBe(false);
  });
});

describe('arriving', () => {
  test('moves nothing on the page, and asks for nothing of the recording', async () => {
    const page = await visit();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.addInitScript(() => {
      new PerformanceObserver((list) => {
        for (const { value } of list.getEntries() as (PerformanceEntry & { value: number })[])
          document.documentElement.dataset['shifts'] = String(value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await EpisodePage.open(page);
    await page.waitForLoadState('networkidle');
    expect(await page.locator('html').getAttribute('data-shifts')).toBe(null);
    expect(asked.filter((url) => /\.mp3|on-air|key-sheet|transcript-search/.test(url))).toEqual([]);
  });

  test('asks for less than 7 KB of script', async () => {
    const page = await visit();
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    });
    await EpisodePage.open(page);
    await page.waitForLoadState('networkidle');
    const sizes = (await Promise.all(scripts)).map((script) => brotliCompressSync(script).length);
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(7 * 1024);
  });

  test('gives way to the browser’s own player when the script does not come', async () => {
    const page = await visit();
    await page.route('**/*.js', (route) => route.abort());
    await page.goto(inland);
    expect(await page.locator('audio').isVisible()).toBe(false);
    await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
    await page.locator('audio[controls]').waitFor();
    expect(await new EpisodePage(page).player.isVisible()).toBe(false);
  });
});

describe('the controls', () => {
  test('play and pause', async () => {
    const episode = await EpisodePage.open(await visit());
    await episode.start();
    await episode.pause.click();
    await episode.isPaused();
    await episode.play.waitFor();
  });

  test('skip, before anything was played as well', async () => {
    const episode = await EpisodePage.open(await visit());
    await episode.button(/on 30 seconds/).click();
    expect(await episode.player.getByText('0:30').isVisible()).toBe(true);
    await episode.button(/back 15 seconds/).click();
    await episode.start();
    await episode.standsAt(15, 3);
  });

  test('tell the position in words, and take a new one', async () => {
    const episode = await EpisodePage.open(await visit());
    expect(await episode.position.getAttribute('aria-valuetext')).toBe('0 seconds of 44 seconds');
    await episode.position.fill('12');
    expect(await episode.position.getAttribute('aria-valuetext')).toBe('12 seconds of 44 seconds');
    expect(await episode.time()).toBe(12);
  });

  test('show a gap where each chapter but the first begins', async () => {
    const episode = await EpisodePage.open(await visit());
    expect(await episode.player.locator('rect').count()).toBe(5);
  });

  test('keep the speed from one episode to the next', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page);
    await episode.player.getByLabel('Speed').selectOption('1.5');
    expect(await episode.media(({ playbackRate }) => playbackRate)).toBe(1.5);
    const next = await EpisodePage.open(page, '/episodes/welcome-to-the-rock/');
    expect(await next.player.getByLabel('Speed').inputValue()).toBe('1.5');
    await next.start();
    expect(await next.media(({ playbackRate }) => playbackRate)).toBe(1.5);
  });

  test('mute, and set the volume', async () => {
    const episode = await EpisodePage.open(await visit());
    await episode.more();
    await episode.button('Mute').click();
    await expect.poll(() => episode.button('Mute').getAttribute('aria-pressed')).toBe('true');
    expect(await episode.media(({ muted }) => muted)).toBe(true);
    await episode.player.getByRole('slider', { name: 'Volume' }).fill('0.5');
    expect(await episode.media(({ muted, volume }) => [muted, volume])).toEqual([false, 0.5]);
  });

  test('stop for those who fall asleep', async () => {
    const page = await visit();
    await page.clock.install();
    const episode = await EpisodePage.open(page);
    await episode.player.getByLabel('Sleep').selectOption('5 min');
    await episode.start();
    await page.clock.fastForward('04:50');
    expect(await episode.media(({ paused }) => paused)).toBe(false);
    await page.clock.fastForward('00:11');
    await episode.isPaused();
    await episode.notice.getByText('Paused by the sleep timer').waitFor();
    expect(await episode.player.getByLabel('Sleep').inputValue()).toBe('off');
  });

  test('say when the recording does not load', async () => {
    const page = await visit();
    await page.route('**/*.mp3', (route) => route.abort());
    const episode = await EpisodePage.open(page);
    await episode.play.click();
    await episode.notice.getByText('Did not load.').waitFor();
  });

  test('work where nothing may be stored', async () => {
    const page = await visit();
    await page.addInitScript(() =>
      Object.defineProperty(globalThis, 'localStorage', {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      }),
    );
    const episode = await EpisodePage.open(page);
    await episode.player.getByLabel('Speed').selectOption('2');
    await episode.start();
    await episode.pause.click();
    await episode.isPaused();
  });

  test('show and hide the captions of a film', async () => {
    const episode = await EpisodePage.open(await visit(), film);
    const mode = () => episode.media(({ textTracks }) => textTracks[0]?.mode);
    await episode.button('Captions').click();
    expect(await mode()).toBe('showing');
    await expect.poll(() => episode.button('Captions').getAttribute('aria-pressed')).toBe('true');
    await episode.button('Captions').click();
    expect(await mode()).toBe('hidden');
  });

  test('open a film on the whole screen, where the browser’s own controls take over', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page, film);
    await episode.button('Full screen').click();
    await expect
      .poll(() => episode.media((media) => media === document.fullscreenElement && media.controls))
      .toBe(true);
    await page.evaluate(() => document.exitFullscreen());
    await expect.poll(() => episode.media(({ controls }) => controls)).toBe(false);
  });
});

describe('chapters', () => {
  test('play when they are clicked, and the one that plays is marked', async () => {
    const episode = await EpisodePage.open(await visit());
    await episode.chapters.getByRole('link', { name: 'The ship that found it' }).click();
    await episode.plays(21);
    expect(await episode.chapters.locator('[aria-current=true]').textContent()).toContain('The ship that found it');
    expect(episode.page.url()).toMatch(/inland\/$/);
  });

  test('are those of the system’s controls too', async () => {
    const page = await visit();
    await page.addInitScript(() => {
      const handlers: Record<string, MediaSessionActionHandler | null> = {};
      navigator.mediaSession.setActionHandler = (action, handler) => (handlers[action] = handler);
      Object.assign(globalThis, {
        act: (action: MediaSessionAction, details?: object) => handlers[action]?.({ action, ...details }),
      });
    });
    const episode = await EpisodePage.open(page, `${inland}?t=9`);
    await episode.plays(9);
    await page.waitForFunction(() => navigator.mediaSession.metadata);
    const act = (call: string) => page.evaluate(`act(${call})`);
    await act('"nexttrack"');
    await episode.standsAt(14.4);
    await act('"previoustrack"');
    await episode.standsAt(8);
    await act('"seekto", { seekTime: 30 }');
    await episode.standsAt(30);
    await act('"seekbackward"');
    await episode.standsAt(15);
    await act('"pause"');
    await episode.isPaused();
    expect(await page.evaluate(() => navigator.mediaSession.playbackState)).toBe('paused');
    const shown = await page.evaluate(() => {
      const { title, artist, artwork } = navigator.mediaSession.metadata ?? {};
      return { title, artist, artwork: artwork?.[0]?.src };
    });
    expect(shown).toMatchObject({ title: 'Number Seven is inland', artist: 'Lighthouse to Let' });
    expect((await page.request.get(shown.artwork ?? '')).headers()['content-type']).toBe('image/jpeg');
  });
});

describe('a moment', () => {
  test.each(['?t=22', '#t=22', '#t=0:22'])('in the address starts the recording there: %s', async (moment) => {
    const episode = await EpisodePage.open(await visit(), inland + moment);
    await episode.plays(22);
  });

  test('is ready to play where a browser wants a click first', async () => {
    const page = await visit();
    await page.addInitScript(() => {
      HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('click first', 'NotAllowedError'));
    });
    const episode = await EpisodePage.open(page, `${inland}?t=22`);
    await episode.notice.getByText('Ready to play from 0:22').waitFor();
    expect(await episode.time()).toBe(22);
  });

  test('can be copied as a link', async () => {
    const page = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
    const episode = await EpisodePage.open(page);
    await episode.position.fill('12.7');
    await episode.button('Share').click();
    await episode.button(/copy link at/i).click();
    await episode.notice.getByText('Link to 0:12 copied').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(new URL(`${inland}?t=12`, page.url()).href);
  });

  test('stands in the address bar where nothing may be copied', async () => {
    const page = await visit();
    await page.addInitScript(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
    });
    const episode = await EpisodePage.open(page);
    await episode.position.fill('12');
    await episode.button('Share').click();
    await episode.button(/copy link at/i).click();
    await episode.notice.getByText('The link is in the address bar').waitFor();
    expect(page.url()).toMatch(/\?t=12$/);
  });
});

describe('a reader who comes back', () => {
  test('goes on where they left', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page, `${inland}?t=11`);
    await episode.plays(11);
    await leave(page);
    await EpisodePage.open(page);
    await episode.notice.getByText(/^Resumes at 0:1[12]$/).waitFor();
    await episode.start();
    expect(await episode.time()).toBeGreaterThan(11);
    await expect.poll(() => episode.notice.textContent()).toBe('');
  });

  test('can start over', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page, `${inland}?t=20`);
    await episode.plays(20);
    await leave(page);
    await EpisodePage.open(page);
    await episode.button('Start over').click();
    await episode.plays();
    expect(await episode.time()).toBeLessThan(10);
    expect(await episode.button('Start over').isVisible()).toBe(false);
    expect(await page.locator(':focus').getAttribute('data-part')).toBe('play');
  });

  test('begins anew when little was left', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page, `${inland}?t=35`);
    await episode.plays(35);
    await leave(page);
    await EpisodePage.open(page);
    expect(await episode.time()).toBe(0);
    expect(await episode.notice.textContent()).toBe('');
  });

  /** For another day: what plays in this tab is not meant to go on. */
  async function leave(page: Page): Promise<void> {
    await page.goto('/about/');
    await page.evaluate(() => sessionStorage.clear());
  }
});

describe('a place that was kept', () => {
  test.each([
    ['the start of the recording', '?t=0'],
    ['its end', '?t=43'],
  ])('outlives a tap on %s', async (_, moment) => {
    const page = await visit();
    await keepPlace(page, 22);
    const episode = await EpisodePage.open(page, inland + moment);
    await episode.plays();
    await page.goto('/about/');
    expect(await keptPlace(page)).toBe(22);
  });

  test('outlives "Start over", for who did not mean it', async () => {
    const page = await visit();
    await keepPlace(page, 22);
    const episode = await EpisodePage.open(page);
    await episode.button('Start over').click();
    await episode.plays();
    await page.goto('/about/');
    expect(await keptPlace(page)).toBe(22);
  });

  test('outlives a jump to the start while the recording plays', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page, `${inland}?t=22`);
    // Places are kept to a tenth of a second.
    await episode.plays(22.1);
    await page.keyboard.press('0');
    await episode.standsAt(0);
    await page.goto('/about/');
    expect(await keptPlace(page)).toBeGreaterThan(22);
  });

  test('outlives a visit to the episode while another one plays', async () => {
    const page = await visit();
    await keepPlace(page, 22);
    const episode = await EpisodePage.open(page, '/episodes/welcome-to-the-rock/?t=1');
    await episode.plays(1);
    // It has twelve seconds, which a busy machine needs for the rest: it is not to end before.
    await episode.media((media) => (media.playbackRate = 0.25));
    await page.locator('mini-player').waitFor({ state: 'attached' });
    await page.evaluate((address) => void navigation.navigate(address), inland);
    await episode.notice.getByText('Resumes at 0:22').waitFor();
    await episode.play.click();
    await expect
      .poll(() => page.locator('episode-player audio').evaluate((audio: HTMLAudioElement) => audio.currentTime))
      .toBeGreaterThan(22);
  });

  test('moves on for who listens on elsewhere', async () => {
    const page = await visit();
    await keepPlace(page, 35);
    const episode = await EpisodePage.open(page, `${inland}?t=8`);
    await episode.media((media) => (media.playbackRate = 4));
    await expect.poll(() => episode.time(), { timeout: 20_000 }).toBeGreaterThan(14);
    await episode.media((media) => media.pause());
    await page.goto('/about/');
    expect(await keptPlace(page)).toSatisfy((seconds = 0) => seconds > 13 && seconds < 30);
  });

  test('is gone once the recording was heard to its end', async () => {
    const page = await visit();
    await keepPlace(page, 28);
    const episode = await EpisodePage.open(page);
    await episode.media((media) => (media.playbackRate = 16));
    await episode.play.click();
    await episode.notice.getByText('The end').waitFor();
    expect(await keptPlace(page)).toBe(undefined);
  });
});

describe('a recording that fails', () => {
  const failure = /^Did not load\./;
  const notFound = (route: Route) => route.fulfill({ status: 404, body: '' });
  const goneAway = (route: Route) => route.abort('connectionreset');

  test.each([
    ['is not there', notFound],
    ['is cut off', goneAway],
  ])('and plays when it is tried again, from its second: it %s at first', async (_, fail) => {
    const page = await visit();
    await page.route('**/*.mp3', fail);
    const episode = await EpisodePage.open(page, `${inland}?t=22`);
    await episode.notice.getByText(failure).waitFor();
    expect(await episode.play.isVisible()).toBe(true);
    expect(await episode.player.getByText('0:22').isVisible()).toBe(true);
    await page.unroute('**/*.mp3');
    await episode.play.click();
    await episode.plays(22);
    expect(await episode.time()).toBeLessThan(27);
    await expect.poll(() => episode.notice.textContent()).toBe('');
    expect(await episode.pause.isVisible()).toBe(true);
  });

  test('twice says so twice, and takes another second in between', async () => {
    const page = await visit();
    await page.route('**/*.mp3', notFound);
    const episode = await EpisodePage.open(page, `${inland}?t=22`);
    await episode.notice.getByText(failure).waitFor();
    await episode.button(/back 15 seconds/).click();
    expect(await episode.player.getByText('0:07').isVisible()).toBe(true);
    const asked = page.waitForRequest('**/*.mp3');
    await episode.play.click();
    await asked;
    await episode.notice.getByText(failure).waitFor();
    await page.unroute('**/*.mp3');
    await episode.play.click();
    await episode.plays(7);
    expect(await episode.time()).toBeLessThan(12);
  });

  test('in its middle goes on from there', async () => {
    const page = await visit();
    const server = await failingServer(page);
    const episode = await EpisodePage.open(page, `${inland}?t=12`);
    await episode.plays(12);
    await episode.media((media) => (media.currentTime = 445));
    await episode.notice.getByText(failure).waitFor();
    await episode.play.waitFor();
    server.recover();
    await episode.play.click();
    await episode.plays(445);
    await episode.pause.waitFor();
    await episode.standsAt(445, 10);
  });

  test('is shown by the bar on other pages, which plays it again', async () => {
    const page = await visit({ viewport: phone });
    const server = await failingServer(page);
    const episode = await EpisodePage.open(page, `${inland}?t=12`);
    await episode.plays(12);
    await page.locator('mini-player').waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'Posts', exact: true }).first().click();
    await page.waitForURL('**/posts/');
    await episode.media((media) => (media.currentTime = 445));
    await episode.bar.getByText('The recording did not load.').waitFor();
    await episode.bar.getByText(/^Your place, 7:\d\d, is kept/).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
    server.recover();
    await episode.bar.getByRole('button', { name: 'Try again' }).click();
    await episode.plays(445);
    await episode.bar.getByRole('button', { name: 'Pause' }).waitFor();
    expect(await episode.bar.getByText('The recording did not load.').isVisible()).toBe(false);
  });

  test('to come at all: a pause ends the wait, and the next click asks anew', async () => {
    const page = await visit();
    let asked = 0;
    await page.route('**/*.mp3', (route) => (asked++ === 0 ? undefined : route.continue()));
    const episode = await EpisodePage.open(page, `${inland}?t=22`);
    await episode.notice.getByText('Loading…').waitFor();
    // As a browser says after three seconds in which nothing came.
    await episode.media((media) => media.dispatchEvent(new Event('stalled')));
    await episode.pause.click();
    await expect.poll(() => episode.notice.textContent()).toBe('');
    await episode.play.click();
    await episode.plays(22);
    expect(asked).toBeGreaterThan(1);
  });

  /** A server that has the recording twenty times over, and nothing after its second 447 until it recovers. */
  async function failingServer(page: Page) {
    let fails = true;
    await page.route('**/*.mp3', async (route) => {
      const [, start] = /bytes=(\d+)-/.exec(route.request().headers()['range'] ?? '') ?? [];
      const headers = { ...route.request().headers() };
      delete headers['range'];
      const once = await (await route.fetch({ headers })).body();
      const bytes = Buffer.concat(Array.from({ length: 20 }, () => once));
      const from = Number(start ?? 0);
      const end = fails ? bytes.length / 2 : bytes.length;
      if (from >= end) return route.fulfill({ status: 404, body: '' });
      return route.fulfill({
        status: 206,
        headers: { 'content-type': 'audio/mpeg', 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` },
        body: bytes.subarray(from, end),
      });
    });
    return { recover: () => (fails = false) };
  }
});

describe('the keys', () => {
  test('play and skip from anywhere on the page', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page);
    await page.keyboard.press('k');
    await episode.plays();
    await page.keyboard.press('l');
    await episode.standsAt(30);
    await page.keyboard.press('j');
    await episode.standsAt(15, 3);
    await page.keyboard.press('2');
    await episode.standsAt(44 * 0.2);
    await page.keyboard.press('Space');
    await episode.isPaused();
  });

  test('set the volume from within the player, and scroll the page from anywhere else', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page);
    await page.keyboard.press('ArrowDown');
    expect(await episode.media(({ volume }) => volume)).toBe(1);
    await episode.play.focus();
    await page.keyboard.press('ArrowDown');
    expect(await episode.media(({ volume }) => volume)).toBe(0.9);
    await episode.notice.getByText('Volume 90 %').waitFor();
    await page.keyboard.press('m');
    expect(await episode.media(({ muted }) => muted)).toBe(true);
  });

  test('change the speed', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page);
    await page.keyboard.press('Shift+>');
    expect(await episode.media(({ playbackRate }) => playbackRate)).toBe(1.25);
    await page.keyboard.press('Shift+<');
    await page.keyboard.press('Shift+<');
    expect(await episode.media(({ playbackRate }) => playbackRate)).toBe(0.75);
  });

  test('are left to a field that is typed in, and to the browser with Control', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page);
    await episode.search.fill('');
    await episode.search.pressSequentially('jkl 5?');
    expect(await episode.search.inputValue()).toBe('jkl 5?');
    await episode.search.blur();
    await page.keyboard.press('Control+l');
    expect(await episode.time()).toBe(0);
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('are listed by "?", until Escape, and the focus is where it was', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page);
    await episode.play.focus();
    await page.keyboard.press('Shift+?');
    const sheet = page.getByRole('dialog', { name: 'Keys of the player' });
    await sheet.getByText('play or pause').waitFor();
    await page.keyboard.press('k');
    expect(await episode.media(({ paused }) => paused)).toBe(true);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(await page.locator(':focus').getAttribute('data-part')).toBe('play');
  });

  test('stay in the player for readers who want it so', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page);
    await episode.more();
    await episode.button('Keys').click();
    await page.getByRole('checkbox', { name: 'They work anywhere on the page' }).uncheck();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('l');
    expect(await episode.time()).toBe(0);
    await episode.play.focus();
    await page.keyboard.press('l');
    expect(await episode.time()).toBe(30);
  });

  test('reach every control in turn', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page);
    await episode.more();
    await episode.play.focus();
    const order: (string | null)[] = [];
    for (let step = 0; step < 12; step++) {
      order.push(await page.locator(':focus').getAttribute('data-part'));
      await page.keyboard.press('Tab');
    }
    expect(order).toEqual([
      'play',
      'seek',
      'back',
      'on',
      'speed',
      'sleep',
      'share',
      'more',
      null,
      'mute',
      'volume',
      'plays-on',
    ]);
  });
});

describe('a film on another host', () => {
  test.each([
    ['/episodes/forecast-fog-later/', 'YouTube', 'https://www.youtube-nocookie.com/embed/notAVideo00?autoplay=1'],
    ['/episodes/torchys-discount-beacons/', 'Vimeo', 'https://player.vimeo.com/video/999999999999?dnt=1&autoplay=1'],
  ])('of %s is asked of %s only when it is clicked', async (address, host, source) => {
    const page = await visit();
    await page.route(`${new URL(source).origin}/**`, (route) => route.fulfill({ body: 'The film' }));
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(address, { waitUntil: 'networkidle' });
    expect(asked.filter((url) => new URL(url).origin === new URL(source).origin)).toEqual([]);
    await page.getByRole('button', { name: `Play on ${host}` }).click();
    await page.frameLocator(`iframe[title$="(${host} video)"]`).getByText('The film').waitFor();
    expect(asked).toContain(source);
  });

  test('starts at the moment of a link', async () => {
    const page = await visit();
    await page.route('https://www.youtube-nocookie.com/**', (route) => route.fulfill({ body: 'The film' }));
    await page.goto('/episodes/forecast-fog-later/');
    await page.getByRole('button', { name: 'Play on YouTube' }).waitFor();
    await page.evaluate(() => (location.hash = 't=1:30'));
    await page.frameLocator('iframe').getByText('The film').waitFor();
    expect(await page.locator('iframe').getAttribute('src')).toMatch(/&start=90$/);
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test.each([{ viewport: phone }, {}])('axe has nothing against the player, its keys and its bar', async (size) => {
    const page = await visit({ colorScheme, ...size });
    const violations = async () => {
      await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
      const found = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    };
    const episode = await EpisodePage.open(page, `${inland}?t=12`);
    await episode.plays(12);
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog').waitFor();
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Posts', exact: true }).first().click();
    await episode.bar.waitFor();
    expect(await violations()).toEqual([]);
  });
});
