import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';

/** Where a failed browser test leaves what it saw: `<test>.png` and `<test>.zip`, a trace for `npx playwright-core show-trace`. */
const folder = 'node_modules/.cache/failed-tests';

/** Vitest's global set-up: what an earlier run left says nothing about this one. */
export const setup = () => rm(folder, { recursive: true, force: true });

/**
 * Records what happens in a browser profile, so that it can be saved if the test fails. How the page was at each step
 * takes a fifth more time, so it is recorded only where nobody can run the test again at once, or asks for it: `CI=1`.
 */
export const startTrace = (context: BrowserContext) =>
  context.tracing.start({ snapshots: process.env['CI'] !== undefined });

/**
 * Saves how the pages of a profile look, and the trace of it. A page that shows nothing any more has no picture, and one
 * that is about to be left can keep its trace for ever.
 */
export async function saveTrace(context: BrowserContext, test: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = freePath(test);
  for (const [index, page] of context.pages().entries())
    await page
      .screenshot({ path: `${path}${index > 0 ? `-page-${index + 1}` : ''}.png`, timeout: 5000 })
      .catch(() => {});
  const saved = context.tracing.stop({ path: `${path}.zip` }).catch(() => {});
  await Promise.race([saved, setTimeout(10_000, undefined, { ref: false })]);
}

/** A path without an ending, named for a test. A test may have several visits. */
function freePath(test: string): string {
  const name = join(folder, test.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 120));
  let path = name;
  for (let visit = 2; existsSync(`${path}.zip`); visit += 1) path = `${name}-${visit}`;
  return path;
}
