import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { vi } from 'vitest';
import { freePort } from '../free-port.ts';
import type { BrowserWindow, Point, RunningBrowser } from './browser-window.ts';
import { desktop } from './site.ts';

const driver = '/usr/bin/WebKitWebDriver';
const screen = '/usr/bin/Xvfb';

/** Whether WebKitGTK can be driven here, on a screen that nobody sees: as Debian and Ubuntu install it. */
export const hasWebKit = (): boolean => existsSync(driver) && existsSync(screen);

/** Starts a WebKitGTK with its driver, which speaks WebDriver (https://www.w3.org/TR/webdriver2/), and a screen. */
export async function launchWebKit(): Promise<RunningBrowser> {
  const server = spawn(screen, ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [display] = (await once(server.stdio[3] as Readable, 'data')) as [Buffer];
  const port = await freePort();
  const webDriver = spawn(driver, [`--port=${port}`], {
    env: { ...process.env, DISPLAY: `:${display.toString().trim()}` },
    stdio: 'ignore',
  });
  const address = `http://127.0.0.1:${port}`;
  await vi.waitFor(() => fetch(`${address}/status`), { timeout: 10_000 });
  return {
    openWindow: () => openWindow(address),
    async close() {
      await ended(webDriver);
      await ended(server);
    },
  };
}

/** A session has a profile and a window of its own. */
async function openWindow(address: string): Promise<BrowserWindow> {
  const { sessionId } = await command<{ sessionId: string }>(`${address}/session`, {
    capabilities: { alwaysMatch: { browserName: 'MiniBrowser' } },
  });
  const session = `${address}/session/${sessionId}`;
  await command(`${session}/window/rect`, desktop);
  const act = (type: string, actions: object[], more: object = {}) =>
    command(`${session}/actions`, { actions: [{ type, id: type, ...more, actions }] });
  return {
    open: (url) => command(`${session}/url`, { url }),
    ask: (question, ...args) =>
      command(`${session}/execute/sync`, { script: `return (${String(question)}).apply(null, arguments)`, args }),
    clickAt: ({ x, y }: Point) =>
      act('pointer', [
        { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]),
    type: (text) =>
      act(
        'key',
        [...text].flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]),
      ),
    close: () => command(session, undefined, 'DELETE'),
  };
}

/** Asks the driver for something; throws its own words where it cannot do it. */
async function command<Value = void>(address: string, body?: object, method = 'POST'): Promise<Value> {
  const response = await fetch(address, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: Value & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill();
  await once(child, 'exit');
}
