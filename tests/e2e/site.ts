import { type ChildProcess, spawn } from 'node:child_process';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { fixtureOutput } from '../fixture-site.ts';
import { findBrowser, launchBrowser } from './browser.ts';

export const phone = { width: 375, height: 812 };
export const desktop = { width: 1280, height: 900 };

/**
 * Serves the built fixture and starts a browser for the tests of a file. The function that it returns begins a visit
 * in a fresh browser profile; it ends with its test, which fails if a page asked another host for anything.
 */
export function useSite(): (options?: BrowserContextOptions) => Promise<Page> {
  let server: ChildProcess;
  let origin = '';
  let browser: Browser;

  beforeAll(async () => {
    server = spawn(process.execPath, ['src/server/main.ts'], {
      env: { ...process.env, DIST_DIR: fixtureOutput, HOST: '127.0.0.1', PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    [origin, browser] = await Promise.all([listening(server), findBrowser().then(launchBrowser)]);
  });
  afterAll(async () => {
    await browser?.close();
    server.kill();
  });

  return async (options = {}) => {
    const context = await browser.newContext({ viewport: desktop, baseURL: origin, ...options });
    const foreign: string[] = [];
    await context.route(
      (url) => url.origin !== origin,
      (route) => {
        foreign.push(route.request().url());
        return route.abort();
      },
    );
    onTestFinished(async () => {
      await context.close();
      expect(foreign).toEqual([]);
    });
    return context.newPage();
  };
}

/** The address that the server prints once it listens. */
function listening(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened`)));
    let printed = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const address = /http:\/\/[\w.:[\]]+/.exec(printed)?.[0];
      if (address) resolve(address);
    });
  });
}
