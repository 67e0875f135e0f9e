import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { fixtureOutput } from '../fixture-site.ts';
import { findBrowser, launchBrowser } from './browser.ts';
import { saveTrace, startTrace } from './failed-tests.ts';
import { freePort } from '../free-port.ts';

export const phone = { width: 375, height: 812 };
export const desktop = { width: 1280, height: 900 };

/** A server of the built fixture, with a store and mails of its own. */
export interface ServedSite {
  /** Its address, without a slash at its end; links in mails begin with it. */
  origin: string;
  /** The folder in which each mail becomes a file. */
  mails: string;
  process: ChildProcess;
  /** All that it has told. */
  told(): string;
  /** Resolves to its exit code when it has ended. */
  ended: Promise<number | null>;
  /** Ends the server and deletes all that it kept. */
  stop(): Promise<void>;
}

/**
 * Starts the server as an owner would, and resolves once it listens. `env` is beside the variables that it needs; what
 * it keeps is deleted when it stops, unless `VAR_DIR` is among them.
 */
export async function serveFixture(env: Record<string, string> = {}): Promise<ServedSite> {
  const own = env['VAR_DIR'] === undefined ? await mkdtemp(join(tmpdir(), 'd-files-')) : undefined;
  const kept = env['VAR_DIR'] ?? own ?? '';
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, ['src/server/main.ts'], {
    env: {
      ...process.env,
      ...{ DIST_DIR: fixtureOutput, VAR_DIR: kept, HOST: '127.0.0.1', PORT: String(port), SITE_URL: origin },
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => server.once('exit', (code) => resolve(code)));
  let told = '';
  server.stdout?.on('data', (chunk: Buffer) => (told += chunk.toString()));
  await listening(server);
  return {
    origin,
    mails: join(kept, 'mail'),
    process: server,
    told: () => told,
    ended,
    async stop() {
      server.kill();
      await ended;
      if (own !== undefined) await rm(own, { recursive: true, force: true });
    },
  };
}

/** How a test visits the site: in a fresh browser profile, which ends with it. */
export interface Visits {
  (options?: BrowserContextOptions): Promise<Page>;
  /** The server of the tests of this file. */
  served(): ServedSite;
}

/**
 * Serves the built fixture and starts a browser for the tests of a file. The function that it returns begins a visit
 * in a fresh browser profile; it ends with its test, which fails if a page asked another host for anything or broke
 * its own Content-Security-Policy. A test that fails leaves pictures and a trace of its visits.
 */
export function useSite(env: Record<string, string> = {}): Visits {
  let site: ServedSite;
  let browser: Browser;

  beforeAll(async () => {
    [site, browser] = await Promise.all([serveFixture(env), findBrowser().then(launchBrowser)]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  const visit = async (options: BrowserContextOptions = {}) => {
    const { origin } = site;
    const context = await browser.newContext({ viewport: desktop, baseURL: origin, ...options });
    const foreign: string[] = [];
    const refused: string[] = [];
    await context.route(
      (url) => url.origin !== origin,
      (route) => {
        foreign.push(route.request().url());
        return route.abort();
      },
    );
    context.on('console', (message) => {
      if (/content security policy/i.test(message.text())) refused.push(message.text());
    });
    await startTrace(context);
    onTestFinished(async ({ task }) => {
      const isGood = task.result?.state !== 'fail' && foreign.length + refused.length === 0;
      if (!isGood) await saveTrace(context, task.fullTestName);
      // A trace that nobody saves ends with it.
      await context.close();
      expect(foreign).toEqual([]);
      expect(refused).toEqual([]);
    });
    return context.newPage();
  };
  return Object.assign(visit, { served: () => site });
}

/** Resolves when the server says that it listens. */
function listening(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened`)));
    let printed = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('The site is at http://')) resolve();
    });
  });
}
