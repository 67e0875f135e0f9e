import type { Collection } from '#catalog/content.ts';
import { fieldMessage } from './field-messages.ts';
import { fieldSchema } from './schema.ts';
import { schemas, topicSchema } from './schemas.ts';

/** What is wrong with a value for a field, `title` or `cover.alt`, of an entry or a topic that is not written yet. */
export function fieldFault(collection: Collection | 'topics', field: string, value: unknown): string | undefined {
  const root = collection === 'topics' ? topicSchema : schemas[collection];
  const found = fieldSchema(root, field.split('.'));
  const { error } = found.schema?.safeParse(value) ?? {};
  const [issue] = error?.issues ?? [];
  return issue && fieldMessage(field, value, issue, found);
}
