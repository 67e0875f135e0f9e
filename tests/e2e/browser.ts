import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian, Ubuntu, Fedora, macOS and Windows put a Chromium or Chrome. */
const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** How a browser is started: the binary, and the variables that it needs to find its libraries and fonts. */
export interface BrowserBinary {
  path: string;
  env: Record<string, string>;
}

/**
 * The browser of the tests: the one that `CHROMIUM_PATH` names, an installed one, or the one in the npm package
 * `@sparticuz/chromium`. Throws an error that says how to fix it when none of them runs.
 */
export async function findBrowser(): Promise<BrowserBinary> {
  const asked = process.env['CHROMIUM_PATH'];
  if (asked) {
    if (existsSync(asked)) return { path: asked, env: {} };
    throw new Error(`CHROMIUM_PATH=${asked} is not there. Name a Chromium or Chrome, or unset it.`);
  }
  const found = installed.find((path) => existsSync(path));
  return found ? { path: found, env: {} } : packagedBrowser();
}

/** Starts the browser with nothing that would reach for another host. */
export async function launchBrowser({ path, env }: BrowserBinary): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({
    executablePath: path,
    env: { ...(process.env as Record<string, string>), ...env },
    args: [...args, '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'],
  });
}

/** Unpacks the browser of the npm package once, into the project's own cache: /tmp may be another user's. */
async function packagedBrowser(): Promise<BrowserBinary> {
  const cache = resolve('node_modules/.cache');
  const manifest = JSON.parse(await readFile('node_modules/@sparticuz/chromium/package.json', 'utf8')) as {
    version: string;
  };
  const folder = join(cache, `chromium-${manifest.version}`);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    const unpacking = await mkdtemp(join(cache, 'unpacking-'));
    await withTemporaryFolder(unpacking, async () => {
      const { default: packaged, inflate } = await import('@sparticuz/chromium');
      await packaged.executablePath();
      await inflate(resolve('node_modules/@sparticuz/chromium/bin/al2023.tar.br'));
    });
    await rename(unpacking, folder).catch(() => rm(unpacking, { recursive: true, force: true }));
  }
  const path = join(folder, 'chromium');
  const fonts: Record<string, string> = existsSync('/etc/fonts/fonts.conf')
    ? {}
    : { FONTCONFIG_PATH: join(folder, 'fonts') };
  const tries = [fonts, { ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') }];
  for (const env of tries) if (await runs(path, env)) return { path, env };
  throw new Error(
    'No browser runs here. Either of these fixes it:\n' +
      '  apt-get update && apt-get install -y chromium\n' +
      '  CHROMIUM_PATH=/path/to/chrome npm test',
  );
}

const runs = (path: string, env: Record<string, string>) =>
  promisify(execFile)(path, ['--version'], { env: { ...process.env, ...env } }).then(
    () => true,
    () => false,
  );

/** The package unpacks into the system's folder for temporary files, whichever that is at the time. */
async function withTemporaryFolder(folder: string, task: () => Promise<unknown>): Promise<void> {
  const { TMPDIR: before } = process.env;
  process.env['TMPDIR'] = folder;
  try {
    await task();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}
