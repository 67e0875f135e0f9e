import { z } from 'astro/zod';
import { entryFields } from './entry.ts';
import { file, type ImageField, reference, text } from './field.ts';

/** `whitepapers/<slug>/index.mdx`: the landing page of a whitepaper; the paper itself is never published. */
export const whitepaperSchema = ({ image }: { image: ImageField }) =>
  z.strictObject({
    ...entryFields(image),
    subtitle: text(140)
      .optional()
      .meta({ description: 'The second half of the title.', examples: ['The Art of Inside Sales'] }),
    promise: text(200).meta({
      description: 'What the reader gains, in one line.',
      examples: ['Ten steps to four times the result'],
    }),
    learn: z
      .array(text(200))
      .min(1)
      .meta({
        description: 'What the paper teaches, point by point.',
        examples: [['How to answer a lead in an hour']],
      }),
    file: file(['pdf'], 'The paper: it is handed out by the server and is no part of the built site.'),
    pages: z
      .int()
      .positive()
      .meta({ description: 'How many pages it has.', examples: [6] }),
    authors: z
      .array(reference('people', 'An author of the paper.'))
      .optional()
      .meta({ description: 'Who wrote it.', examples: [['some-person']] }),
  });
export type Whitepaper = z.infer<ReturnType<typeof whitepaperSchema>>;
