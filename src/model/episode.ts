import { z } from 'astro/zod';
import { entryFields, pieceFields } from './entry.ts';
import { type ImageField, reference, text } from './field.ts';
import { audio, chapters, transcript, video } from './media.ts';
import { soundbites } from './podcast.ts';

/** `episodes/<slug>/index.mdx`: an episode, to read and, where there is a recording, to hear. */
export const episodeSchema = ({ image }: { image: ImageField }) =>
  z.strictObject({
    ...entryFields(image),
    ...pieceFields,
    number: z
      .int()
      .positive()
      .meta({ description: 'Its number, counted within its season.', examples: [1] }),
    season: z
      .int()
      .positive()
      .optional()
      .meta({ description: 'Its season.', examples: [1] }),
    hosts: z
      .array(reference('people', 'A host of the episode.'))
      .min(1)
      .meta({ description: 'Who hosts it.', examples: [['some-person']] }),
    guests: z
      .array(reference('people', 'A guest of the episode.'))
      .optional()
      .meta({ description: 'Who is a guest.', examples: [['some-person']] }),
    sharedGoal: text(300).meta({
      description: 'The goal that both sides share, from which the episode works backward.',
      examples: ['Customers who are glad to speak for you.'],
    }),
    marketingView: text(600).meta({
      description: 'What marketing sees when it looks at the goal.',
      examples: ['A story to tell.'],
    }),
    salesView: text(600).meta({
      description: 'What sales sees when it looks at the goal.',
      examples: ['A favour to ask.'],
    }),
    audio: audio.optional(),
    video: video.optional(),
    chapters: chapters.optional(),
    transcript: transcript.optional(),
    soundbites: soundbites.optional(),
    episodeType: z
      .enum(['full', 'trailer', 'bonus'])
      .default('full')
      .meta({ description: 'What kind of episode it is.', examples: ['full'] }),
    explicit: z
      .boolean()
      .optional()
      .meta({ description: 'Whether it is for adults only.', examples: [false] }),
  });
export type Episode = z.infer<ReturnType<typeof episodeSchema>>;
