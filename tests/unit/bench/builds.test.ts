import { describe, expect, test } from 'vitest';
import { measure, unmeasurable } from '../../bench/build/processes.ts';
import { type Build, memoryPerEntry, table } from '../../bench/build/table.ts';

const build = (generator: string, state: string, cpu: number, memory = 0, entries = 100): Build => ({
  ...{ generator, state, cpu, memory, entries },
});

test('the table shows medians, and what they are of those of the reference', () => {
  const builds = [
    ...[30, 10, 20].map((cpu) => build('ours', 'first', cpu, cpu * 10 ** 7)),
    build('ours', 'pictures kept', 4),
    build('ours', 'only ours', 4),
    ...[4, 12].map((cpu) => build('theirs', 'first', cpu)),
  ];
  const rows = table(builds, 'theirs', { 'pictures kept': 'first' }).split('\n').slice(2);
  expect(rows).toEqual([
    '| ours | first | 20.0 s | 2.50 x | 200 MB |',
    '| ours | pictures kept | 4.00 s | 0.50 x | 0 MB |',
    '| ours | only ours | 4.00 s | – | 0 MB |',
    '| theirs | first | 8.00 s | 1.00 x | 0 MB |',
  ]);
});

test('the memory of an entry is what one more costs, between the two largest sizes', () => {
  const of = (entries: number, memory: number) => build('ours', 'first', 1, memory, entries);
  expect(memoryPerEntry([of(1000, 7000), of(5000, 9000), of(100, 10), of(1000, 9000), of(1000, 5000)])).toBe(0.5);
  expect(memoryPerEntry([of(1000, 7000), of(1000, 9000)])).toBeUndefined();
});

/** Burns 0.3 s of CPU with 200 MB at hand. */
const work = `const held = Buffer.alloc(200e6, 1);
  for (let used = 0; used < 3e5; used = process.cpuUsage().user + process.cpuUsage().system)
    for (let i = 0; i < 1e6; i += 1) held[i] += 1;`;
const measured = (script: string) =>
  measure({
    command: process.execPath,
    args: ['-e', `const { spawn, spawnSync } = require('node:child_process'); ${script}`],
    folder: '.',
  });

describe.runIf(process.platform === 'linux')('a command', () => {
  test('is measured with the children of its children', async () => {
    const { code, output, cpu, memory } = await measured(
      `spawnSync(process.execPath, ['-e', ${JSON.stringify(work)}]); console.log('done'); process.exit(3)`,
    );
    expect([code, output]).toEqual([3, 'done\n']);
    expect(cpu).toBeGreaterThanOrEqual(0.3);
    expect(memory).toBeGreaterThan(200e6);
  });

  test('is measured with what it leaves behind, which is ended', async () => {
    const staying = `${work} process.send(1); setInterval(() => {}, 1e6)`;
    const { code, cpu } = await measured(
      `spawn(process.execPath, ['-e', ${JSON.stringify(staying)}], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }).on('message', () => process.exit())`,
    );
    expect(code).toBe(0);
    expect(cpu).toBeGreaterThanOrEqual(0.3);
  });
});

test('where there is no /proc, it is said', () => {
  expect(unmeasurable('darwin')).toContain('darwin');
  expect(unmeasurable('linux')).toBeUndefined();
});
