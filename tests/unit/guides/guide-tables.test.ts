import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { guideTables, withTables } from '#authoring/guide-tables.ts';

const guide = 'content/README.md';

// After a change of the model: npm test -- --project unit tests/unit/guides -u
test("the tables of the authors' guide are those that the model makes", async () => {
  const made = withTables(readFileSync(guide, 'utf8'));
  const formatted = await format(made, { ...(await resolveConfig(guide)), plugins: [], filepath: guide });
  await expect(formatted).toMatchFileSnapshot(resolve(guide));
});

test('each of them has its place there', () => {
  const text = readFileSync(guide, 'utf8');
  for (const name of Object.keys(guideTables)) expect(text).toContain(`<!-- table: ${name} -->`);
  expect(text.match(/<!-- table: /g)).toHaveLength(Object.keys(guideTables).length);
});
