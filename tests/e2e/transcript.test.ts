import { describe, expect, test } from 'vitest';
import { EpisodePage, inland } from './episode-page.ts';
import { phone, useSite } from './site.ts';

const visit = useSite();

/** The words that a highlight of the page has painted. */
const painted = (episode: EpisodePage, name: string) =>
  episode.page.evaluate((name) => [...(CSS.highlights.get(name) ?? [])].map(String), name);

describe('without script', () => {
  test.each([{ viewport: phone }, {}])('everything is readable', async (size) => {
    const page = await visit({ javaScriptEnabled: false, ...size });
    await page.goto(inland);
    expect(await page.getByText('Four miles from the sea. Five, at low tide.').isVisible()).toBe(true);
    expect(await page.getByText('I have already sold the mug.').isVisible()).toBe(true);
    expect(await page.getByRole('searchbox', { name: 'Search the transcript' }).isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Follow' }).isVisible()).toBe(false);
  });

  test('goes onto paper for who asks for it, from a phone as well', async () => {
    const page = await visit({ javaScriptEnabled: false, viewport: phone });
    await page.goto(inland);
    const said = page.getByText('Four miles from the sea. Five, at low tide.');
    await page.emulateMedia({ media: 'print' });
    expect(await said.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('checkbox', { name: 'Print it too' }).check();
    await page.emulateMedia({ media: 'print' });
    expect(await said.isVisible()).toBe(true);
  });

  test('every speaker is named with their side, and every paragraph has a link', async () => {
    const page = await visit({ javaScriptEnabled: false });
    await page.goto(inland);
    const paragraph = page.locator('#t-4');
    expect(await paragraph.getByText('Gus Barnacle').textContent()).toBe('Gus Barnacle');
    expect(await paragraph.textContent()).toMatch(/Gus Barnacle\s*\(sales\)/);
    await paragraph.getByRole('link', { name: '0:04' }).click();
    await page.waitForURL('**/#t-4');
  });

  test.each([
    ['/episodes/pricing-by-the-candle/', '.json'],
    ['/episodes/the-foghorn-is-not-a-strategy/', '.srt'],
    [inland, '.vtt'],
  ])('the file of %s is a %s', async (address, ending) => {
    const page = await visit({ javaScriptEnabled: false });
    await page.goto(address);
    const file = await page.getByRole('link', { name: 'Transcript file' }).getAttribute('href');
    expect(file?.endsWith(ending)).toBe(true);
    expect((await page.request.get(file ?? '')).status()).toBe(200);
  });
});

describe('while it plays', () => {
  test('the transcript marks what is said', async () => {
    const episode = await EpisodePage.open(await visit(), `${inland}?t=9.6`);
    await expect
      .poll(() => episode.transcript.locator('[data-current]').allTextContents())
      .toEqual(['A man who held the map upside down, and was too proud to turn it.']);
  });

  test('a click on a sentence plays it', async () => {
    const episode = await EpisodePage.open(await visit());
    await episode.transcript.getByText('On a trailer.').click();
    await episode.plays(25.5);
  });

  test('the time of a paragraph plays it, by the keyboard too', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page);
    await episode.transcript.getByRole('link', { name: '0:22' }).focus();
    await page.keyboard.press('Enter');
    await episode.plays(22.6);
  });

  test('selecting words plays nothing', async () => {
    const episode = await EpisodePage.open(await visit());
    await episode.transcript.getByText('On a trailer.').dblclick({ position: { x: 40, y: 10 } });
    await episode.pause.waitFor();
    await episode.pause.click();
    await episode.isPaused();
    await episode.transcript.getByText('Were there complaints?').selectText();
    await episode.transcript.getByText('Were there complaints?').dispatchEvent('click');
    expect(await episode.media(({ paused }) => paused)).toBe(true);
  });
});

