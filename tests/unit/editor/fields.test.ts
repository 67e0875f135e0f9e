import { z } from 'astro/zod';
import { describe, expect, test } from 'vitest';
import { shape } from '#authoring/schema.ts';
import { editorConfig, editorSchemas } from '#editor/config.ts';
import { editorFields } from '#editor/fields.ts';

const config = editorConfig({
  ...{ title: 'A series', address: 'https://example.com', folder: 'content' },
  topics: [{ slug: 'goals', title: 'Goals' }],
});

describe('the editor', () => {
  test.each(Object.entries(editorSchemas))('has each field of the model: %s', (name, schema) => {
    const fields = config.formats.find(({ id }) => id === name)?.fields ?? [];
    const own = fields.filter(({ timeOf }) => timeOf === undefined);
    expect(own.map((field) => field.name).toSorted()).toEqual(Object.keys(shape(schema) ?? {}).toSorted());
    for (const field of fields) expect(field.hint, field.name).toBeTruthy();
  });

  test('is not made where it has no field for a type', () => {
    const schema = z.strictObject({ when: z.date() });
    expect(() => editorFields(schema, { topics: [] })).toThrow('The editor has no field for "when" of the model');
  });

  test('asks for what the model asks for', () => {
    const episode = config.formats.find(({ id }) => id === 'episodes')?.fields ?? [];
    const field = (name: string) => episode.find((each) => each.name === name);
    expect(field('title')).toMatchObject({ widget: 'string', required: true, maxlength: 140 });
    expect(field('season')).toMatchObject({ widget: 'number', required: false, value_type: 'int', min: 1 });
    expect(field('hosts')).toMatchObject({ widget: 'relation', collection: 'people', multiple: true });
    expect(field('topics')).toMatchObject({ widget: 'select', options: [{ label: 'Goals', value: 'goals' }] });
    expect(field('publishedAt')).toMatchObject({ widget: 'datetime', type: 'date', format: 'YYYY-MM-DD' });
    const time = new RegExp(field('publishedAt$time')?.pattern?.[0] ?? '');
    expect(['09:00-05:00', '09:00:00-05:00', '23:59Z'].every((each) => time.test(each))).toBe(true);
    expect(['09:00', '9:00Z', '24:00Z', '09:00 -05:00'].some((each) => time.test(each))).toBe(false);
    expect(field('cover')?.fields?.map(({ name, widget }) => [name, widget])).toEqual([
      ['src', 'image'],
      ['alt', 'text'],
    ]);
    expect(field('audio')?.types?.map(({ name }) => name)).toEqual(['file', 'url']);
    expect(field('audio')?.types?.map(({ label }) => label)).toEqual(['File', 'Address']);
    expect(field('chapters')?.types?.map(({ name }) => name)).toEqual(['file', 'list']);
  });
});
