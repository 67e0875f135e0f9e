import { z } from 'astro/zod';
import { text } from './field.ts';

/** One topic of `topics.yaml`; its key there is its slug. */
export const topicSchema = z.strictObject({
  title: text(80).meta({ description: 'The topic as a reader sees it.', examples: ['Customer advocacy'] }),
  description: text(300)
    .optional()
    .meta({
      description: 'What the topic covers, in a sentence.',
      examples: ['Customers who speak for you, and how they come to.'],
    }),
});
export type Topic = z.infer<typeof topicSchema>;
