import { expect, test } from 'vitest';
import { withSection } from '../../bench/results.ts';

const results = `# What the benches measured

Read with care.

## bench:build

Old builds.

### 100 entries

| a | b |

## bench:search

Searches.
`;

test('a bench replaces its own section, and leaves the others and their order as they are', () => {
  expect(withSection(results, 'bench:build', '### 40 entries\n\nNew builds.\n')).toBe(
    results.replace(/Old builds\.[^]*?(?=\n## )/, '### 40 entries\n\nNew builds.\n'),
  );
});

test('a section that is written again as it was changes nothing', () => {
  expect(withSection(results, 'bench:search', 'Searches.')).toBe(results);
});

test('a bench that has no section yet adds one, also where the name of another begins with its own', () => {
  expect(withSection(results, 'bench:sea', 'More.')).toBe(`${results}\n## bench:sea\n\nMore.\n`);
});

test('the first section brings the head of the page with it', () => {
  expect(withSection('', 'bench:build', 'Builds.')).toMatch(
    /^# What the benches measured\n\n[^#]+\n\n## bench:build\n\nBuilds\.\n$/,
  );
});
