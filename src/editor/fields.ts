import { z } from 'astro/zod';
import { fieldSchema, type FieldSchema, shape, unionOptions } from '#authoring/schema.ts';
import { byFieldOrder } from '#model/field-order.ts';
import type { EditorField } from './editor-field.ts';
import { timePattern, typeKey } from './form.ts';

/** What is known of the content when the fields are made. */
export interface KnownEntries {
  /** They have a file together, of which a field can point to none. */
  topics: readonly NamedEntry[];
  /** All entries of each collection that has some in a file without a folder: a field points to one kind or the other. */
  mixed?: Readonly<Partial<Record<string, readonly NamedEntry[]>>>;
}

export interface NamedEntry {
  slug: string;
  title: string;
}

/** The fields of a schema of the model, in the order in which they are read best. */
export function editorFields(schema: z.ZodType, known: KnownEntries): EditorField[] {
  return byFieldOrder(Object.keys(shape(schema) ?? {}), (name) => name).flatMap((name) => {
    const field = editorField(schema, name, known);
    return name === 'publishedAt' ? [field, timeField(field)] : [field];
  });
}

/** A day is chosen from a calendar; the hour, which few need, stands beside it and keeps its offset. */
const timeField = ({ name, label }: EditorField): EditorField => ({
  ...{ name: `${name}$time`, label: `${label}: time`, widget: 'string', required: false, preview: false },
  hint: 'The hour, with its distance from UTC; without one, midnight in the time zone of the series. For example: 09:00-05:00',
  pattern: [timePattern.source, 'An hour and its distance from UTC, as in 09:00-05:00'],
  timeOf: name,
});

function editorField(group: z.ZodType, name: string, known: KnownEntries): EditorField {
  const found = fieldSchema(group, [name]);
  const required = !shape(group)?.[name]?.safeParse(undefined).success;
  return {
    ...{ ...named(name), required, ...hint(found) },
    ...(!previewed.has(name) && { preview: false as const }),
    ...widget(found, known, name),
  };
}

/** What of an entry a reader sees first; the rest of its fields has no look of its own. */
const previewed = new Set(['title', 'subtitle', 'name', 'summary', 'cover', 'photo', 'logo', 'src', 'alt']);

const named = (name: string) => ({ name, label: ownLabels[name] ?? words(name) });

/** Names that say little to who has not read the guide. */
const ownLabels: Readonly<Record<string, string>> = {
  src: 'Picture',
  alt: 'What it shows',
  url: 'Address',
  guid: 'GUID',
};

