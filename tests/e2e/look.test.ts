import { describe, expect, test } from 'vitest';
import { desktop, phone, useSite } from './site.ts';

const visit = useSite();
const background = 'getComputedStyle(document.documentElement).backgroundColor';

test('the site follows the system’s theme until the reader chooses one, which every page then keeps', async () => {
  const page = await visit({ colorScheme: 'dark' });
  await page.goto('/');
  const dark = await page.evaluate<string>(background);
  await page.getByRole('radio', { name: 'Light' }).check();
  const light = await page.evaluate<string>(background);
  expect(light).not.toBe(dark);
  await page.goto('/posts/');
  expect(await page.evaluate<string>(background)).toBe(light);
  expect(await page.getByRole('radio', { name: 'Light' }).isChecked()).toBe(true);
  await page.getByRole('radio', { name: 'System' }).check();
  expect(await page.evaluate<string>(background)).toBe(dark);
});

test('the chosen theme stands before anything is painted', async () => {
  const page = await visit({ colorScheme: 'light' });
  await page.addInitScript(() => localStorage.setItem('theme', 'dark'));
  await page.goto('/', { waitUntil: 'commit' });
  await page.waitForFunction(() => document.body !== null);
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  expect(
    await page.evaluate(() => document.head.querySelectorAll('script:not([src]):not([type])').length),
  ).toBeGreaterThan(0);
});

test.each([
  [100, 'is waited for'],
  [600, 'is asked for, and not waited for'],
])('on a line whose answers take %i ms the typeface %s', async (rtt) => {
  const page = await visit();
  await page.addInitScript((time) => Object.defineProperty(navigator, 'connection', { value: { rtt: time } }), rtt);
  const faces: string[] = [];
  page.on('request', (request) => void (request.resourceType() === 'font' && faces.push(request.url())));
  await page.goto('/posts/', { waitUntil: 'networkidle' });
  expect(await page.locator('link[rel=preload][as=font]').count()).toBe(rtt > 150 ? 0 : 1);
  expect(faces.length).toBeGreaterThan(0);
});

test('without JavaScript no theme switch stands there that would do nothing', async () => {
  const page = await visit({ javaScriptEnabled: false });
  await page.goto('/');
  expect(await page.getByRole('radio', { name: 'Dark' }).count()).toBe(0);
});

test.each(['/episodes/number-seven-is-inland/', '/episodes/what-counts-as-a-ship/', '/episodes/keeping-the-keepers/'])(
  'on paper %s is a handout of at most two pages, with its address as a code',
  async (path) => {
    const page = await visit();
    await page.goto(path);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('This file on the web').isVisible()).toBe(true);
    expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false);
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length).toBeLessThanOrEqual(2);
  },
);

test.each([
  { on: 'a phone', viewport: phone },
  { on: 'a desktop', viewport: desktop },
])('nothing shifts while a page loads on $on', async ({ viewport }) => {
  const page = await visit({ viewport });
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) shifts.push(entry.value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const path of ['/', '/episodes/', '/episodes/number-seven-is-inland/', '/posts/words-for-fog/', '/search/']) {
    await page.goto(path, { waitUntil: 'networkidle' });
    const sum = await page.evaluate(() =>
      (window as unknown as { shifts: number[] }).shifts.reduce((a, b) => a + b, 0),
    );
    expect(sum, path).toBeLessThan(0.001);
  }
});

test('with reduced motion a folder does not rise', async () => {
  const page = await visit({ reducedMotion: 'reduce' });
  await page.goto('/episodes/');
  const folder = page.locator('.folder').first();
  await folder.hover();
  expect(await folder.evaluate((element) => getComputedStyle(element).translate)).toBe('none');
});

test('no line of a text is longer than 75 characters', async () => {
  const page = await visit();
  for (const path of ['/episodes/number-seven-is-inland/', '/posts/words-for-fog/', '/about/']) {
    await page.goto(path);
    const longest = await page.evaluate(() => {
      const lengths = [...document.querySelectorAll('.prose > p')].map((paragraph) => {
        const lines = paragraph.clientHeight / Number.parseFloat(getComputedStyle(paragraph).lineHeight);
        return (paragraph.textContent?.length ?? 0) / Math.round(lines);
      });
      return Math.max(...lengths);
    });
    expect(longest, path).toBeLessThanOrEqual(75);
  }
});

describe.each([
  { on: 'a phone', viewport: phone, colorScheme: 'light' },
  { on: 'a desktop, at night', viewport: desktop, colorScheme: 'dark' },
] as const)('on $on', ({ viewport, colorScheme }) => {
  test.each([
    ...['/', '/episodes/', '/episodes/number-seven-is-inland/', '/episodes/the-quarterly-tide-review/', '/posts/'],
    ...['/posts/words-for-fog/', '/posts/answer-within-one-tide/', '/hosts/', '/people/petra-plimsoll/', '/topics/'],
    ...['/whitepapers/', '/whitepapers/the-well-lit-pipeline/', '/subscribe/', '/about/', '/ask/', '/listening/'],
    '/episodes/number-seven-is-inland/embed/',
  ])('%s is painted at once as it is with its whole stylesheet', async (path) => {
    const early = await visit({ viewport, colorScheme, javaScriptEnabled: false });
    await early.route('**/*.css', (route) => route.abort());
    const whole = await visit({ viewport, colorScheme, javaScriptEnabled: false });
    // A typeface that comes too late for the first paint is not used.
    for (const page of [early, whole]) await page.route('**/*.woff2', (route) => route.abort());
    const looks = await Promise.all(
      [early, whole].map(async (page) => {
        await page.goto(path);
        return page.locator('body').evaluate(looksOf);
      }),
    );
    expect(looks[0]?.length).toBeGreaterThan(10);
    expect(looks[0]?.filter((look, i) => look !== looks[1]?.[i])).toEqual([]);
  });
});

/** How each element of a page looks, and where it is. Runs in the page. */
function looksOf(body: Element): string[] {
  const properties = [
    'color',
    'background-color',
    'font-size',
    'font-weight',
    'border-top',
    'opacity',
    'order',
  ] as const;
  return [...body.querySelectorAll('*:not(script, template, link, style)')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const place = [x, y, width, height].map((length) => Math.round(length));
    return [
      element.localName,
      element.className,
      place,
      ...properties.map((each) => style.getPropertyValue(each)),
    ].join(' | ');
  });
}
