import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';

/** What `npm run dev` starts, as an author has it. */
export interface DevServer {
  address: string;
  /** What it has printed. */
  said: () => string;
  stop: () => Promise<void>;
}

/** Starts it for a content folder, as of a fixed day. */
export async function startDevServer(folder: string, port: number): Promise<DevServer> {
  let said = '';
  // In a test of its own Astro serves no pages.
  const { VITEST: _, ...variables } = process.env;
  const env = {
    ...variables,
    ASTRO_TELEMETRY_DISABLED: '1',
    CONTENT_DIR: folder,
    NOW: '2026-01-15T12:00:00Z',
    NODE_ENV: 'development',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
  };
  const args = ['node_modules/astro/bin/astro.mjs', 'dev', '--port', String(port), '--force'];
  const server = spawn(process.execPath, args, { env });
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (data) => (said += data));
  await expect.poll(() => said, { timeout: 30_000 }).toContain('ready in');
  return {
    address: /http:\/\/localhost:\d+/.exec(said)?.[0] ?? '',
    said: () => said,
    stop: async () => {
      server.kill('SIGINT');
      await once(server, 'exit');
    },
  };
}
