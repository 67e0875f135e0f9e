import { z } from 'astro/zod';
import { aliases, date, draft, summary, text } from './field.ts';

/** `pages/<slug>.mdx`: a page that stands alone, at `/<slug>/`. */
export const pageSchema = z.strictObject({
  title: text(140).meta({ description: 'The title.', examples: ['About'] }),
  summary,
  updatedAt: date('When its substance last changed.').optional(),
  aliases: aliases.optional(),
  draft: draft.optional(),
});
export type Page = z.infer<typeof pageSchema>;
