import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { EpisodePage, inland, keepPlace } from './episode-page.ts';
import { desktop, phone, useSite } from './site.ts';

const visit = useSite();

const bar = (page: Page) => page.getByRole('region', { name: 'Now playing' });
const playOf = (page: Page, title: string) => page.getByRole('button', { name: new RegExp(`^Play: ${title}`) }).first();
const inBar = (page: Page, name: string | RegExp) => bar(page).getByRole('button', { name });
/** The media elements that sound. */
const sounding = (page: Page) =>
  page.evaluate(
    () => [...document.querySelectorAll<HTMLMediaElement>('audio, video')].filter(({ paused }) => !paused).length,
  );

/** Whether a page is set in its own typeface: without it, the same words are as wide as in what comes after it. */
const hasTypeface = (page: Page) =>
  page.evaluate(() => {
    const [own = '', ...others] = getComputedStyle(document.body).fontFamily.split(', ');
    const width = (family: string[]) => {
      const words = Object.assign(document.createElement('span'), { textContent: 'Number Seven is inland' });
      Object.assign(words.style, { position: 'absolute', whiteSpace: 'nowrap', font: `100px ${family.join(', ')}` });
      document.body.append(words);
      const { width } = words.getBoundingClientRect();
      words.remove();
      return width;
    };
    return width([own, ...others]) !== width(others);
  });

async function playFromHome(page: Page, title = 'The contract, read aloud'): Promise<void> {
  await page.goto('/');
  await playOf(page, title).click();
  await inBar(page, 'Pause').waitFor();
}

describe('Play', () => {
  test.each([
    { on: 'a desktop', viewport: { width: 1280, height: 720 } },
    { on: 'a small desktop', viewport: { width: 1024, height: 768 } },
    { on: 'a tablet', viewport: { width: 768, height: 1024 } },
    { on: 'a phone', viewport: phone },
    { on: 'a small phone', viewport: { width: 320, height: 568 } },
  ])('is in the first screen of an episode on $on', async ({ viewport }) => {
    const page = await visit({ viewport });
    // A typeface that comes later than the first paint is used from the next page on; no fallback has its measures here.
    await expect.poll(async () => hasTypeface((await EpisodePage.open(page)).page), { timeout: 20_000 }).toBe(true);
    const box = await new EpisodePage(page).play.boundingBox();
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
  });

  test('on a folder of the drawer plays there and then, and pauses there again', async () => {
    const page = await visit();
    await playFromHome(page);
    const button = page.getByRole('button', { name: /^Pause: The contract/ });
    await button.click();
    await inBar(page, 'Play').waitFor();
    expect(await sounding(page)).toBe(0);
    await playOf(page, 'The contract').click();
    await inBar(page, 'Pause').waitFor();
  });

  test('on another folder takes the place of what plays', async () => {
    const page = await visit();
    await playFromHome(page);
    await playOf(page, 'Torchy').click();
    await bar(page)
      .getByRole('link', { name: /Torchy/ })
      .waitFor();
    await expect.poll(() => sounding(page)).toBe(1);
    await playOf(page, 'The contract').waitFor();
  });

  test('is not there where there is no recording, nor without script', async () => {
    const page = await visit({ javaScriptEnabled: false });
    await page.goto('/');
    expect(await page.getByRole('button', { name: /^Play/ }).count()).toBe(0);
    const scripted = await visit();
    await scripted.goto('/');
    expect(await scripted.getByRole('button', { name: /^Play: Forecast/ }).count()).toBe(0);
  });

  test('in a list learns the chapters and what comes next from the episode’s page', async () => {
    const page = await visit();
    await playFromHome(page);
    await expect.poll(() => page.locator('mini-player rect').count()).toBeGreaterThan(0);
    await bar(page).getByText('Clause forty').locator('visible=true').first().waitFor();
  });

  test('goes on in the episode’s own player on its page', async () => {
    const page = await visit();
    await playFromHome(page);
    await bar(page).getByRole('link', { name: 'The contract, read aloud' }).click();
    const episode = new EpisodePage(page);
    await episode.pause.waitFor();
    expect(await sounding(page)).toBe(1);
  });
});

