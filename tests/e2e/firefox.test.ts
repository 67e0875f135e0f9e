import { describe, expect, test } from 'vitest';
import { browse, chooseTheme, deskOwner, listenAcross, search, subscribeInPlace, workAtTheDesk } from './journeys.ts';
import { mailTo } from './mailbox.ts';
import { findFirefox, launchFirefox } from './puppeteer.ts';
import { useReaders } from './reader.ts';

const firefox = findFirefox();
if (firefox === undefined)
  console.warn(
    'No Firefox is installed, so nothing is tried in it. `apt-get install firefox-esr`, or FIREFOX_PATH=/path/to/firefox.',
  );

describe.skipIf(firefox === undefined)('in Firefox', () => {
  const visit = useReaders(() => launchFirefox(firefox!), { OWNERS: deskOwner });

  test('pages lead to one another, and back', async () => {
    await browse(await visit());
  });

  test('the search finds, and leads to what it found', async () => {
    await search(await visit());
  });

  test('a theme that was chosen is kept', async () => {
    await chooseTheme(await visit());
  });

  test('an owner signs in by a mail, and notes something on a lead', async () => {
    await workAtTheDesk(await visit(), visit.served());
  });

  test('a form is sent in place', async () => {
    const reader = await visit();
    await reader.open('/subscribe/');
    await subscribeInPlace(reader, visit.served().mails, 'in-place@example.com', '/subscribe/');
  });

  test('a recording plays on over nine pages, a form and the way back, and the next one after its end', async () => {
    await listenAcross(await visit(), visit.served().mails);
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
