import { z } from 'astro/zod';
import { type ImageField, picture, text, webAddress } from './field.ts';
import { moment } from './media.ts';

/** The form of a podcast:guid. Podcasting 2.0, guid: a UUIDv5; the form alone is checked, as directories do. */
const guid = z.guid();

/** Another podcast (Podcasting 2.0, remoteItem). */
export const remoteItem = z.strictObject({
  guid: guid.meta({
    description: 'The podcast:guid of the series.',
    examples: ['917393e3-1b1e-5cef-ace4-edaa54e1f810'],
  }),
  url: webAddress('Its feed.').optional(),
  title: text(128)
    .optional()
    .meta({ description: 'Its name.', examples: ['Podcasting 2.0'] }),
});

/** What only podcast apps and directories read of the series: Podcasting 2.0 tags and Apple's channel tags. */
export const podcast = (image: ImageField) =>
  z.strictObject({
    guid: guid.optional().meta({
      description:
        'The podcast:guid that the series was assigned; without it, one is made from the address of its feed.',
      examples: ['9b024349-ccf0-5f69-a609-6b82873eab3c'],
    }),
    locked: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether other hosts are forbidden to import the feed.', examples: [true] }),
    license: z
      .strictObject({
        name: text(128).meta({
          description: 'The identifier of a public licence (lower-case SPDX), or a name of your own.',
          examples: ['cc-by-4.0'],
        }),
        url: webAddress('The text of the licence; required for a licence of your own.').optional(),
      })
      .optional()
      .meta({ description: 'The licence of the recordings.', examples: [{ name: 'cc-by-4.0' }] }),
    funding: z
      .array(
        z.strictObject({
          url: webAddress('Where listeners can support the series.'),
          text: text(128).meta({ description: 'What the link says.', examples: ['Support the series'] }),
        }),
      )
      .optional()
      .meta({
        description: 'Where listeners can support the series.',
        examples: [[{ url: 'https://example.com/support', text: 'Support the series' }]],
      }),
    txt: z
      .array(
        z.strictObject({
          purpose: text(128)
            .optional()
            .meta({ description: 'What the text is for.', examples: ['verify'] }),
          value: text(4000).meta({ description: 'The text.', examples: ['S6lpp-7ZCn8-dZfGc-OoyaG'] }),
        }),
      )
      .optional()
      .meta({
        description: 'Texts for services, such as a proof that the feed is yours.',
        examples: [[{ purpose: 'applepodcastsverify', value: '05124' }]],
      }),
    podroll: z
      .array(remoteItem)
      .min(1)
      .optional()
      .meta({
        description: 'Other series that you recommend.',
        examples: [[{ guid: '917393e3-1b1e-5cef-ace4-edaa54e1f810', title: 'Podcasting 2.0' }]],
      }),
    location: z
      .strictObject({
        name: text(128).meta({ description: 'The place in words.', examples: ['Austin, Texas'] }),
        rel: z
          .enum(['subject', 'creator'])
          .default('subject')
          .meta({ description: 'Whether the series is about the place or made there.', examples: ['creator'] }),
        geo: z
          .string()
          .regex(/^geo:-?\d+(\.\d+)?,-?\d+(\.\d+)?/)
          .optional()
          .meta({ description: 'Its latitude and longitude (RFC 5870).', examples: ['geo:30.2711286,-97.7436995'] }),
        osm: z
          .string()
          .regex(/^[NWR]\d+$/)
          .optional()
          .meta({ description: 'Its id in OpenStreetMap, after N, W or R.', examples: ['R113314'] }),
        country: z
          .string()
          .regex(/^[A-Z]{2}$/)
          .optional()
          .meta({ description: 'Its country: two letters of ISO 3166-1.', examples: ['US'] }),
      })
      .optional()
      .meta({
        description: 'Where the series plays, or is made.',
        examples: [{ name: 'Austin, Texas', osm: 'R113314' }],
      }),
    updateFrequency: z
      .strictObject({
        text: text(128).meta({ description: 'How often, in words.', examples: ['Every other Monday'] }),
        rrule: text(200)
          .optional()
          .meta({ description: 'The same as a rule of RFC 5545.', examples: ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO'] }),
      })
      .optional()
      .meta({ description: 'How often episodes appear.', examples: [{ text: 'Weekly', rrule: 'FREQ=WEEKLY' }] }),
    seasons: z
      .array(
        z.strictObject({
          number: z
            .int()
            .positive()
            .meta({ description: 'The season.', examples: [1] }),
          name: text(128)
            .optional()
            .meta({ description: 'What it is called.', examples: ['The year of the funnel'] }),
          cover: picture(image, 'Its picture, for its page and for episodes that have none of their own.').optional(),
        }),
      )
      .optional()
      .meta({
        description: 'The names and pictures of seasons.',
        examples: [[{ number: 1, name: 'The year of the funnel' }]],
      }),
    feedSize: z
      .int()
      .min(10)
      .optional()
      .meta({
        description:
          "How many episodes the podcast's feed has at most; without it all. Older ones are on its further pages, which most apps do not follow.",
        examples: [500],
      }),
    hub: webAddress('The WebSub hub that tells subscribers of what is new.').optional(),
    newFeedUrl: webAddress("Where the podcast's feed has moved to; keep it there for at least four weeks.").optional(),
    complete: z
      .boolean()
      .optional()
      .meta({ description: 'No more episodes will come.', examples: [true] }),
    block: z
      .boolean()
      .optional()
      .meta({ description: 'Keeps the podcast out of directories.', examples: [true] }),
  });

/** Passages of an episode that stand alone. Podcasting 2.0, soundbite: 15 to 120 seconds. */
export const soundbites = z
  .array(
    z.strictObject({
      start: moment,
      duration: z
        .number()
        .min(15)
        .max(120)
        .meta({ description: 'Its length in seconds: 15 to 120.', examples: [45] }),
      title: text(128).meta({ description: 'What it is about.', examples: ['The matter of the cow'] }),
    }),
  )
  .meta({
    description: 'Passages of the recording that stand alone, for apps to share.',
    examples: [[{ start: '04:20', duration: 45, title: 'The matter of the cow' }]],
  });