describe('at the end of an episode', () => {
  const nearEnd = (page: Page) =>
    page.evaluate(() => {
      const media = document.querySelector<HTMLMediaElement>('mini-player audio, episode-player audio');
      if (media) media.currentTime = media.duration - 0.4;
    });

  test('the bar has the next one, and a click plays it', async () => {
    const page = await visit();
    await playFromHome(page);
    await bar(page).getByText('Clause forty').locator('visible=true').first().waitFor();
    await nearEnd(page);
    await bar(page).getByText('The end. Up next:').waitFor();
    await inBar(page, /^Play/).click();
    await bar(page)
      .getByRole('link', { name: /Torchy/ })
      .waitFor();
    await expect.poll(() => sounding(page)).toBe(1);
  });

  test('the next one goes on by itself for who has asked for it, by the same element, and its own player is left ready', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page, '/episodes/the-contract-read-aloud/?t=1');
    await episode.plays(1);
    await episode.more();
    await page.getByRole('checkbox', { name: 'Play the next one by itself' }).check();
    await page.locator('audio').evaluate((audio) => (audio.dataset['first'] = ''));
    await nearEnd(page);
    await bar(page)
      .getByRole('link', { name: /Torchy/ })
      .waitFor();
    await expect.poll(() => sounding(page)).toBe(1);
    const same = page.locator('mini-player audio[data-first]');
    await expect.poll(() => same.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0.5);
    await episode.play.waitFor();
    await page.reload();
    await page.locator('[data-part="controls"]:not([inert])').first().waitFor();
    await episode.more();
    expect(await page.getByRole('checkbox', { name: 'Play the next one by itself' }).isChecked()).toBe(true);
  });
});

describe('what the reader’s device remembers', () => {
  test('is shown on the front page and on the list of episodes, and goes on from there', async () => {
    const page = await visit();
    await keepPlace(page, 22);
    for (const path of ['/', '/episodes/']) {
      await page.goto(path);
      const row = page.locator('continue-listening li');
      await row.getByText('22 s left').waitFor();
    }
    await page.locator('continue-listening').getByRole('button', { name: 'Play: Number Seven is inland' }).click();
    await expect
      .poll(() => page.evaluate(() => document.querySelector<HTMLAudioElement>('mini-player audio')?.currentTime ?? 0))
      .toBeGreaterThan(22);
  });

  test('stands beside the length of an episode in lists', async () => {
    const page = await visit();
    await keepPlace(page, 22);
    await page.goto('/episodes/');
    await page.locator('heard-mark', { hasText: '22 s left' }).waitFor();
  });

  test('is nothing at first, and then shows nothing', async () => {
    const page = await visit();
    await page.goto('/');
    await playOf(page, 'The contract').waitFor();
    expect(await page.locator('continue-listening').isVisible()).toBe(false);
  });

  test('has a list for later, that a button in the player fills and empties', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page);
    await episode.more();
    await episode.button(/^Later/).click();
    expect(await episode.button(/^Later/).getAttribute('aria-pressed')).toBe('true');
    await page.goto('/listening/');
    const list = page.getByRole('region', { name: 'For later' });
    await list.getByRole('link', { name: 'Number Seven is inland' }).waitFor();
    await list.getByRole('button', { name: 'Take out: Number Seven is inland' }).click();
    await list.getByText('puts an episode here').waitFor();
  });

  test('can be saved as a file, erased, and brought in again', async () => {
    const page = await visit();
    await keepPlace(page, 22);
    await page.goto('/listening/');
    const begun = page.getByRole('region', { name: 'Continue listening' });
    await begun.getByText('22 s left').waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ]);
    const saved = await readFile(await file.path(), 'utf8');
    await page.getByRole('button', { name: 'Erase all' }).click();
    await page.getByText('All of it is erased.').waitFor();
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('listen')))).toEqual([]);
    expect(await begun.getByRole('link').count()).toBe(0);
    const bringIn = (content: string) =>
      page
        .getByLabel('Bring in a file')
        .setInputFiles({ name: 'listening.json', mimeType: 'application/json', buffer: Buffer.from(content) });
    await bringIn(saved.replace('"at": 0', '"at": 1'));
    await page.getByText('1 episode was brought in.').waitFor();
    await begun.getByText('22 s left').waitFor();
    for (const other of ['', '{}', '[]', 'no JSON', '{"listens":[{"at":2},null,{"track":{}}]}']) {
      await bringIn(other);
      await page.getByText('Nothing in this file is newer').waitFor();
    }
  });

  test('takes no address out of a file that is not of this site', async () => {
    const page = await visit();
    await page.goto('/listening/');
    const track = { episode: 'x', kind: 'audio', title: 'X', label: 'X', page: '/x/', source: '/x.mp3', duration: 9 };
    const bad = [
      { page: 'javascript:alert(1)' },
      { page: 'https://elsewhere.example/' },
      { source: 'javascript:alert(1)' },
      { cover: 'https://elsewhere.example/x.png' },
    ];
    await page.getByLabel('Bring in a file').setInputFiles({
      name: 'listening.json',
      mimeType: 'application/json',
      buffer: Buffer.from(
        JSON.stringify({ listens: bad.map((part) => ({ at: 1, isLater: true, track: { ...track, ...part } })) }),
      ),
    });
    await page.getByText('Nothing in this file is newer').waitFor();
    expect(await page.getByRole('link', { name: 'X', exact: true }).count()).toBe(0);
  });
});

