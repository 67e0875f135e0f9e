import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { useSite } from './site.ts';

const visit = useSite();

// Each visit ends with a look at whether the page broke its policy.
describe('the policy of a page lets be what it needs', () => {
  test.each([
    '/',
    '/episodes/',
    '/episodes/number-seven-is-inland/',
    '/episodes/number-seven-is-inland/embed/',
    '/posts/',
    '/posts/answer-within-one-tide/',
    '/people/',
    '/hosts/',
    '/topics/pricing/',
    '/whitepapers/the-well-lit-pipeline/',
    '/subscribe/',
    '/about/',
    '/privacy/',
    '/search/?q=fog',
    '/no-such-page/',
    '/forms/inbox/',
    '/confirm/?token=none',
    '/download/?token=none',
    '/unsubscribe/?token=none',
    '/preferences/?token=none',
    '/erase/?token=none',
  ])('%s', async (path) => {
    const page = await visit({ colorScheme: 'dark' });
    await page.goto(path, { waitUntil: 'networkidle' });
    expect(await page.getByRole('main').count()).toBe(1);
  });
});

test.each(['/about/', '/confirm/?token=none'])('%s runs no script that was put into it', async (path) => {
  const page = await visit();
  page.context().removeAllListeners('console');
  await page.goto(path);
  const refused = page.waitForEvent('console', (message) => message.text().includes('Content Security Policy'));
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "taken over"';
    document.body.append(script);
  });
  await refused;
  expect(await page.title()).not.toBe('taken over');
});

test("a reader's theme is in place on the pages that are made on demand as well", async () => {
  const page = await visit();
  await page.addInitScript(() => localStorage.setItem('theme', 'dark'));
  await page.goto('/confirm/?token=none');
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
});

test('another site can frame the player of an episode, and no other page', async () => {
  const page = await visit();
  const { origin } = visit.served();
  const frame = (name: string, path: string) => `<iframe name="${name}" src="${origin}${path}"></iframe>`;
  const body = `<!doctype html>${frame('player', '/episodes/number-seven-is-inland/embed/')}${frame('page', '/about/')}`;
  const other = createServer((_, response) => void response.setHeader('Content-Type', 'text/html').end(body));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  await page.context().unrouteAll();
  page.context().removeAllListeners('console');
  await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
  await page.frame('player')?.getByRole('main').waitFor();
  expect(await page.frame('page')?.getByRole('main').count()).toBe(0);
});
