import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { relatedTests } from '../../bench/mutations/related-tests.ts';

/** A project of these files. */
function project(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'related-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

test('a fault is shown to the tests that import its file, and to those that start it', () => {
  const root = project({
    'src/server/main.ts': `import { answer } from './answer.ts';`,
    'src/server/answer.ts': `export { kept } from '#capture/kept.ts';`,
    'src/server/threaded.ts': `new Worker(new URL('main.ts', import.meta.url));`,
    'src/capture/kept.ts': `import './answer.ts';`,
    'tests/unit/kept.test.ts': `import type { Kept } from '#capture/kept.ts';`,
    'tests/unit/answer.test.ts': `import { answer } from '../../src/server/answer.ts';`,
    'tests/unit/threaded.test.ts': `await import('#server/threaded.ts');`,
    'tests/server/program.ts': `spawn(process.execPath, ['src/server/main.ts']);`,
    'tests/server/program.test.ts': `import { program } from './program.ts';`,
  });
  const seeing = ['tests/server/program.test.ts', 'tests/unit/threaded.test.ts'];
  expect(relatedTests(root, 'src/server/main.ts')).toEqual(seeing);
  expect(relatedTests(root, 'src/server/answer.ts')).toEqual([seeing[0], 'tests/unit/answer.test.ts', seeing[1]]);
  expect(relatedTests(root, 'src/capture/kept.ts')).toEqual([
    ...[seeing[0], 'tests/unit/answer.test.ts', 'tests/unit/kept.test.ts', seeing[1]],
  ]);
});
