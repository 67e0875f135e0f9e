import { defineConfig } from 'vitest/config';
import config from '../../vitest.config.ts';

const { POSTGRES_URL: postgresUrl } = process.env;

/** The tests as they are, but that nothing is built or started for them: the bench does so once for all faults. */
export default defineConfig({
  test: {
    ...config.test,
    projects: (config.test?.projects ?? []).map((project) => {
      if (typeof project !== 'object' || !('test' in project) || !project.test) return project;
      const { globalSetup: _once, ...test } = project.test;
      return { test: { ...test, ...(postgresUrl && { provide: { postgresUrl } }) } };
    }),
  },
});
