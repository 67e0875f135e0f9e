import { expect, test } from 'vitest';
import { editorConfig, type EditorSite } from '#editor/config.ts';

interface Collection {
  name: string;
  folder?: string;
  path?: string;
  create?: boolean;
  fields?: { name: string; widget: string; options?: { label: string; value: string }[] }[];
}

const collectionsOf = (more: Partial<EditorSite>) =>
  editorConfig({ title: 'A series', address: 'https://example.com', folder: 'content', topics: [], ...more }).cms[
    'collections'
  ] as Collection[];

const ann = { slug: 'ann', title: 'Ann' };

test('entries without a folder have a list of their own, where there are some', () => {
  const names = collectionsOf({ mixed: { people: [ann] } }).map(({ name, folder, path }) => [name, folder, path]);
  expect(names).toContainEqual(['people', 'content/people', '{{slug}}/index']);
  expect(names).toContainEqual(['people-without-folder', 'content/people', '{{slug}}']);
  expect(names.filter(([name]) => name?.endsWith('without-folder'))).toHaveLength(1);
});

test('a field that names entries of both kinds has all of them to choose from', () => {
  const hosts = (more: Partial<EditorSite>) =>
    collectionsOf(more)
      .find(({ name }) => name === 'episodes')
      ?.fields?.find(({ name }) => name === 'hosts');
  expect(hosts({})).toMatchObject({ widget: 'relation', collection: 'people' });
  expect(hosts({ mixed: { people: [ann] } })).toMatchObject({
    widget: 'select',
    multiple: true,
    options: [{ label: 'Ann', value: 'ann' }],
  });
});
