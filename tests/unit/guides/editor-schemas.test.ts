import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { editorSchemas } from '#authoring/editor-schemas.ts';

const fileOf = (name: string) => `.vscode/schemas/${name}.schema.json`;

// After a change of the model: npm test -- --project unit tests/unit/guides -u
test.each(Object.entries(editorSchemas))(
  'the schema of %s.yaml for editors is that of the model',
  async (name, make) => {
    const file = resolve(fileOf(name));
    const text = JSON.stringify(make());
    const formatted = await format(text, { ...(await resolveConfig(file)), plugins: [], filepath: file });
    await expect(formatted).toMatchFileSnapshot(file);
  },
);

test('editors are told of each, for the file in the content folder', () => {
  const settings = readFileSync('.vscode/settings.json', 'utf8');
  for (const name of Object.keys(editorSchemas))
    expect(settings).toContain(`"${fileOf(name)}": "content/${name}.yaml"`);
});

test('what an author may leave out is not asked for, and unknown fields are told', () => {
  const show = editorSchemas['show']?.() as { required: string[]; additionalProperties: boolean };
  expect(show.required).toContain('title');
  expect(show.required).not.toContain('pageSize');
  expect(show.additionalProperties).toBe(false);
});