describe('following', () => {
  const low = { width: 1280, height: 480 };
  const isInView = (text: string) => (episode: EpisodePage) =>
    episode.transcript.getByText(text).evaluate((cue) => {
      const { top, bottom } = cue.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
  const beginning = isInView('Today: Lighthouse Number Seven');
  const end = isInView('I have already sold the mug.');

  /** A reader who reads the beginning of the transcript, and has not scrolled for a while. */
  async function reading(): Promise<EpisodePage> {
    const page = await visit({ viewport: low, reducedMotion: 'reduce' });
    await page.clock.install();
    const episode = await EpisodePage.open(page);
    await episode.start();
    await scrollTo(episode, 'Today: Lighthouse Number Seven');
    await page.clock.fastForward('00:06');
    return episode;
  }

  async function scrollTo(episode: EpisodePage, text: string): Promise<void> {
    await episode.transcript.getByText(text).evaluate(
      (cue) =>
        new Promise((resolve) => {
          document.addEventListener('scroll', resolve, { once: true });
          cue.scrollIntoView({ block: 'center', behavior: 'instant' });
        }),
    );
  }

  async function sayTheEnd(episode: EpisodePage): Promise<void> {
    await episode.media((media) => (media.currentTime = 42.2));
    await episode.transcript.locator('[data-current]', { hasText: 'I have already sold the mug.' }).waitFor();
  }

  test('takes a reader along who reads it', async () => {
    const episode = await reading();
    await sayTheEnd(episode);
    await expect.poll(() => end(episode)).toBe(true);
  });

  test('lets a reader be who has just scrolled', async () => {
    const episode = await reading();
    const { page } = episode;
    const before = await page.evaluate(() => scrollY);
    await page.mouse.move(600, 200);
    await page.mouse.wheel(0, 20);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before);
    await sayTheEnd(episode);
    expect(await end(episode)).toBe(false);
    expect(await beginning(episode)).toBe(true);
  });

  test('lets a reader be who is elsewhere on the page', async () => {
    const episode = await reading();
    await episode.page.evaluate(() => window.scrollTo(0, 0));
    await episode.page.clock.fastForward('00:06');
    await sayTheEnd(episode);
    expect(await episode.page.evaluate(() => scrollY)).toBe(0);
  });

  test('can be switched off, and back on to go to what is said', async () => {
    const episode = await reading();
    const follow = episode.transcript.getByRole('button', { name: 'Follow' });
    await follow.evaluate((button: HTMLButtonElement) => button.click());
    expect(await follow.getAttribute('aria-pressed')).toBe('false');
    await sayTheEnd(episode);
    expect(await end(episode)).toBe(false);
    expect(await beginning(episode)).toBe(true);
    await follow.evaluate((button: HTMLButtonElement) => button.click());
    await expect.poll(() => end(episode)).toBe(true);
  });
});

describe('searching', () => {
  const count = (episode: EpisodePage) => episode.transcript.getByRole('status');

  test('counts what is found and goes from one to the next, round and round', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page);
    await episode.search.pressSequentially('sea');
    await count(episode).getByText('1 of 4').waitFor();
    expect(await painted(episode, 'transcript-found')).toEqual(['sea', 'sea', 'sea', 'sea']);
    await page.keyboard.press('Enter');
    await count(episode).getByText('2 of 4').waitFor();
    expect(await painted(episode, 'transcript-here')).toEqual(['sea']);
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.press('Shift+Enter');
    await count(episode).getByText('4 of 4').waitFor();
    await episode.transcript.getByRole('button', { name: 'Next match' }).click();
    await count(episode).getByText('1 of 4').waitFor();
    await episode.transcript.getByRole('button', { name: 'Previous match' }).click();
    await count(episode).getByText('4 of 4').waitFor();
    await expect.poll(() => episode.transcript.getByText('no sea whatsoever').isVisible()).toBe(true);
  });

  test('is cleared by Escape', async () => {
    const page = await visit();
    const episode = await EpisodePage.open(page);
    await episode.search.pressSequentially('sea');
    await count(episode).getByText('1 of 4').waitFor();
    await page.keyboard.press('Escape');
    expect(await episode.search.inputValue()).toBe('');
    expect(await count(episode).textContent()).toBe('');
    expect(await painted(episode, 'transcript-found')).toEqual([]);
  });

  test('says so when nothing is found', async () => {
    const episode = await EpisodePage.open(await visit());
    await episode.search.pressSequentially('xylophone');
    await count(episode).getByText('Not found').waitFor();
  });

  test('leaves the text as it is', async () => {
    const episode = await EpisodePage.open(await visit());
    const before = await episode.transcript.locator('[data-said]').allInnerTexts();
    await episode.search.pressSequentially('the');
    await count(episode).getByText(/of/).waitFor();
    expect(await episode.transcript.locator('[data-said]').allInnerTexts()).toEqual(before);
    expect(await episode.page.locator('mark').count()).toBe(0);
  });
});

describe('on a phone', () => {
  const line = 'Only one ship ever found it.';

  test('the transcript is folded up until it is clicked', async () => {
    const episode = await EpisodePage.open(await visit({ viewport: phone }));
    expect(await episode.transcript.getByText(line).isVisible()).toBe(false);
    await episode.transcript.getByRole('heading', { name: 'Transcript' }).click();
    expect(await episode.transcript.getByText(line).isVisible()).toBe(true);
  });

  test('an address that points into it finds it unfolded', async () => {
    const episode = await EpisodePage.open(await visit({ viewport: phone }), `${inland}#t-22`);
    expect(await episode.transcript.getByText(line).isVisible()).toBe(true);
  });

  test('a link that points into it unfolds it', async () => {
    const page = await visit({ viewport: phone });
    const episode = await EpisodePage.open(page);
    await page.evaluate(() => (location.hash = 't-22'));
    await episode.transcript.getByText(line).waitFor();
  });
});
