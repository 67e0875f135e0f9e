import { z } from 'astro/zod';
import { filesSchema } from './media.ts';

const slugs = z.array(z.string());

const bodyFacts = z.strictObject({
  words: z.int().nonnegative().meta({ description: 'How many words the text has.' }),
  mentions: z
    .strictObject({ people: slugs, episodes: slugs, whitepapers: slugs })
    .meta({ description: 'What its components name, by slug.' }),
});
/** What is to know of a body without rendering it. */
export type BodyFacts = z.infer<typeof bodyFacts>;

/** What a build knows beside what authors wrote: its moment, the files beside entries, the bodies. */
export const editionSchema = filesSchema.extend({
  now: z.iso.datetime().meta({ description: 'The moment that decides what is published.' }),
  preview: z.boolean().meta({ description: 'Whether what is not published yet is shown.' }),
  bodies: z.record(z.string(), bodyFacts).meta({ description: 'By `collection/slug`.' }),
});