/** `publishedAt` is "Published at". */
const words = (name: string): string => {
  const text = name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

function hint({ schema, meta: { description, examples: [example] = [] } }: FieldSchema): { hint?: string } {
  const shown = typeof example === 'string' && !(schema instanceof z.ZodEnum) ? ` For example: ${example}` : '';
  return description === undefined ? {} : { hint: description + shown };
}

/** A field whose form the editor does not know is an error: what is added to the model is to be seen here. */
function widget(
  { schema, meta }: FieldSchema,
  known: KnownEntries,
  name: string,
): Omit<EditorField, 'name' | 'label' | 'required' | 'hint'> {
  const entries = meta.reference === 'topics' ? known.topics : known.mixed?.[meta.reference ?? ''];
  if (entries) return choice(entries.map(({ slug, title }) => [title, slug]));
  if (meta.reference)
    return {
      widget: 'relation',
      collection: meta.reference,
      value_field: '{{slug}}',
      display_fields: [meta.reference === 'people' ? 'name' : 'title'],
    };
  if (meta.format === 'date') return { widget: 'datetime', type: 'date', format: 'YYYY-MM-DD' };
  if (meta.file) return fileField(meta.file);
  if (schema instanceof z.ZodEnum) return choice(schema.options.map((each) => [String(each), String(each)]));
  // A switch would write down a "no" that nobody said.
  if (schema instanceof z.ZodBoolean)
    return choice([
      ['Yes', true],
      ['No', false],
    ]);
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return textField(schema);
  if (schema instanceof z.ZodNumber) return numberField(schema);
  if (schema instanceof z.ZodObject)
    return { widget: 'object', collapsed: 'auto', fields: editorFields(schema, known) };
  if (schema instanceof z.ZodArray) return listField(schema, meta, known, name);
  if (schema instanceof z.ZodRecord) return { widget: 'keyvalue' };
  if (schema instanceof z.ZodUnion) return unionField(schema, known, name);
  throw new Error(`The editor has no field for "${name}" of the model: teach src/editor/fields.ts its type`);
}

const choice = (options: readonly (readonly [label: string, value: string | boolean])[]) =>
  ({
    widget: 'select',
    // Radio buttons cannot be left again.
    dropdown_threshold: 0,
    options: options.map(([label, value]) => ({ label, value })),
  }) as const;

const pictures = /^(?:jpe?g|png|webp|avif|gif|svg)$/;

const fileField = (endings: readonly string[]) =>
  ({
    widget: endings.every((ending) => pictures.test(ending)) ? 'image' : 'file',
    accept: endings.map((ending) => `.${ending}`).join(','),
    choose_url: false,
  }) as const;

function textField(schema: z.ZodString | z.ZodStringFormat) {
  const { maxLength } = schema;
  const { pattern, format } = jsonSchema(schema);
  return {
    widget: (maxLength ?? 0) > longLine ? 'text' : 'string',
    ...(maxLength !== null && { maxlength: maxLength }),
    ...(format === 'uri' && { type: 'url' }),
    // Flags are lost on the way; what needs them is left to the check.
    ...(typeof pattern === 'string' && format === undefined && !hasFlags(pattern)
      ? { pattern: [pattern, `is to be of this form: ${pattern}`] as [string, string] }
      : {}),
  } as const;
}

/** The longest text that is written in one line. */
const longLine = 200;

const hasFlags = (pattern: string) => /\\p\{|[A-Z]:|\\u/.test(pattern);

function numberField(schema: z.ZodNumber) {
  const { type, minimum, exclusiveMinimum, maximum } = jsonSchema(schema);
  const isWhole = type === 'integer';
  const least = typeof minimum === 'number' ? minimum : isWhole && exclusiveMinimum === 0 ? 1 : undefined;
  return {
    widget: 'number',
    value_type: isWhole ? 'int' : 'float',
    ...(least !== undefined && { min: least }),
    ...(typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER && { max: maximum }),
  } as const;
}

const jsonSchema = (schema: z.ZodType): Record<string, unknown> =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

function listField(schema: z.ZodArray, meta: FieldSchema['meta'], known: KnownEntries, name: string) {
  const item = fieldSchema(schema, [0], meta);
  const inner = widget(item, known, name);
  if (inner.widget === 'select' || inner.widget === 'relation') return { ...inner, multiple: true };
  if (inner.widget === 'object' && inner.fields)
    return { widget: 'list', collapsed: 'auto', fields: inner.fields } as const;
  return { widget: 'list', field: { ...named('value'), ...hint(item), ...inner } } as const;
}

/** The forms of a value: a file, a group, a list. A file or the address of one is one field; a moment is a text. */
function unionField(schema: z.ZodUnion, known: KnownEntries, name: string) {
  const options = unionOptions(schema);
  const files = options.find(({ meta }) => meta.file);
  const plain = options.filter(({ schema: option }) => option instanceof z.ZodString || option instanceof z.ZodURL);
  if (files?.meta.file && plain.length === options.length) return { ...fileField(files.meta.file), choose_url: true };
  if (options.some(({ schema: option }) => option instanceof z.ZodNumber))
    return { widget: 'string', isNumeric: true } as const;
  return {
    widget: 'object',
    collapsed: 'auto',
    typeKey,
    types: options.map((option) => {
      const fields = shape(option.schema);
      if (option.schema && fields) {
        const [first = 'group'] = Object.keys(fields);
        return { ...named(first), fields: editorFields(option.schema, known) };
      }
      const own = option.meta.file ? 'file' : 'list';
      return {
        name: own,
        label: words(own),
        fields: [{ ...named('value'), ...hint(option), ...widget(option, known, name) }],
      };
    }),
  } as const;
}
