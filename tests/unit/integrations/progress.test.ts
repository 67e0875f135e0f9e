import { expect, test } from 'vitest';
import { outcome, progress } from '#integrations/progress.ts';

test('work says how far it is every three seconds, and nothing where it ends before', () => {
  const said: string[] = [];
  let now = 5_000;
  const show = progress(
    (line) => said.push(line),
    'Rendered',
    'files',
    () => now,
  );
  for (let count = 1; count <= 2000; count += 1) {
    show(count, 2000);
    now += 4;
  }
  expect(said).toEqual(['Rendered 751 of 2,000 files', 'Rendered 1,501 of 2,000 files']);
});

test.each([
  [0, 'Read 0 of 1,820 pages; 1,820 are as they were'],
  [1819, 'Read 1,819 of 1,820 pages; 1 is as it was'],
  [1820, 'Read 1,820 of 1,820 pages'],
])('work that was done %i times says what it reused', (count, line) => {
  expect(outcome('Read', count, 1820, 'pages')).toBe(line);
});
