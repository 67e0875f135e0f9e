import { z } from 'astro/zod';
import { reference, sides, text } from './field.ts';
import { film, vimeoId, youtubeId } from './media.ts';

/**
 * The author's vocabulary: the components that an MDX file may use without an import, and what each takes.
 * Attributes are text: `<Line who="joel-capperella">`.
 */
export const vocabulary = {
  Exchange: z.strictObject({
    title: text(120).optional().meta({ description: 'A caption over the dialogue.' }),
  }),
  Line: z
    .strictObject({
      who: reference('people', 'The speaker, by slug.').optional(),
      name: text(80).optional().meta({ description: 'The speaker in plain words, where they have no page here.' }),
      side: z.enum(sides).optional().meta({ description: 'The side of a speaker given by `name`.' }),
    })
    .refine(({ who, name }) => !who !== !name, 'needs a speaker: either who="<slug>" or name="<words>"'),
  TwoSides: z.strictObject({}),
  Marketing: z.strictObject({}),
  Sales: z.strictObject({}),
  SharedGoal: z.strictObject({}),
  Callout: z.strictObject({
    kind: z
      .enum(['note', 'tip', 'warning'])
      .default('note')
      .meta({ description: 'What the reader should make of it.' }),
    title: text(120).optional().meta({ description: 'A heading for it.' }),
  }),
  PullQuote: z.strictObject({
    who: reference('people', 'Who said it, by slug.').optional(),
    name: text(80).optional().meta({ description: 'Who said it, in plain words.' }),
  }),
  Checklist: z.strictObject({
    title: text(120).default('Take away').meta({ description: 'A heading for the list.' }),
  }),
  Figure: z.strictObject({
    caption: text(300).optional().meta({ description: 'The line under the picture.' }),
  }),
  Video: z
    .strictObject({
      title: text(120).meta({ description: 'What the film is called.' }),
      youtube: youtubeId.optional(),
      vimeo: vimeoId.optional(),
      src: film.optional(),
    })
    .refine(
      ({ youtube, vimeo, src }) => [youtube, vimeo, src].filter((each) => each !== undefined).length === 1,
      'needs one film: youtube="<id>", vimeo="<id>" or src="./film.mp4", which may be an address too',
    ),
  WhitepaperCard: z.strictObject({ slug: reference('whitepapers', 'The whitepaper to offer.') }),
  EpisodeCard: z.strictObject({ slug: reference('episodes', 'The episode to point to.') }),
  Retention: z.strictObject({}),
} as const;

export type Vocabulary = { [Name in keyof typeof vocabulary]: z.infer<(typeof vocabulary)[Name]> };
