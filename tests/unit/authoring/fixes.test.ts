import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { fixContent } from '#authoring/fixes.ts';
import { inFieldOrder } from '#authoring/field-order.ts';
import { editionOf, folderWith, problemsIn } from './content-folder.ts';

const base = 'tests/fixtures/invalid/base';
const rain = 'episodes/rain-is-a-lead/index.mdx';
const text = await readFile(join(base, rain), 'utf8');

const fix = async (folder: string, order = false) =>
  (await fixContent(() => editionOf(folder), { order })).map(({ file, nearest }) =>
    `${relative(folder, resolve(file))} ${nearest}`.trim(),
  );

test('what can only have been meant is written into its place, and the second time nothing is changed', async () => {
  const wrong = text
    .replace(/^publishedAt:.*$/m, 'publishedAt: "February 3, 2025" # a Monday')
    .replace('hosts:\n  - ada-drizzle\n  - otto-brolly', 'hosts: [ada-drizle, otto-brolly] # both')
    .replace('cover.jpg', 'covr.jpg')
    .replace(/^summary:/m, 'sumary:');
  const folder = await folderWith({ [rain]: wrong });
  expect((await problemsIn(folder)).length).toBeGreaterThanOrEqual(4);
  const fixes = await fix(folder);
  expect(fixes.toSorted()).toEqual(
    [`${rain} ./cover.jpg`, `${rain} 2025-02-03`, `${rain} ada-drizzle`, `${rain} summary`].toSorted(),
  );
  expect(await problemsIn(folder)).toEqual([]);
  const fixed = await readFile(join(folder, rain), 'utf8');
  expect(fixed).toContain('publishedAt: 2025-02-03 # a Monday');
  expect(fixed).toMatch(/^hosts: \[ada-drizzle, otto-brolly\] # both$/m);
  expect(await fix(folder)).toEqual([]);
  expect(await readFile(join(folder, rain), 'utf8')).toBe(fixed);
});

test('line ends stay as they are', async () => {
  const wrong = text.replace('cover.jpg', 'covr.jpg').replaceAll('\n', '\r\n');
  const folder = await folderWith({ [rain]: wrong });
  expect(await fix(folder)).toEqual([`${rain} ./cover.jpg`]);
  expect(await readFile(join(folder, rain), 'utf8')).toBe(wrong.replace('covr.jpg', 'cover.jpg'));
});

test('nothing is fixed that its author has to decide', async () => {
  const wrong = text
    .replace(/^publishedAt:.*$/m, 'publishedAt: 01/02/2025')
    .replace(/^summary:.*(?:\n {2}.*)*$/m, '# no summary')
    .replace('hosts:\n  - ada-drizzle\n  - otto-brolly', 'hosts: [somebody-else]');
  const folder = await folderWith({ [rain]: wrong });
  expect(await fix(folder)).toEqual([]);
  expect(await readFile(join(folder, rain), 'utf8')).toBe(wrong);
});

const unordered = `---
# yaml-language-server: $schema=x

draft: true
# Who is heard.
hosts:
  # first
  - ada

title: 'A "title"' # for now
cover: { src: ./a.jpg, alt: A }
summary: >-
  Two
  lines.
mood: wet
---

draft: not a field
`;

test('fields are put into their usual order with their lines and comments', () => {
  const ordered = inFieldOrder(unordered);
  expect(ordered).toBe(`---
# yaml-language-server: $schema=x

title: 'A "title"' # for now
summary: >-
  Two
  lines.
# Who is heard.
hosts:
  # first
  - ada

cover: { src: ./a.jpg, alt: A }
draft: true
mood: wet
---

draft: not a field
`);
  expect(inFieldOrder(ordered)).toBe(ordered);
});

test.each([
  ['---\nb: &x 1\ntitle: *x\n---\n'],
  ['---\n{ draft: true, title: A }\n---\n'],
  ['---\ndraft: [\ntitle: A\n---\n'],
  ['draft: true\ntitle: A\n'],
  ['---\ndraft: true\ntitle: A'],
])('an order that has a meaning, or that cannot be told, is left as it is: %j', (kept) => {
  expect(inFieldOrder(kept)).toBe(kept);
});
