import { z } from 'astro/zod';
import {
  aliases,
  date,
  draft,
  focuses,
  guid,
  type ImageField,
  language,
  picture,
  reference,
  slugPattern,
  summary,
  text,
  webAddress,
} from './field.ts';

/** The fields that every dated entry has: episodes, posts and whitepapers. */
export const entryFields = (image: ImageField) => ({
  title: text(140).meta({
    description: 'The title, without a number: numbers have their own field.',
    examples: ['Improving customer advocacy'],
  }),
  publishedAt: date('When it is published; a date to come keeps it out of the site until a build after it.'),
  updatedAt: date('When its substance last changed.').optional(),
  summary,
  topics: z
    .array(reference('topics', 'A topic of topics.yaml.'))
    .min(1)
    .optional()
    .meta({ description: 'What it is posted in; the first is the main one.', examples: [['some-topic']] }),
  keywords: z
    .array(text(60))
    .optional()
    .meta({ description: 'Words that it may be found by, beside its topics.', examples: [['forecasts']] }),
  cover: picture(image, 'The picture at the head of the page.').optional(),
  coverFocus: z
    .enum(focuses)
    .optional()
    .meta({
      description: 'The part of the cover that stays where it is cut to a square or to a wide card.',
      examples: ['left'],
    }),
  aliases: aliases.optional(),
  draft: draft.optional(),
});

/** The fields of what a reader reads or hears: episodes and posts. */
export const pieceFields = {
  subtitle: text(140)
    .optional()
    .meta({ description: 'The second half of the title.', examples: ['How a goal got lost'] }),
  language: language('The language of the entry, if it is not that of the series.').optional(),
  links: z
    .array(
      z.strictObject({
        label: text(60).meta({ description: 'What the link leads to.', examples: ['Watch it on YouTube'] }),
        url: webAddress('Where it leads.'),
      }),
    )
    .optional()
    .meta({
      description: 'Where else it is to be seen, heard or read.',
      examples: [[{ label: 'Watch it on YouTube', url: 'https://www.youtube.com/watch?v=abcdefghijk' }]],
    }),
  whitepaper: reference('whitepapers', 'The whitepaper that it offers.').optional(),
  related: z
    .array(z.string().regex(new RegExp(`^(episodes|posts)/${slugPattern.source.slice(1)}`)))
    .optional()
    .meta({
      description: 'Entries to show first under "related", as episodes/<slug> or posts/<slug>.',
      examples: [['episodes/some-episode']],
    }),
  guid: guid.optional(),
  comments: z
    .enum(['open', 'closed'])
    .default('open')
    .meta({ description: 'Whether readers may comment on it; what they said stays when it is closed.' }),
  source: webAddress('Where it first appeared, if not here.').optional(),
};
