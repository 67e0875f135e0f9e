import { describe, test } from 'vitest';
import {
  browse,
  chooseTheme,
  deskOwner,
  listenPageByPage,
  search,
  subscribeInPlace,
  workAtTheDesk,
} from './journeys.ts';
import { useReaders } from './reader.ts';
import { hasWebKit, launchWebKit } from './webkit.ts';

if (!hasWebKit())
  console.warn('No WebKitGTK is installed, so nothing is tried in it: `apt-get install webkit2gtk-driver xvfb`.');

describe.skipIf(!hasWebKit())('in WebKitGTK', () => {
  const visit = useReaders(launchWebKit, { OWNERS: deskOwner });

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

  test('what played is ready on the next page, for one click, and goes on where it is at home', async () => {
    await listenPageByPage(await visit());
  });
});
