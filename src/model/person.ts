import { z } from 'astro/zod';
import { aliases, draft, type ImageField, picture, sides, summary, text, webAddress } from './field.ts';

/** `people/<slug>/index.mdx`: a host, guest or author, or an organisation that speaks as one. */
export const personSchema = ({ image }: { image: ImageField }) =>
  z.strictObject({
    name: text(80).meta({ description: 'The name as it is shown.', examples: ['Joel Capperella'] }),
    kind: z
      .enum(['person', 'organisation'])
      .default('person')
      .meta({ description: 'Whether it is a person or an organisation.' }),
    side: z
      .enum(sides)
      .optional()
      .meta({ description: 'The side that they speak for.', examples: ['sales'] }),
    role: text(120)
      .optional()
      .meta({ description: 'What they do, and where.', examples: ['Founder and President'] }),
    summary: summary.optional(),
    photo: picture(image, 'A photo; without one, the initials stand for the person.').optional(),
    links: z
      .array(
        z.strictObject({
          label: text(60).meta({ description: 'What the link leads to.', examples: ['Web site'] }),
          url: webAddress('Where it leads.'),
        }),
      )
      .optional()
      .meta({
        description: 'Where else they are found.',
        examples: [[{ label: 'Web site', url: 'https://example.com' }]],
      }),
    aliases: aliases.optional(),
    draft: draft.optional(),
  });
export type Person = z.infer<ReturnType<typeof personSchema>>;
