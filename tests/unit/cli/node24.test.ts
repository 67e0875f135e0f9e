import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

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

  it('meets no script that would run on its own Node', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const others = Object.values(scripts).flatMap((script) =>
      script.split(' && ').filter((part) => !part.startsWith(`node ${launcher} `) && !/(^|\s)npm /.test(part)),
    );
    expect(others).toEqual([]);
  });
});
