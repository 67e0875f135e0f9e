import type { z } from 'astro/zod';
import { fieldSchema, shape } from '#authoring/schema.ts';
import { vocabulary } from '#model/vocabulary.ts';
import type { EditorComponent } from './blocks.ts';

/** Components that stand alone: what they show is elsewhere. */
const withoutText = new Set(['Video', 'WhitepaperCard', 'EpisodeCard', 'Retention']);

/** Each component of the vocabulary, with the attributes that its schema has. */
export const editorComponents = (): EditorComponent[] =>
  Object.entries(vocabulary).map(([id, schema]) => {
    const attributes = Object.keys(shape(schema) ?? {});
    const hasText = !withoutText.has(id);
    return {
      id,
      label: id.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' '),
      attributes,
      hasText,
      fields: [
        ...attributes.map((name) => attributeField(schema, name)),
        ...(hasText ? [{ name: 'text', label: 'Content', widget: 'markdown', required: false } as const] : []),
      ],
    };
  });

function attributeField(schema: z.ZodType, name: string) {
  const { description = '' } = fieldSchema(schema, [name]).meta;
  const required = !shape(schema)?.[name]?.safeParse(undefined).success;
  return { name, label: name, widget: 'string', required, hint: description } as const;
}
