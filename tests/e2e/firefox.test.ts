import { describe, expect, test } from 'vitest';
import { findFirefox, launchFirefox } from './firefox.ts';
import { browse, chooseTheme, search, subscribeInPlace } from './journeys.ts';
import { mailTo } from './mailbox.ts';
import { type Reader, useReaders } from './reader.ts';

const firefox = findFirefox();
if (firefox === undefined)
  console.warn(
    'No Firefox is installed, so nothing is tried in it. `apt-get install firefox-esr`, or FIREFOX_PATH=/path/to/firefox.',
  );

describe.skipIf(firefox === undefined)('in Firefox', () => {
  const visit = useReaders(() => launchFirefox(firefox!));

  test('pages lead to one another, and back', async () => {
    await browse(await visit());
  });

  test('the search finds, and leads to what it found', async () => {
    await search(await visit());
  });

  test('a theme that was chosen is kept', async () => {
    await chooseTheme(await visit());
  });

  test('a form is sent in place', async () => {
    const reader = await visit();
    await reader.open('/subscribe/');
    await subscribeInPlace(reader, visit.served().mails, 'in-place@example.com', '/subscribe/');
  });

  test('a recording plays on over nine pages, a form and the way back', async () => {
    const reader = await visit();
    await listen(reader, '/episodes/number-seven-is-inland/');
    for (const path of nine) {
      await reader.follow(path);
      await playsOn(reader);
    }
    await subscribeInPlace(reader, visit.served().mails, 'listening@example.com', '/subscribe/');
    await playsOn(reader);
    await reader.back('/episodes/');
    await playsOn(reader);
    await reader.back('/whitepapers/');
    await playsOn(reader);
  });
});

describe.skipIf(firefox === undefined)('in Firefox without script', () => {
  const visit = useReaders(() => launchFirefox(firefox!, { script: false }));

  test('a page is read, and its form is sent', async () => {
    const reader = await visit();
    await reader.open('/');
    await reader.follow('/posts/');
    await reader.follow('/subscribe/');
    await reader.fill('capture-form input[type=email]', 'plain@example.com');
    await reader.click('capture-form button');
    await reader.sees('h1', 'Look in your inbox');
    expect(await reader.window.ask(() => location.pathname)).toBe('/forms/inbox/');
    await mailTo(visit.served().mails, 'plain@example.com', /^Confirm/);
  });
});

const nine = [
  '/posts/',
  '/posts/words-for-fog/',
  '/hosts/',
  '/people/petra-plimsoll/',
  '/topics/',
  '/topics/pricing/',
  '/whitepapers/',
  '/episodes/',
  '/subscribe/',
];

/** Opens an episode and starts it. A machine of tests has nothing to hear by, and what is muted needs nothing. */
async function listen(reader: Reader, path: string): Promise<void> {
  await reader.open(path);
  await reader.window.ask(() => {
    const media = document.querySelector('audio')!;
    media.muted = true;
    // Of this one element, and in this one document.
    Object.assign(globalThis, { media });
  });
  await reader.click('episode-player button', 'Play');
  await playsOn(reader);
  await expect.poll(() => reader.window.ask(() => document.querySelector('mini-player') !== null)).toBe(true);
}

/** Waits until the recording goes on: the same element, in the same document, at a later second. */
async function playsOn(reader: Reader): Promise<void> {
  const heard = () =>
    reader.window.ask(() => {
      const { media } = globalThis as { media?: HTMLMediaElement };
      return media?.isConnected && !media.paused ? media.currentTime : -1;
    });
  const before = await heard();
  expect(before).toBeGreaterThanOrEqual(0);
  await expect.poll(heard, { timeout: 10_000 }).toBeGreaterThan(before);
}
