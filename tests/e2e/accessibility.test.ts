import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page, ViewportSize } from 'playwright-core';
import { expect, test } from 'vitest';
import { desktop, phone, useSite } from './site.ts';
import { spaceText } from './text-spacing.ts';

const visit = useSite();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** One page of each type. */
const pages = [
  ...[
    '/',
    '/episodes/',
    '/ask/',
    '/episodes/the-handover-nobody-rowed/',
    '/episodes/keeping-the-keepers/',
    '/episodes/number-seven-is-inland/',
    '/episodes/forecast-fog-later/',
  ],
  ...[
    '/episodes/the-quarterly-tide-review/',
    '/posts/',
    '/posts/marketing-qualified-mist/',
    '/posts/words-for-fog/',
    '/hosts/',
  ],
  ...[
    '/people/petra-plimsoll/',
    '/people/guild-of-part-time-keepers/',
    '/people/petra-plimsoll/entries/',
    '/episodes/season-1/',
    '/search/2025/',
    '/whitepapers/',
    '/whitepapers/the-well-lit-pipeline/',
  ],
  ...['/topics/', '/topics/foghorns/', '/search/', '/search/?q=cabbage', '/about/', '/no/such/file/'],
];

/** How a page may be shown. What is spaced stays so, and comes last. */
const shown: { in: string; viewport: ViewportSize; media: Parameters<Page['emulateMedia']>[0]; spaced?: true }[] = [
  { in: 'in light on a phone', viewport: phone, media: { colorScheme: 'light' } },
  { in: 'in dark on a phone', viewport: phone, media: { colorScheme: 'dark' } },
  { in: 'in light on a desktop', viewport: desktop, media: { colorScheme: 'light' } },
  { in: 'in dark on a desktop', viewport: desktop, media: { colorScheme: 'dark' } },
  { in: 'in forced colours', viewport: desktop, media: { forcedColors: 'active' } },
  { in: 'with spaced text', viewport: phone, media: { forcedColors: 'none' }, spaced: true },
];

test.each(pages)('%s has nothing that axe objects to, however it is shown', async (path) => {
  const page = await visit();
  await page.goto(path);
  if (path.includes('?q='))
    await page
      .getByRole('status')
      .getByText(/results?/)
      .waitFor();
  await page.evaluate(axe);
  for (const { in: how, viewport, media, spaced } of shown) {
    await page.setViewportSize(viewport);
    await page.emulateMedia(media);
    if (spaced) await spaceText(page);
    // In forced colours a text is painted in those of the system, whatever a script can read of it.
    const rules = { 'color-contrast': { enabled: media?.forcedColors !== 'active' } };
    const { violations } = await page.evaluate<AxeResults>(
      `axe.run(document, { resultTypes: ["violations"], rules: ${JSON.stringify(rules)} })`,
    );
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect(found, how).toEqual([]);
  }
});

test('where the system forces its colours, the room and the page that one is in are told apart all the same', async () => {
  const page = await visit({ viewport: desktop, forcedColors: 'active' });
  await page.goto('/episodes/page/2/');
  for (const name of ['Main', 'Pages']) {
    const links = page.getByRole('navigation', { name, exact: true }).getByRole('link');
    const looks = await links.evaluateAll((all) =>
      all.map((link) => {
        const { borderBottomColor, borderBottomWidth, textDecorationLine } = getComputedStyle(link);
        const look = `${borderBottomColor} ${borderBottomWidth} ${textDecorationLine}`;
        return { isCurrent: link.ariaCurrent !== null, look };
      }),
    );
    const [current, others] = [true, false].map((isCurrent) => looks.filter((each) => each.isCurrent === isCurrent));
    expect(current).toHaveLength(1);
    expect(others?.length).toBeGreaterThan(0);
    expect(others?.map(({ look }) => look)).not.toContain(current?.[0]?.look);
  }
});
