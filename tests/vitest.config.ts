import { defineConfig } from 'vitest/config';

const minute = 60_000;
const failingBuilds = 'tests/build/author-errors.test.ts';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
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
          exclude: [failingBuilds],
          globalSetup: 'tests/fixture-site.ts',
          testTimeout: minute,
          hookTimeout: minute,
        },
      },
      // Builds share a folder of Astro's: those of these tests come when nothing else looks at it.
      {
        test: {
          name: 'failing-builds',
          include: [failingBuilds],
          testTimeout: minute,
          hookTimeout: minute,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: 'tests/fixture-site.ts',
          testTimeout: minute,
          hookTimeout: minute,
        },
      },
    ],
  },
});
