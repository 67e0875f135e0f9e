import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fixtureStore, keepFixtureComments } from './fixture-comments.ts';

/** Where the fixture series is built, once for all tests that look at a built site. */
export const fixtureOutput = 'node_modules/.cache/fixture-site';

/** What the built fixture calls itself. */
export const fixtureSite = 'https://lighthouse.example.com';

/** The moment as which the fixture is built: all but its scheduled entry are published. */
export const fixtureMoment = '2026-01-15T12:00:00Z';

let built: Promise<void> | undefined;

/** Vitest's global set-up: builds the fixture series as an owner would build a site. */
export function setup(): Promise<void> {
  return (built ??= buildFixture());
}

async function buildFixture(): Promise<void> {
  await keepFixtureComments();
  const { code, output } = await build(
    { CONTENT_DIR: 'tests/fixtures/series', SITE_URL: fixtureSite, NOW: fixtureMoment, VAR_DIR: fixtureStore },
    fixtureOutput,
  );
  if (code !== 0) throw new Error(`The fixture series does not build:\n${output}`);
}

/** Runs a build as `npm run build` does, of the project in `cwd`. Resolves to its exit code and all that it printed. */
export async function build(
  variables: Record<string, string>,
  output: string,
  cwd = process.cwd(),
): Promise<{ code: number; output: string }> {
  // Vitest has set these for itself; in Astro's configuration they would say that this is `dev`.
  const { DEV: _dev, PROD: _prod, MODE: _mode, SSR: _ssr, BASE_URL: _base, ...env } = process.env;
  const options = {
    cwd,
    env: {
      ...env,
      ASTRO_TELEMETRY_DISABLED: '1',
      NODE_ENV: 'production',
      NO_COLOR: '1',
      FORCE_COLOR: '0',
      ...variables,
    },
    maxBuffer: 1e8,
  };
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['node_modules/astro/bin/astro.mjs', 'build', '--outDir', output],
      options,
    );
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}