describe('sharing', () => {
  const address = '/episodes/number-seven-is-inland/';

  test('a link to a stretch plays just that', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page, `${address}?t=12,14`);
    await episode.plays(12);
    await episode.notice.getByText('The passage ends here').waitFor();
    await episode.isPaused();
    await episode.standsAt(14, 1);
    await episode.play.click();
    await episode.plays(14.5);
  });

  test('gives the link, the link to this moment, and the code to embed it', async () => {
    const page = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
    const episode = await EpisodePage.open(page);
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await episode.button('Share').click();
    await episode.player.getByRole('button', { name: 'Copy link', exact: true }).click();
    await episode.button('Copied').waitFor();
    expect(await copied()).toMatch(/\/episodes\/number-seven-is-inland\/$/);
    await episode.button('Copy code to embed it').click();
    await expect.poll(copied).toMatch(/^<iframe src="[^"]*\/number-seven-is-inland\/embed\/"/);
  });

  test('offers the passages that stand alone, with a picture of each', async () => {
    const page = await visit();
    await page.goto('/episodes/the-customer-who-came-too-close/');
    const quotes = page.getByRole('region', { name: 'To pass on' });
    expect(await quotes.getByRole('link', { name: 'Play 4:20 to 5:05' }).getAttribute('href')).toBe('?t=260,305');
    const picture = await quotes.getByRole('link', { name: /^Picture of “The tap/ }).getAttribute('href');
    const answer = await page.request.get(picture ?? '');
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'image/png']);
  });

  test('a chosen passage of the transcript is a quote with a link', async () => {
    const page = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
    const episode = await EpisodePage.open(page);
    await episode.transcript.locator('[data-said]').nth(2).selectText();
    await page.getByRole('button', { name: 'Copy as a quote' }).click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toMatch(/^“.+”\n.*\n.*\/number-seven-is-inland\/\?t=\d+,\d+$/);
  });
});

test('one tab plays at a time', async () => {
  const page = await visit();
  const first = await EpisodePage.open(page, `${inland}?t=6`);
  await first.plays(6);
  const other = await page.context().newPage();
  const second = await EpisodePage.open(other, '/episodes/welcome-to-the-rock/?t=1');
  await second.plays(1);
  await first.notice.getByText('Paused: another tab plays').waitFor();
  await first.isPaused();
});

