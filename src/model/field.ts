import { z } from 'astro/zod';
import { isLanguage } from '#site/language.ts';

/** The two sides of the series; `both` is for what (or who) speaks for neither alone. */
export const sides = ['marketing', 'sales', 'both'] as const;
export type Side = (typeof sides)[number];

/** The collections that an entry can point to by slug. */
export type Referable = 'people' | 'topics' | 'episodes' | 'posts' | 'whitepapers';

/** Lower-case words joined by hyphens: the name of an entry's folder and the last part of its URL. */
export const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * Text in which there is something to see, without control characters other than line breaks and tabs, and without what is
 * no character: no page, feed or file can hold half of a surrogate pair (Unicode 16, section 23.6 and 23.7).
 */
export const text = (max = 200) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !control.test(text), 'has a control character in it')
    .refine((text) => !noCharacter.test(text), 'has half of a character in it, or what is none')
    .refine((text) => text === '' || visible.test(text), 'has nothing in it that can be seen');

const control = /(?![\n\t])\p{Cc}/u;

const noCharacter = /[\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** Fillers and the blank of Braille are letters and signs by their class, and show nothing. */
const visible = /(?![\s\u2800])[^\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** A short paragraph for lists, feeds and search results: at most 300 characters. */
export const summary = text(300).meta({
  description: 'What a reader gets from it, in one or two sentences (at most 300 characters).',
  examples: ['Both teams want customers who speak up for them, so why does nobody own it?'],
});

/** The slug of another entry. The catalog ends the build when there is no such entry. */
export const reference = (to: Referable, description: string) =>
  z
    .string()
    .regex(slugPattern)
    .meta({ description, reference: to, examples: [`some-${to}`] });

/**
 * A day (`2026-11-22`, midnight in the show's time zone) or an instant with its offset
 * (`2026-11-22T09:00:00-05:00`). ISO 8601; a time without an offset is refused, because it names no instant.
 */
export const date = (description: string) =>
  z
    .union([z.iso.date(), z.iso.datetime({ offset: true, local: false })])
    .meta({ description, format: 'date', examples: ['2026-11-22'] });

/** A language by its tag (BCP 47). */
export const language = (description: string) =>
  z
    .string()
    .refine(isLanguage, 'is no language tag of BCP 47')
    .meta({
      description: `${description} A tag of BCP 47: the language, with script and region if wanted.`,
      format: 'language',
      examples: ['en-US'],
    });

/** A file beside the entry, as a path that begins with `./`. */
export const file = (extensions: readonly string[], description: string) =>
  z
    .string()
    .regex(new RegExp(`^\\.(?:/(?!\\.)[^/]+)+\\.(?:${extensions.join('|')})$`, 'i'))
    .meta({ description, file: extensions, examples: [`./name.${extensions[0]}`] });

/** An absolute http(s) address. */
export const webAddress = (description: string) =>
  address.meta({ description, examples: ['https://example.com/page'] });

const address = z.url({ protocol: /^https?$/ });

export const isWebAddress = (text: string): boolean => address.safeParse(text).success;

/**
 * Old paths of the entry on this site, kept alive as redirects: as old links have them, with capitals, coded letters, an
 * ending and a query where they have one.
 */
export const oldPath = z
  .string()
  .regex(/^\/(?!\/|$)[^\s#\p{Cc}\p{Cs}]*$/u)
  .meta({ format: 'path' });

export const aliases = z
  .array(oldPath)
  .meta({ description: 'Old paths of this entry; each becomes a redirect to it.', examples: [['/an-old-path']] });

/**
 * The identity of an entry in feeds. It is compared to the letter, so that nothing may be in it that XML or a reader would
 * change: no space at its ends, no line break or other control character (XML 1.0, section 2.2).
 */
export const guid = z
  .string()
  .regex(/^(?!\s)[^\p{Cc}\p{Cs}\uFFFE\uFFFF]+(?<!\s)$/u)
  .meta({
    description:
      'The identity that the entry has in feeds already, to the letter; without it, one is made of its slug.',
    format: 'guid',
    examples: ['https://old.example.com/?p=12'],
  });

export const draft = z
  .boolean()
  .meta({ description: 'Kept out of the published site; shown and marked by `npm run dev`.', examples: [true] });

/**
 * How a schema turns the path of a picture into something that a page can show. Astro passes its own;
 * everything else passes {@link imagePath}.
 */
export type ImageField = () => z.ZodType;

export const imagePath: ImageField = () => z.string();

/** The endings of pictures that stand in front matter by their path alone, and that lists of files are searched for. */
export const pictureEndings = ['jpg', 'jpeg', 'png', 'webp', 'avif', 'gif', 'svg'] as const;

/** Where the subject of a picture is. */
export const focuses = [
  'center',
  'top',
  'right',
  'bottom',
  'left',
  'right top',
  'right bottom',
  'left bottom',
  'left top',
] as const;
export type Focus = (typeof focuses)[number];

/** A picture beside the entry, with the words that stand for it where it cannot be seen. */
export const picture = (image: ImageField, description: string) =>
  z
    .strictObject({
      src: image().meta({ description: 'The picture, as a path from this file.', examples: ['./cover.jpg'] }),
      alt: text(300).meta({
        description: 'What the picture shows, for those who do not see it.',
        examples: ['Two empty chairs at one table'],
      }),
    })
    .meta({ description, examples: [{ src: './cover.jpg', alt: 'Two empty chairs at one table' }] });
