import { z } from 'astro/zod';
import { defaultRetention } from '#site/retention.ts';
import { categories } from './categories.ts';
import { type ImageField, language, oldPath, picture, reference, text, webAddress } from './field.ts';
import { podcast } from './podcast.ts';

/** `show.yaml`: the series itself. */
export const showSchema = ({ image }: { image: ImageField }) =>
  z.strictObject({
    title: text(120).meta({ description: 'The name of the series.', examples: ['The D-Files'] }),
    subtitle: text(120)
      .optional()
      .meta({ description: 'The second half of the name.', examples: ['Sales and Marketing Disconnected'] }),
    tagline: text(200).meta({
      description: 'The series in one sentence.',
      examples: ['Two hosts, one from each side, work backward from a goal they share.'],
    }),
    description: text(4000).meta({ description: 'The series in a paragraph, for feeds and search engines.' }),
    language: language('The language of the content.'),
    timezone: z
      .string()
      .refine(isTimeZone, 'is not an IANA time zone')
      .meta({
        description: 'The IANA time zone in which a date without a time begins.',
        examples: ['America/New_York'],
        values: () => [...Intl.supportedValuesOf('timeZone'), 'UTC'],
      }),
    owner: z
      .strictObject({
        name: text().meta({ description: 'Who publishes the series.', examples: ['The D-Files'] }),
        email: z.email().optional().meta({ description: 'Where podcast directories write to; it is public.' }),
        postalAddress: text(300)
          .optional()
          .meta({
            description:
              'Where letters reach the publisher, on one line or several: each newsletter shows it, as laws on commercial mail ask (CAN-SPAM in the United States).',
            examples: ['12 Some Street, Some Town, NY 10001'],
          }),
      })
      .meta({ description: 'Who publishes the series.', examples: [{ name: 'The D-Files' }] }),
    oldFeeds: z
      .record(oldPath, z.string().regex(/^\/[^\s?#]+\.(?:xml|json)$/))
      .optional()
      .meta({
        description:
          'Old paths of feeds, each with the feed of this site that it leads to: subscribers stay where they are.',
        examples: [{ '/feed/podcast/': '/podcast.xml' }],
      }),
    guidPrefix: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/)
      .default('d-files')
      .meta({
        description:
          'What the guids of entries begin with, for good: a name of the series, chosen before its first entry is published.',
        format: 'slug',
        examples: ['some-series'],
      }),
    hosts: z
      .array(reference('people', 'A host of the series.'))
      .min(1)
      .meta({ description: 'The hosts, in the order in which they are shown.', examples: [['some-person']] }),
    copyright: text().optional().meta({ description: 'The copyright line of the feeds.' }),
    categories: z
      .array(
        z
          .string()
          .refine((category) => categories.includes(category), 'is no category of Apple Podcasts')
          .meta({ format: 'category', examples: ['Business > Marketing'] }),
      )
      .min(1)
      .optional()
      .meta({
        description: "Apple's podcast categories, the first one first; a subcategory after ` > `.",
        examples: [['Business > Marketing']],
      }),
    explicit: z.boolean().default(false).meta({ description: 'Whether the series is for adults only.' }),
    type: z
      .enum(['episodic', 'serial'])
      .default('episodic')
      .meta({ description: 'Whether episodes stand alone (episodic) or are heard in order (serial).' }),
    numbered: z
      .boolean()
      .default(true)
      .meta({
        description:
          'Whether each full episode has a number of its own; `false` where some have none, or that of another.',
        examples: [false],
      }),
    cover: picture(image, 'The artwork of the series: square, 1400 to 3000 pixels, JPEG or PNG.').optional(),
    apps: z
      .array(
        z.strictObject({
          name: text(60).meta({ description: 'The app.', examples: ['Apple Podcasts'] }),
          url: webAddress('The series in that app.'),
        }),
      )
      .optional()
      .meta({ description: 'Where the series is listed.' }),
    podcast: podcast(image)
      .optional()
      .meta({
        description: 'What podcast apps and directories read beside the rest.',
        examples: [{ locked: true, license: { name: 'cc-by-4.0' } }],
      }),
    consent: z
      .strictObject({
        whitepaper: text(1000)
          .optional()
          .meta({
            description: 'What a reader agrees to who asks for a whitepaper; it stands under the button.',
            examples: ['By asking for this whitepaper you agree that we keep your e-mail address to send it to you.'],
          }),
        newsletter: text(1000)
          .optional()
          .meta({
            description: 'What a reader agrees to who ticks the box of the newsletter; it stands beside the box.',
            examples: ['E-mail me when there is a new episode. I can unsubscribe in every mail.'],
          }),
        replies: text(1000)
          .optional()
          .meta({
            description: 'What a reader agrees to who wants mails about replies; it stands beside the box.',
            examples: ['E-mail me when someone replies to me here. One click in each mail ends it.'],
          }),
        quote: text(1000)
          .optional()
          .meta({
            description: 'What a reader agrees to whose question may be quoted; it stands beside the box.',
            examples: ['You may quote my question with my first name in an episode or a post.'],
          }),
      })
      .optional()
      .meta({
        description:
          'The wordings that readers agree to, where those of the site do not fit; each change is a new one.',
        examples: [{ newsletter: 'E-mail me when there is a new episode. I can unsubscribe in every mail.' }],
      }),
    comments: z.enum(['moderated', 'known', 'off']).default('moderated').meta({
      description:
        'Whether readers may comment: each comment waits for an owner (moderated), those of people whose comments were approved twice do not (known), or there are none (off).',
    }),
    questions: z.boolean().default(true).meta({ description: 'Whether readers may ask the hosts a question.' }),
    retention: z
      .strictObject({
        unconfirmed: days('unconfirmed', 'a comment or question that nobody confirmed', 1, 30),
        requests: days('requests', 'an address for which nobody confirmed what was asked', 14, 3650),
        evidence: days(
          'evidence',
          'the network address and browser beside a consent; the consent itself stays',
          1,
          3650,
        ),
        sent: days('sent', 'a mail or webhook that was sent', 7, 365),
        deadLetters: days('deadLetters', 'a mail or webhook that could not be sent', 7, 365),
        audit: days('audit', 'what was seen and changed at the desk', 30, 3650),
      })
      .default(defaultRetention)
      .meta({
        description: 'For how many days the server keeps what it does not keep for good; `<Retention />` shows them.',
        examples: [{ evidence: 365 }],
      }),
    pageSize: z
      .int()
      .min(2)
      .max(100)
      .default(24)
      .meta({ description: 'How many entries one page of a list shows.', examples: [24] }),
  });
export type Show = z.infer<ReturnType<typeof showSchema>>;

/** For how many days something is kept, within bounds: what is due to be sent, or to be counted, must not be gone by then. */
function days(name: keyof typeof defaultRetention, what: string, least: number, most: number) {
  return z
    .int()
    .min(least)
    .max(most)
    .default(defaultRetention[name])
    .meta({
      description: `For how many days the server keeps ${what}: from ${least} to ${most}.`,
      examples: [defaultRetention[name]],
    });
}

/** A name of the IANA database as it is spelt there; `supportedValuesOf` alone misses its newer names. */
function isTimeZone(zone: string): boolean {
  if (Intl.supportedValuesOf('timeZone').includes(zone)) return true;
  if (!/^(?:UTC|[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z_-]+)+)$/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
