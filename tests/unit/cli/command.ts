import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What a command printed, and how it ended. */
export interface Outcome {
  code: number;
  output: string;
  errors: string;
}

/** Runs a command of `src/cli` on a content folder as of a fixed day. */
export async function run(command: string, contentFolder: string, ...args: string[]): Promise<Outcome> {
  const env = {
    ...process.env,
    ...{ CONTENT_DIR: contentFolder, NOW: '2026-01-15T12:00:00Z', SITE_URL: 'https://drip.example', NO_COLOR: '1' },
    FORCE_COLOR: '0',
  };
  try {
    const run = promisify(execFile)(process.execPath, [`src/cli/${command}.ts`, ...args], { env });
    const { stdout, stderr } = await run;
    return { code: 0, output: stdout, errors: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout, errors: stderr };
  }
}
