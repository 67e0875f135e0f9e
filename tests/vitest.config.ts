import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const minute = 60_000;
/** Tests with builds or an author's server of their own, which share a folder of Astro's: one after the other, when nothing else looks at it. */
const ownBuilds = [
  'author-errors',
  'author-server',
  'author-walk',
  'browser-editor',
  'comments',
  'edition',
  'file-names',
  'import',
  'incremental',
  'odd-content',
  'preview',
  'transcripts',
].map((name) => `tests/build/${name}.test.ts`);

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    // Vitest leaves one core free; with two that would be half of the machine, and browsers often wait.
    maxWorkers: availableParallelism(),
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
      {
        test: {
          name: 'capture',
          include: ['tests/capture/**/*.test.ts'],
          globalSetup: 'tests/capture/postgres.ts',
          testTimeout: minute,
          hookTimeout: minute,
        },
      },
      {
        test: {
          name: 'server',
          include: ['tests/server/**/*.test.ts'],
          globalSetup: 'tests/fixture-site.ts',
          testTimeout: minute,
          hookTimeout: minute,
        },
      },
      {
        test: {
          name: 'build',
          include: ['tests/build/**/*.test.ts'],
          exclude: ownBuilds,
          globalSetup: 'tests/fixture-site.ts',
          testTimeout: minute,
          hookTimeout: minute,
        },
      },
      {
        test: {
          name: 'own-builds',
          include: ownBuilds,
          fileParallelism: false,
          testTimeout: minute,
          hookTimeout: minute,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/fixture-site.ts', 'tests/e2e/failed-tests.ts'],
          // Recordings play in real time, and a busy machine may cut one short: it is tried once more, and told.
          retry: 1,
          testTimeout: minute,
          hookTimeout: minute,
        },
      },
    ],
  },
});
