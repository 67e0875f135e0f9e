import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, problemsIn } from '../authoring/content-folder.ts';

/** The guide, with the names that the content of these tests has. */
const guide = Object.entries({
  'joel-capperella': 'ada-drizzle',
  'matt-mcdarby': 'otto-brolly',
  'customer-advocacy': 'rain-forecasts',
  'shared-goals': 'spare-handles',
}).reduce((text, [name, known]) => text.replaceAll(name, known), readFileSync('content/README.md', 'utf8'));

/** Each example with the heading that it stands under. */
const examples = guide.split(/^## /m).flatMap((section) => {
  const [heading = ''] = section.split('\n', 1);
  return [...section.matchAll(/^```(yaml|mdx)\n([^]*?)^```$/gm)].map(([, kind = '', text = '']) => ({
    heading,
    kind,
    text,
  }));
});

const post = 'posts/the-dry-pipeline/index.mdx';
const written = readFileSync(`tests/fixtures/invalid/base/${post}`, 'utf8');

const aPost = 'title: A post\npublishedAt: 2026-01-01\nsummary: It says.';
const photo = readFileSync('tests/fixtures/invalid/base/episodes/rain-is-a-lead/cover.jpg');

/** Where an example would be written, and what is then in that file. */
function fileWith({ heading, kind, text }: (typeof examples)[number]): [file: string, text: string] {
  if (kind === 'mdx') return [post, `${written}\n${text}`];
  if (!text.startsWith('---')) {
    const [folder, name] = heading === 'A person' ? ['people', 'name: Some Person'] : ['posts', aPost];
    return [`${folder}/from-the-guide/index.mdx`, `---\n${name}\n${text}---\n\nIt says.\n`];
  }
  const entry = `${text}\nIt says.\n`;
  if (heading === 'A partner') return ['partners/some-partner.mdx', entry];
  return ['episodes/from-the-guide.mdx', entry.replace(/^number: 1$/m, 'number: 901')];
}

test('the guide has examples of fields and of text', () => {
  expect(new Set(examples.map(({ kind }) => kind))).toEqual(new Set(['yaml', 'mdx']));
  expect(examples.length).toBeGreaterThan(4);
});

test.each(examples)('the $kind of the guide under "$heading" passes the check', async (example) => {
  const [file, text] = fileWith(example);
  expect(
    await problemsIn(
      await folderWith({
        [file]: text,
        ...(text.includes('./photo.jpg') && { [join(dirname(file), 'photo.jpg')]: photo }),
      }),
    ),
  ).toEqual([]);
});
