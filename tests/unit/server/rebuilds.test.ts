import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildSite, rebuilds } from '#server/rebuilds.ts';

const minute = 60_000;

/** A clock to be set, and builds that end when they are told to. */
function scene(due: number | undefined) {
  const scene = {
    now: 0,
    due,
    comments: undefined as number | undefined,
    lines: [] as string[],
    builds: [] as PromiseWithResolvers<void>[],
    signals: [] as AbortSignal[],
  };
  const schedule = rebuilds({
    due: () => [
      { at: scene.due, why: 'An entry is due' },
      { at: scene.comments, why: 'Comments have changed' },
    ],
    build: (signal) => {
      const build = Promise.withResolvers<void>();
      scene.builds.push(build);
      scene.signals.push(signal);
      return build.promise;
    },
    now: () => scene.now,
    log: (line) => scene.lines.push(line),
  });
  const at = (now: number) => {
    scene.now = now;
    schedule.check();
    return scene.builds.length;
  };
  const ended = () => new Promise((resolve) => setImmediate(resolve));
  return { scene, schedule, at, ended };
}

test('a build begins when an entry is due, and one at a time', () => {
  const { at, scene: it } = scene(10 * minute);
  expect([at(0), at(10 * minute - 1), at(10 * minute), at(11 * minute)]).toEqual([0, 0, 1, 1]);
  expect(it.lines).toEqual(['An entry is due: the site is built anew']);
});

test('a build is for whatever is due first', () => {
  const { at, scene: it } = scene(20 * minute);
  it.comments = 10 * minute;
  expect([at(10 * minute - 1), at(10 * minute)]).toEqual([0, 1]);
  expect(it.lines).toEqual(['Comments have changed: the site is built anew']);
});

test('without an entry that is due nothing is built', () => {
  expect(scene(undefined).at(10 * minute)).toBe(0);
});

test('after a build the next one waits for the next entry, and a quarter of a minute at least', async () => {
  const { scene: it, at, ended } = scene(0);
  at(0);
  it.builds[0]?.resolve();
  await ended();
  // What was built still says the same: it is built elsewhere, or of other content.
  expect([at(minute / 4 - 1), at(minute / 4)]).toEqual([1, 2]);
  it.builds[1]?.resolve();
  await ended();
  it.due = 20 * minute;
  expect([at(19 * minute), at(20 * minute)]).toEqual([2, 3]);
});

test('a build that fails is told once with what it printed, and tried again after ten minutes', async () => {
  const { scene: it, schedule, at, ended } = scene(0);
  at(0);
  it.builds[0]?.reject(new Error('posts/fog/index.mdx, line 3: no title'));
  await ended();
  expect(it.lines.at(-1)).toBe(
    'The site could not be built; again in 10 minutes. posts/fog/index.mdx, line 3: no title',
  );
  expect(schedule.failure).toBe('The site could not be built when that was due');
  expect([at(9 * minute), at(10 * minute)]).toEqual([1, 2]);
  it.builds[1]?.resolve();
  await ended();
  expect(schedule.failure).toBeUndefined();
});

test('a server that stops ends the build, and begins none', async () => {
  const { scene: it, schedule, at, ended } = scene(0);
  at(0);
  schedule.stop();
  expect(it.signals[0]?.aborted).toBe(true);
  it.builds[0]?.reject(new Error('aborted'));
  await ended();
  expect(at(20 * minute)).toBe(1);
  expect(schedule.failure).toBeUndefined();
});

describe('the program that builds', () => {
  /** Builds by this code; what that writes into the file `said` is there afterwards. */
  async function build(code: string, signal = new AbortController().signal) {
    const folder = await mkdtemp(join(tmpdir(), 'builder-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const builder = join(folder, 'builder.mjs');
    await writeFile(builder, `import { writeFileSync } from 'node:fs'; import * as os from 'node:os';\n${code}`);
    await buildSite(join(folder, 'said'), builder)(signal);
    return readFile(join(folder, 'said'), 'utf8');
  }

  test('is told where to, and lets readers go first', async () => {
    const code = `
      const { ASTRO_TELEMETRY_DISABLED, PATH } = process.env;
      const begin = () => os.getPriority() === os.constants.priority.PRIORITY_LOW ? end() : setImmediate(begin);
      const end = () => writeFileSync(process.argv[4], JSON.stringify([process.argv.slice(2, 4), ASTRO_TELEMETRY_DISABLED, PATH]));
      begin();`;
    expect(JSON.parse(await build(code))).toEqual([['build', '--outDir'], '1', process.env['PATH']]);
  });

  test('fails with the end of what it printed', async () => {
    const code = `
      process.stdout.write('x'.repeat(5000) + ' line 3: no title\\n');
      process.stdout.write('', () => { console.error('It does not build'); process.exitCode = 1; });`;
    const failure = await build(code).catch((error: Error) => error.message);
    expect(failure).toMatch(/^x+ line 3: no title\nIt does not build$/);
    expect(failure.length).toBeLessThanOrEqual(2000);
  });

  test('is ended by its signal', async () => {
    const ending = new AbortController();
    const building = build('setInterval(() => {}, 1000);', ending.signal);
    ending.abort();
    await expect(building).rejects.toThrow(/abort/i);
  });

  test('that is not there is a failure', async () => {
    await expect(buildSite('x', '/nowhere/builder.mjs')(new AbortController().signal)).rejects.toThrow(/nowhere/);
  });
});
