import { z } from 'astro/zod';
import { showSchema, slugPattern, topicSchema } from './schemas.ts';

/** JSON schemas of the two files of YAML, by which an editor completes and explains their fields. */
export const editorSchemas: Readonly<Record<string, () => object>> = {
  show: () => jsonSchema(showSchema),
  topics: () => jsonSchema(z.record(z.string().regex(slugPattern), topicSchema)),
};

/** As an author writes a value, before what is left out has its own. What JSON Schema cannot say is left to the check. */
const jsonSchema = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-7' });
