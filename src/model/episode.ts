import { z } from 'astro/zod';
import { entryFields, pieceFields } from './entry.ts';
import { type ImageField, reference, slugPattern, text } from './field.ts';
import { alternates, audio, chapters, transcript, video } from './media.ts';
import { soundbites } from './podcast.ts';
import { sponsors } from './sponsor.ts';

/** `episodes/<slug>/index.mdx`: an episode, to read and, where there is a recording, to hear. */
export const episodeSchema = ({ image }: { image: ImageField }) =>
  withAllViews(
    z.strictObject({
      ...entryFields(image),
      ...pieceFields,
      number: z
        .int()
        .nonnegative()
        .optional()
        .meta({
          description:
            'Its number, counted within its season; trailers and bonuses may go without, and all do in a series that is not `numbered`.',
          examples: [1],
        }),
      season: z
        .int()
        .positive()
        .optional()
        .meta({ description: 'Its season.', examples: [1] }),
      hosts: z
        .array(reference('people', 'A host of the episode.'))
        .min(1)
        .optional()
        .meta({ description: 'Who hosts it; without them, the hosts of the series.', examples: [['some-person']] }),
      guests: z
        .array(reference('people', 'A guest of the episode.'))
        .optional()
        .meta({ description: 'Who is a guest.', examples: [['some-person']] }),
      roles: z
        .record(z.string().regex(slugPattern), text(80))
        .optional()
        .meta({
          description: 'What hosts and guests are in this episode, by their slugs.',
          examples: [{ 'some-person': 'The customer' }],
        }),
      sharedGoal: text(300)
        .optional()
        .meta({
          description: 'The goal that both sides share, from which the episode works backward.',
          examples: ['Customers who are glad to speak for you.'],
        }),
      marketingView: text(600)
        .optional()
        .meta({
          description: 'What marketing sees when it looks at the goal.',
          examples: ['A story to tell.'],
        }),
      salesView: text(600)
        .optional()
        .meta({
          description: 'What sales sees when it looks at the goal.',
          examples: ['A favour to ask.'],
        }),
      audio: audio.optional(),
      video: video.optional(),
      alternates: alternates.optional(),
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
      sponsors: sponsors.optional(),
    }),
  );

const views = ['sharedGoal', 'marketingView', 'salesView'] as const;

/** The goal and both views of it stand together. */
const withAllViews = <Schema extends z.ZodType>(schema: Schema) =>
  views.reduce(
    (whole, view) =>
      whole.refine(
        (episode) => {
          const written = views.filter((each) => (episode as Record<string, unknown>)[each] !== undefined);
          return written.length === 0 || written.includes(view);
        },
        { path: [view], error: 'is needed', when: ({ value }) => isRecord(value) },
      ),
    schema,
  );

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null;

export type Episode = z.infer<ReturnType<typeof episodeSchema>>;
