import { z } from 'astro/zod';
import { text, webAddress } from './field.ts';

/** Who pays for an episode. Shown on its page, and in the notes of feeds. */
export const sponsors = z
  .array(
    z.strictObject({
      name: text(80).meta({ description: 'Who it is.', examples: ['Some Sponsor'] }),
      url: webAddress('Where they are found.').optional(),
      text: text(300)
        .optional()
        .meta({ description: 'What they want to say.', examples: ['Ten per cent off for readers.'] }),
    }),
  )
  .meta({
    description: 'Who pays for it.',
    examples: [[{ name: 'Some Sponsor', url: 'https://example.com', text: 'Ten per cent off for readers.' }]],
  });
