import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import { describe, expect, test } from 'vitest';
import { desktop, phone, useSite } from './site.ts';

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

describe.each([
  { in: 'in light on a phone', viewport: phone, colorScheme: 'light' },
  { in: 'in dark on a phone', viewport: phone, colorScheme: 'dark' },
  { in: 'in light on a desktop', viewport: desktop, colorScheme: 'light' },
  { in: 'in dark on a desktop', viewport: desktop, colorScheme: 'dark' },
] as const)('$in', ({ viewport, colorScheme }) => {
  test.each(pages)('%s has nothing that axe objects to', async (path) => {
    const page = await visit({ viewport, colorScheme });
    await page.goto(path);
    if (path.includes('?q='))
      await page
        .getByRole('status')
        .getByText(/results?/)
        .waitFor();
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });
});
