import { z } from 'astro/zod';
import { aliases, draft, type ImageField, picture, reference, summary, text, webAddress } from './field.ts';
import { remoteItem } from './podcast.ts';

/** `partners/<slug>/index.mdx`: a firm whose readers are welcomed on a page of their own, and who is counted with them. */
export const partnerSchema = ({ image }: { image: ImageField }) =>
  z.strictObject({
    name: text(80).meta({ description: 'The name as it is shown.', examples: ['Some Partner'] }),
    url: webAddress('Their own site.'),
    title: text(140).meta({
      description: 'The heading of the page for their readers.',
      examples: ['Two departments to listen to on the way home'],
    }),
    summary,
    readers: text(80)
      .optional()
      .meta({ description: 'Who their readers are, over that heading.', examples: ['For readers of Some Partner'] }),
    logo: picture(image, 'Their logo; without one, the page has their name alone.').optional(),
    theyOffer: text(300).meta({
      description: 'What they offer to our readers.',
      examples: ['Ten per cent off the first year.'],
    }),
    weOffer: text(300).meta({
      description: 'What we offer to theirs.',
      examples: ['An episode a month, before anyone else hears it.'],
    }),
    topics: z
      .array(reference('topics', 'A topic of topics.yaml.'))
      .min(1)
      .meta({
        description: 'The topics that their readers care for: of the page, and of its feed.',
        examples: [['some-topic']],
      }),
    whitepaper: reference('whitepapers', 'The whitepaper on the page; without it, the newest.').optional(),
    kit: z
      .strictObject({
        short: text(140)
          .optional()
          .meta({
            description: 'One line about the series.',
            examples: ['Sales and marketing, at one table at last.'],
          }),
        long: text(600)
          .optional()
          .meta({ description: 'The same in a paragraph.', examples: ['Two hosts work backward from a shared goal.'] }),
      })
      .optional()
      .meta({
        description: 'Words for them to copy; without them, those of the series.',
        examples: [{ short: 'Sales and marketing, at one table at last.' }],
      }),
    podcast: remoteItem.optional().meta({
      description: 'Their own podcast, which ours then recommends to apps.',
      examples: [{ guid: '917393e3-1b1e-5cef-ace4-edaa54e1f810', title: 'Podcasting 2.0' }],
    }),
    aliases: aliases.optional(),
    draft: draft.optional(),
  });
export type Partner = z.infer<ReturnType<typeof partnerSchema>>;
