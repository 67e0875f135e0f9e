import { existsSync } from 'node:fs';
import { type Browser, launch } from 'puppeteer-core';
import { findBrowser } from './browser.ts';
import type { RunningBrowser } from './browser-window.ts';
import { desktop } from './site.ts';

/** Where Debian, Ubuntu, Fedora, macOS and Windows put a Firefox. */
const installed = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** The Firefox that `FIREFOX_PATH` names, or an installed one. Throws where the named one is not there. */
export function findFirefox(): string | undefined {
  const asked = process.env['FIREFOX_PATH'];
  if (asked && !existsSync(asked)) throw new Error(`FIREFOX_PATH=${asked} is not there. Name a Firefox, or unset it.`);
  return asked || installed.find((path) => existsSync(path));
}

/** Starts a Firefox. `script` is whether pages run theirs. */
export async function launchFirefox(path: string, { script = true } = {}): Promise<RunningBrowser> {
  // Playwright drives a Firefox of its own only, which no distribution has.
  const browser = await launch({
    browser: 'firefox',
    executablePath: path,
    // What `rel=next` names would be fetched ahead, which no page asks for and its policy forbids.
    extraPrefsFirefox: { 'javascript.enabled': script, 'network.prefetch-next': false },
  });
  return driven(browser);
}

/** Starts the Chromium of the other tests, for what all browsers have to be able to do. */
export async function launchChromium(): Promise<RunningBrowser> {
  const { path, env } = await findBrowser();
  return driven(await launch({ executablePath: path, env: { ...process.env, ...env }, args: ['--no-sandbox'] }));
}

function driven(browser: Browser): RunningBrowser {
  return {
    async openWindow(origin, complain) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport(desktop);
      page.on('pageerror', (error) => complain(String(error)));
      page.on('request', (request) => {
        const { protocol, origin: asked } = new URL(request.url());
        if (protocol !== 'data:' && asked !== origin) complain(`asks for ${request.url()}`);
      });
      page.on('console', (message) => {
        if (message.text().startsWith(refused)) complain(message.text());
      });
      await page.evaluateOnNewDocument((refused) => {
        addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
          console.error(`${refused}: ${violatedDirective}, ${blockedURI}`),
        );
      }, refused);
      return {
        open: async (address) => void (await page.goto(address)),
        ask: async (question, ...args) => (await page.evaluate(question as never, ...(args as never))) as never,
        clickAt: ({ x, y }) => page.mouse.click(x, y),
        type: (text) => page.keyboard.type(text),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

const refused = 'Content Security Policy';
