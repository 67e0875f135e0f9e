import type { z } from 'astro/zod';
import { byFieldOrder } from '#model/field-order.ts';
import { vocabulary } from '#model/vocabulary.ts';
import { adviceKinds, type MessageKind, mistakeKinds } from './message-kinds.ts';
import { fieldSchema, shape } from './schema.ts';
import { schemas, showSchema, topicSchema } from './schemas.ts';
import { yamlLine } from './yaml.ts';

/** The tables of the author's guide that are made of what the code knows, by the names of their places there. */
export const guideTables: Readonly<Record<string, () => string>> = {
  episodes: () => fieldTable(schemas.episodes),
  people: () => fieldTable(schemas.people),
  posts: () => fieldTable(schemas.posts),
  whitepapers: () => fieldTable(schemas.whitepapers),
  partners: () => fieldTable(schemas.partners),
  pages: () => fieldTable(schemas.pages),
  show: () => fieldTable(showSchema, (fields) => fields),
  topics: () => fieldTable(topicSchema),
  components: () => componentTable(),
  mistakes: () => messageTable(mistakeKinds),
  advice: () => messageTable(adviceKinds),
};

type Fields = readonly (readonly [name: string, schema: z.ZodType])[];

const asRead = (fields: Fields): Fields => byFieldOrder(fields, ([name]) => name);

function fieldTable(schema: z.ZodType, order = asRead): string {
  const fields = order(Object.entries(shape(schema) ?? {}));
  return table(
    ['field', 'needed', 'what it is', 'for example'],
    fields.map(([name, field]) => {
      const { meta } = fieldSchema(schema, [name]);
      const [example] = meta.examples ?? [];
      const isNeeded = !field.safeParse(undefined).success;
      return [
        `\`${name}\``,
        isNeeded ? 'yes' : '',
        inText(meta.description ?? ''),
        example === undefined ? '' : `\`${yamlLine(name, example)}\``,
      ];
    }),
  );
}

/** Each attribute of each component, after the component. */
const componentTable = (): string =>
  table(
    ['component', 'attribute', 'needed', 'what it is'],
    Object.entries(vocabulary).flatMap(([name, schema]) => {
      const attributes = Object.entries(shape(schema) ?? {});
      if (attributes.length === 0) return [[`\`<${name}>\``, '', '', '']];
      return attributes.map(([attribute, field], i) => [
        i === 0 ? `\`<${name}>\`` : '',
        `\`${attribute}\``,
        field.safeParse(undefined).success ? '' : 'yes',
        inText(fieldSchema(schema, [attribute]).meta.description ?? ''),
      ]);
    }),
  );

const messageTable = (kinds: readonly MessageKind[]): string =>
  table(
    ['name', 'for example', 'what it means, and what to do'],
    kinds.map(({ name, example, fix }) => [`\`${name}\``, inText(example), fix]),
  );

/** A guide with each of its tables made anew, between `<!-- table: name -->` and `<!-- end -->`. */
export const withTables = (guide: string): string =>
  guide.replaceAll(
    /(<!-- table: (\w+) -->\n)[^]*?(\n<!-- end -->)/g,
    (whole, head: string, name: string, end: string) => {
      const made = guideTables[name]?.();
      return made === undefined ? whole : `${head}\n${made}\n${end}`;
    },
  );

const table = (heading: readonly string[], rows: readonly (readonly string[])[]): string => {
  const cells = [heading, heading.map(() => '---'), ...rows].map((row) =>
    row.map((cell) => cell.replaceAll('|', '\\|')),
  );
  return cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
};

/** What Markdown would take for its own is a text. */
const inText = (text: string) =>
  text
    .replaceAll(/(?<!`)<(?!`)/g, '&lt;')
    .replaceAll(/(?<!`)\[/g, '\\[')
    .replaceAll('_', '\\_');
