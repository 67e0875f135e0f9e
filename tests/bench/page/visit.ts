import type { Browser } from 'playwright-core';

/** What the first visit to a page cost. */
export interface Visit {
  /** Without pictures and recordings. */
  requests: number;
  /** Over the wire, headers too, without pictures and recordings. */
  bytes: number;
  /** Those of its own pictures. */
  pictures: number;
  /** Hosts besides its own. */
  others: string[];
  /** Milliseconds. */
  firstPaint: number;
  largestPaint: number;
  /** For which the main thread was held up beyond 50 ms at a time. */
  blocked: number;
  layoutShift: number;
}

/** Lighthouse's slow 4G as a browser applies it: each answer waits, and the line has 1.6 Mbit/s. */
const slow4G = {
  offline: false,
  latency: 562.5,
  downloadThroughput: (1474.56 * 1024) / 8,
  uploadThroughput: (675 * 1024) / 8,
};
const slowdown = 4;
const phone = { width: 412, height: 823 };

/** Visits a page for the first time on a phone with a bad line, and waits until nothing more comes. */
export async function visitFirst(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: phone, deviceScaleFactor: 1.75, isMobile: true });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', slow4G);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const asked = new Map<string, { isPicture: boolean; host: string }>();
    const visit = { requests: 0, bytes: 0, pictures: 0 };
    session.on('Network.requestWillBeSent', ({ requestId, type, request: { url } }) => {
      const { protocol, host } = new URL(url);
      if (protocol !== 'data:')
        asked.set(requestId, { isPicture: type === 'Image' || type === 'Media' || /\.(?:svg|ico)$/.test(url), host });
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const request = asked.get(requestId);
      if (!request) return;
      if (request.isPicture) visit.pictures += encodedDataLength;
      else {
        visit.bytes += encodedDataLength;
        visit.requests += 1;
      }
    });
    await page.addInitScript(watch);
    await page.goto(address, { waitUntil: 'networkidle' });
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
    const { host } = new URL(address);
    const others = [...new Set([...asked.values()].map((each) => each.host))].filter((each) => each !== host);
    return { ...visit, ...seen, others };
  } finally {
    await context.close();
  }
}

type Seen = Pick<Visit, 'firstPaint' | 'largestPaint' | 'blocked' | 'layoutShift'>;

/** Runs in the page. */
function watch(): void {
  const seen: Seen = { firstPaint: NaN, largestPaint: NaN, blocked: 0, layoutShift: 0 };
  Object.assign(globalThis, { seen });
  const observe = (type: string, each: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  observe('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') seen.firstPaint = startTime;
  });
  observe('largest-contentful-paint', ({ startTime }) => (seen.largestPaint = startTime));
  observe('longtask', ({ duration }) => (seen.blocked += Math.max(0, duration - 50)));
  observe('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) seen.layoutShift += value;
  });
}
