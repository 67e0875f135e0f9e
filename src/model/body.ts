import { z } from 'astro/zod';
import type { ImageField } from './field.ts';
import { filesSchema } from './media.ts';

const slugs = z.array(z.string());

const bodyFacts = z.strictObject({
  digest: z
    .string()
    .meta({ description: 'Another one for any other text, and for any other bytes of a picture in it.' }),
  words: z.int().nonnegative().meta({ description: 'How many words the text has.' }),
  mentions: z
    .strictObject({ people: slugs, episodes: slugs, whitepapers: slugs })
    .meta({ description: 'What its components name, by slug.' }),
  hasCode: z.boolean().meta({ description: 'Whether it imports or computes something.' }),
});
/** What is to know of a body without rendering it. */
export type BodyFacts = z.infer<typeof bodyFacts>;

/** The body of an entry beside its text. */
export const bodySchema = ({ image }: { image: ImageField }) =>
  bodyFacts.extend({
    pictures: z.record(z.string(), image()).meta({ description: 'Its pictures, by the path that it names.' }),
  });

/** What a build knows beside what authors wrote: its moment, and the files beside entries. */
export const editionSchema = filesSchema.extend({
  now: z.iso.datetime().meta({ description: 'The moment that decides what is published.' }),
  preview: z.boolean().meta({ description: 'Whether what is not published yet is shown.' }),
});
