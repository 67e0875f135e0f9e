import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { fixtureOutput } from '../fixture-site.ts';
import { linkIn, mailTo } from './mailbox.ts';
import { phone, useSite } from './site.ts';

const visit = useSite();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const entry = 'episodes/one-beam-two-brochures';

/** Sends the issue of the entry by the owner's command, beside the running server. */
async function send(): Promise<void> {
  const { origin, mails } = visit.served();
  await promisify(execFile)(process.execPath, ['src/cli/newsletter.ts', '--entry', entry, '--send', '--yes'], {
    env: { ...process.env, DIST_DIR: fixtureOutput, VAR_DIR: dirname(mails), SITE_URL: origin },
  });
}

/** Asks for the newsletter by the form of the page, and confirms. */
async function subscribe(page: Page, address: string): Promise<void> {
  await page.goto('/subscribe/');
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Subscribe' }) });
  await form.getByLabel('Your e-mail address').fill(address);
  await form.getByRole('button').click();
  await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
  await page.goto(linkIn(await mailTo(visit.served().mails, address, /^Confirm/), '/confirm/'));
  await page.getByRole('button', { name: /^Confirm/ }).click();
  await page.getByRole('heading', { name: 'You are on the list' }).waitFor();
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.map(({ id }) => id);
}

test('a reader finds what the newsletter said, from where they would subscribe, once it is sent', async () => {
  const page = await visit({ viewport: phone, javaScriptEnabled: true });
  const issue = `/newsletter/archive/issue/?id=${encodeURIComponent(entry)}`;
  expect((await page.goto(issue))?.status()).toBe(404);
  await page.goto('/subscribe/');
  await page.getByRole('link', { name: 'what it said so far' }).click();
  await page.getByText('None was sent yet').waitFor();
  expect(await faults(page)).toEqual([]);

  await subscribe(page, 'anna@archive.example');
  await send();
  const mail = await mailTo(visit.served().mails, 'anna@archive.example', /brochures/i);
  expect(new URL(linkIn(mail, '/newsletter/archive/issue/')).search).toBe(new URL(issue, 'https://x.example').search);
  const answer = await page.goto('/newsletter/archive/');
  expect(answer?.headers()).toMatchObject({ 'cache-control': 'no-cache', 'x-robots-tag': 'noindex' });
  expect(await faults(page)).toEqual([]);
  await page.getByRole('main').getByRole('listitem').getByRole('link').last().click();
  await page.waitForURL(`**${issue}`);
  expect(await page.getByRole('link', { name: 'Open the file' }).getAttribute('href')).toBe(`/${entry}/`);
  expect(await faults(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  expect(await page.content()).not.toMatch(/anna@|token=|unsubscribe\/|preferences\//);
  await page.getByRole('link', { name: 'Open the file' }).click();
  await page.waitForURL(`**/${entry}/`);
});
