import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const launcher = 'src/cli/node24.mjs';

/** A machine on whose PATH there is no Node. */
const env = { PATH: '/nowhere' };

const run = (...command: string[]) => spawnSync(process.execPath, [launcher, ...command], { env, encoding: 'utf8' });

describe('a machine with an older Node', () => {
  it('runs commands on the Node 24 that comes with the packages', () => {
    expect(run('node', '-p', 'process.version').stdout).toMatch(/^v24\./);
  });

  it('finds the commands of the packages, and passes their arguments and exit code on', () => {
    expect(run('node', '-e', 'process.exit(Number(process.argv[1]))', '3').status).toBe(3);
  });

  it('is told in words of a command that is not there', () => {
    const { status, stderr } = run('no-such-command');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^no-such-command cannot be run: .*\n$/);
  });

  it('stops what it runs when it is stopped', async () => {
    const started = "setInterval(() => {}, 1000); process.on('SIGTERM', () => process.exit(7)); console.log('started')";
    const child = spawn(process.execPath, [launcher, 'node', '-e', started], { env });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  describe('with a .env in its folder', () => {
    /** Runs a command there, with `given` set beforehand. */
    async function runIn(content: string, command: string[], given: Record<string, string> = {}) {
      const folder = await mkdtemp(join(tmpdir(), 'd-files-env-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      await writeFile(join(folder, '.env'), content);
      const options = { cwd: folder, env: { ...env, ...given }, encoding: 'utf8' } as const;
      return { folder, ...spawnSync(process.execPath, [resolve(launcher), ...command], options) };
    }
    const show = ['node', '-p', 'process.env.SITE_URL + " " + process.env.MAIL_FROM'];
    const content = 'SITE_URL=https://d-files.example # ours\nMAIL_FROM="Fog: The Series <hello@d-files.example>"\n';

    it('has what it sets', async () => {
      const { stdout } = await runIn(content, show);
      expect(stdout).toBe('https://d-files.example Fog: The Series <hello@d-files.example>\n');
    });

    it('has what was set before it, where both set it', async () => {
      const { stdout } = await runIn(content, show, { SITE_URL: 'https://other.example' });
      expect(stdout).toMatch(/^https:\/\/other\.example Fog/);
    });

    it('keeps a command of owners to it', async () => {
      const { folder, status } = await runIn('VAR_DIR=kept\n', [resolve('src/cli/migrate.ts')]);
      expect(status).toBe(0);
      expect(await readdir(join(folder, 'kept'))).toContain('d-files.db');
    });

    it('tests without it, and measures without it', async () => {
      const vitest = await runIn('NODE_OPTIONS=--no-such-option\n', ['vitest', '--version']);
      expect([vitest.status, vitest.stdout]).toEqual([0, expect.stringMatching(/^vitest/)]);
      const bench = await runIn('NODE_OPTIONS=--no-such-option\n', ['tests/away.ts']);
      expect(bench.stderr).toContain('MODULE_NOT_FOUND');
    });
  });

  it('meets no script that would run on its own Node', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const others = Object.values(scripts).flatMap((script) =>
      script.split(' && ').filter((part) => !part.startsWith(`node ${launcher} `) && !/(^|\s)npm /.test(part)),
    );
    expect(others).toEqual([]);
  });
});