describe('in a browser that loads every page anew', () => {
  const withoutNavigation = async (options: Parameters<typeof visit>[0] = {}) => {
    const page = await visit(options);
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'navigation'));
    return page;
  };

  test.each([{ viewport: desktop }, { viewport: phone }])(
    'the next page has what played ready, for one click',
    async ({ viewport }) => {
      const page = await withoutNavigation({ viewport });
      const episode = await EpisodePage.open(page, `${inland}?t=12`);
      await episode.plays(12);
      await page.getByRole('link', { name: 'Hosts', exact: true }).first().click();
      await page.waitForURL('**/hosts/');
      const go = inBar(page, /^Continue/);
      await go.waitFor();
      expect(await bar(page).textContent()).toMatch(/at 0:1[2-5]/);
      expect(await sounding(page)).toBe(0);
      await go.click();
      await inBar(page, 'Pause').waitFor();
      await expect
        .poll(() =>
          page.evaluate(() => document.querySelector<HTMLAudioElement>('mini-player audio')?.currentTime ?? 0),
        )
        .toBeGreaterThan(12);
    },
  );

  test('the way back to the episode plays on', async () => {
    const page = await withoutNavigation();
    const episode = await EpisodePage.open(page, `${inland}?t=12`);
    await episode.plays(12);
    await page.getByRole('link', { name: 'About the rock' }).click();
    await inBar(page, /^Continue/).waitFor();
    await page.goBack();
    await episode.pause.waitFor();
    await episode.plays(12);
  });

  test('what was closed is not there on the next page', async () => {
    const page = await withoutNavigation();
    const episode = await EpisodePage.open(page, `${inland}?t=12`);
    await episode.plays(12);
    await page.goto('/about/');
    await inBar(page, /^Continue/).waitFor();
    await inBar(page, 'Stop and close').click();
    await page.goto('/hosts/');
    await page.waitForLoadState('load');
    expect(await page.locator('mini-player').count()).toBe(0);
  });
});

describe('the bar', () => {
  test('has one height, whatever it says', async () => {
    const page = await visit();
    await page.clock.install();
    await playFromHome(page);
    const height = async () => (await bar(page).boundingBox())?.height;
    const playing = await height();
    await page.evaluate(() => {
      const media = document.querySelector<HTMLMediaElement>('mini-player audio');
      if (media) media.currentTime = media.duration - 0.4;
    });
    await bar(page).getByText('The end.').waitFor();
    expect(await height()).toBe(playing);
  });

  test('says when it sleeps, puts it off, and says that it did', async () => {
    const page = await visit();
    await page.clock.install();
    const episode = await EpisodePage.open(page, `${inland}?t=6`);
    await episode.plays(6);
    await episode.media((media) => (media.loop = true));
    await episode.player.getByLabel('Sleep timer').selectOption('5');
    await page.getByRole('link', { name: 'Hosts', exact: true }).first().click();
    await bar(page).getByText('Sleeps in 5 min').locator('visible=true').first().waitFor();
    await inBar(page, /^\+5 min/).click();
    await bar(page).getByText('Sleeps in 10 min').locator('visible=true').first().waitFor();
    await page.clock.fastForward('10:01');
    await bar(page).getByText('Paused by the sleep timer.').waitFor();
    await inBar(page, 'Play on').click();
    await inBar(page, 'Pause').waitFor();
  });

  test('takes a new place and another speed', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page, `${inland}?t=6`);
    await episode.plays(6);
    await page.getByRole('link', { name: 'Hosts', exact: true }).first().click();
    await bar(page).getByRole('slider', { name: 'Position' }).fill('30');
    await expect.poll(() => episode.time()).toBeGreaterThanOrEqual(30);
    await bar(page).getByLabel('Speed').selectOption('1.5');
    expect(await episode.media(({ playbackRate }) => playbackRate)).toBe(1.5);
  });
});
