import { cp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Edition, readEdition } from '#authoring/edition.ts';
import { Memory } from '#authoring/memory.ts';
import { caseNames, folderOf } from './content-folder.ts';

let folder: string;
let memory: Memory;

beforeEach(async () => {
  folder = await folderOf('base');
  memory = new Memory();
});

const source = () => ({
  path: folder,
  clock: { now: new Date('2026-01-15T12:00:00Z'), preview: true },
  publicFolder: resolve('public'),
});

/** What pages and authors get of an edition. */
const told = ({ problems, content, pictures, texts, catalog, isComplete }: Edition) => ({
  ...{ problems, content, pictures, texts, catalog, isComplete },
});

/** The edition after a save. It must be what one would be that knows nothing of those before. */
async function renewed(): Promise<Edition> {
  const edition = await readEdition(source(), memory);
  expect(told(edition)).toEqual(told(await readEdition(source())));
  return edition;
}

describe('an edition that remembers the one before is as one that does not', () => {
  test.for(caseNames)('when "%s" comes, and when it is put right', async (name) => {
    await renewed();
    await cp(join('tests/fixtures/invalid', name), folder, { recursive: true });
    await renewed();
    for (const file of await readdir(folder)) await rm(join(folder, file), { recursive: true });
    await cp('tests/fixtures/invalid/base', folder, { recursive: true });
    expect((await renewed()).problems).toEqual([]);
  });

  const drawing = (width: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="1"/>`;

  test('when a picture that a body names comes, changes, breaks and goes', async () => {
    const text = '---\ntitle: A\nsummary: B.\n---\n\n![A drawing](./a.svg)\n';
    await writeFile(join(folder, 'pages/drawn.mdx'), text);
    const digests: unknown[] = [];
    for (const picture of [undefined, drawing(1), drawing(2), 'none', drawing(2)]) {
      if (picture) await writeFile(join(folder, 'pages/a.svg'), picture);
      const { catalog } = await renewed();
      digests.push(catalog.pages.find(({ slug }) => slug === 'drawn')?.body.digest);
    }
    expect(new Set(digests).size).toBe(3);
    await rm(join(folder, 'pages/a.svg'));
    expect((await renewed()).problems.map(({ what }) => what)).toEqual([expect.stringContaining('no picture ./a.svg')]);
  });

  test('when what a body names goes', async () => {
    await writeFile(join(folder, 'pages/a.svg'), drawing(1));
    await writeFile(join(folder, 'a.js'), 'export const one = 1;\n');
    await writeFile(join(folder, 'pages/drawn.mdx'), '---\ntitle: A\nsummary: B.\n---\n\n![A drawing](./a.svg)\n');
    await writeFile(
      join(folder, 'pages/counted.mdx'),
      '---\ntitle: A\nsummary: B.\n---\n\nimport { one } from "../a.js";\n\n{one}\n',
    );
    expect((await renewed()).problems).toEqual([]);
    await rm(join(folder, 'a.js'));
    expect((await renewed()).problems).toHaveLength(1);
    await rm(join(folder, 'pages/a.svg'));
    expect((await renewed()).problems).toHaveLength(2);
  });

  test('when somebody comes who could be meant', async () => {
    const text = '---\ntitle: A\nsummary: B.\n---\n\n<Exchange>\n<Line>Hello.</Line>\n</Exchange>\n';
    await writeFile(join(folder, 'pages/spoken.mdx'), text);
    expect((await renewed()).problems.map(({ nearest }) => nearest)).toEqual(['ada-drizzle']);
    await cp(join(folder, 'people/ada-drizzle'), join(folder, 'people/aaron'), { recursive: true });
    expect((await renewed()).problems.map(({ nearest }) => nearest)).toContain('aaron');
  });

  test('when an entry is renamed that others name', async () => {
    await renewed();
    await rename(join(folder, 'people/ada-drizzle'), join(folder, 'people/ada-drizzles'));
    const { problems } = await renewed();
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.map(({ nearest }) => nearest)).toContain('ada-drizzles');
    await rename(join(folder, 'people/ada-drizzles'), join(folder, 'people/ada-drizzling'));
    expect((await renewed()).problems.map(({ nearest }) => nearest)).toContain('ada-drizzling');
  });

  test('when a file is put in the place of another with the same length', async () => {
    const file = join(folder, 'pages/note.mdx');
    const page = (word: string) => `---\ntitle: A\nsummary: B.\n---\n\nIt is ${word}.\n`;
    await writeFile(file, page('one'));
    await renewed();
    await writeFile(`${file}.new`, page('two'));
    await rename(`${file}.new`, file);
    expect((await renewed()).texts.get('pages/note')?.mdx).toContain('It is two.');
  });
});

test('only what has changed is read again', async () => {
  const before = await renewed();
  await writeFile(join(folder, 'pages/note.mdx'), '---\ntitle: A\nsummary: B.\n---\n\nIt is.\n');
  const after = await renewed();
  expect(
    after.folder.entries.filter((entry) => !before.folder.entries.includes(entry)).map(({ slug }) => slug),
  ).toEqual(['note']);
});
