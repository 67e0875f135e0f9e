import { z } from 'astro/zod';
import { file, language, pictureEndings, text, webAddress } from './field.ts';

export const audioTypes = { mp3: 'audio/mpeg', m4a: 'audio/x-m4a' } as const;
export const videoTypes = { mp4: 'video/mp4', m4v: 'video/x-m4v', mov: 'video/quicktime' } as const;

const keys = <T extends object>(types: T) => Object.keys(types) as [keyof T & string, ...(keyof T & string)[]];

/**
 * A recording on another host: its facts are fields, since a build fetches nothing. `npm run check-media -- --write` asks
 * its host for those that are not there.
 */
const remote = <Type extends string>(types: Record<string, Type>) =>
  z.strictObject({
    url: webAddress('Where the recording is.'),
    bytes: z
      .int()
      .positive()
      .optional()
      .meta({ description: 'Its exact size in bytes.', examples: [14_400_000] }),
    type: z.enum(Object.values(types)).meta({ description: 'Its media type.', examples: [Object.values(types)[0]] }),
    duration: z
      .number()
      .positive()
      .optional()
      .meta({ description: 'Its length in seconds.', examples: [1800] }),
  });

/** Audio beside the entry, or on another host. MP3 and M4A: what Apple's requirements list. */
export const audio = z.union([file(keys(audioTypes), 'An audio file beside the entry.'), remote(audioTypes)]).meta({
  description: 'The recording: a file beside the entry, or a remote one with its facts.',
  examples: ['./audio.mp3'],
});

export const youtubeId = z
  .string()
  .regex(/^[\w-]{11}$/)
  .meta({ description: 'The id of a YouTube video.' });

export const vimeoId = z
  .string()
  .regex(/^\d{6,12}$/)
  .meta({ description: 'The id of a Vimeo video.' });

/** Video beside the entry, on another host, or on YouTube or Vimeo (by its id there). */
export const video = z
  .union([
    file(keys(videoTypes), 'A video file beside the entry.'),
    remote(videoTypes),
    z.strictObject({ youtube: youtubeId }),
    z.strictObject({ vimeo: vimeoId }),
  ])
  .meta({ description: 'The film of the episode.', examples: ['./video.mp4'] });

/** A film in a text: for browsers alone, so that it may be WebM too. */
export const filmTypes = { ...videoTypes, webm: 'video/webm' } as const;

export const film = z
  .union([
    file(keys(filmTypes), 'A film in a file beside the entry.'),
    webAddress('A film in a file at another address, MP4 at best.'),
  ])
  .meta({ description: 'A film in a file: beside the entry, or at another address.', examples: ['./film.mp4'] });

/** The same recording in other forms. Podcasting 2.0, alternateEnclosure. */
export const alternates = z
  .array(
    z.strictObject({
      file: z
        .union([file(keys(audioTypes), 'An audio file beside the entry.'), remote(audioTypes)])
        .meta({ description: 'A file beside the entry, or one on another host.', examples: ['./audio-small.mp3'] }),
      title: text(32).meta({ description: 'What it is, for those who choose.', examples: ['Small file'] }),
      language: language('Its language, if it is another one.').optional(),
    }),
  )
  .min(1)
  .meta({
    description: 'The same recording in other files: smaller, without music, in another language.',
    examples: [[{ file: './audio-small.mp3', title: 'Small file' }]],
  });

/** A moment in a recording: seconds, or `mm:ss`, or `hh:mm:ss`. */
export const moment = z
  .union([z.number().nonnegative(), z.string().regex(/^(\d{1,2}:)?[0-5]?\d:[0-5]\d(\.\d{1,3})?$/)])
  .meta({ description: 'Where it begins: seconds, mm:ss or hh:mm:ss.', examples: ['04:20'] });

export const chapterTitle = text(120).meta({
  description: 'What the chapter is about.',
  examples: ['What sales hears'],
});

export const chapters = z
  .union([
    file(['json'], 'A Podcasting 2.0 chapters file beside the entry.'),
    z
      .array(
        z.strictObject({
          start: moment,
          title: chapterTitle,
          end: moment.optional().meta({ description: 'Where it ends, if not where the next one begins.' }),
          url: webAddress('What it is about, elsewhere.').optional(),
          img: z
            .union([file(pictureEndings, 'A picture beside the entry.'), webAddress('A picture at another address.')])
            .optional()
            .meta({
              description: 'A picture of it, for apps: a file beside the entry, or an address.',
              examples: ['./goal.jpg'],
            }),
          toc: z
            .boolean()
            .optional()
            .meta({ description: 'Whether it is listed; `false` is for links and pictures that come by.' }),
        }),
      )
      .min(1),
  ])
  .meta({
    description: 'The chapters, in order, or a Podcasting 2.0 chapters file beside the entry.',
    examples: ['./chapters.json'],
  });

/** The media types of transcripts (Podcasting 2.0, transcript). */
export const transcriptTypes = [
  'text/vtt',
  'application/x-subrip',
  'application/json',
  'text/html',
  'text/plain',
] as const;

/** A transcript beside the entry, which its page shows, or at another address, which its page links to. */
export const transcript = z
  .union([
    file(
      ['vtt', 'srt', 'json'],
      'What was said: WebVTT with `<v Name>` voices, SRT, or Podcasting 2.0 JSON, beside the entry.',
    ),
    z.strictObject({
      url: webAddress('Where the transcript is.'),
      type: z.enum(transcriptTypes).meta({ description: 'Its media type.', examples: ['text/vtt'] }),
    }),
  ])
  .meta({
    description: 'What was said: a file beside the entry, or one at another address.',
    examples: ['./transcript.vtt'],
  });

/** What a recording says of itself, read from the file. */
const mediaFacts = z.strictObject({
  bytes: z.int().positive().meta({ description: 'Size in bytes.' }),
  type: z.enum([...Object.values(audioTypes), ...Object.values(videoTypes)]).meta({ description: 'Media type.' }),
  duration: z.number().positive().meta({ description: 'Length in seconds.' }),
});
export type MediaFacts = z.infer<typeof mediaFacts>;

const chapterFacts = z.strictObject({
  start: z.number().nonnegative().meta({ description: 'Seconds from the beginning.' }),
  title: z.string().meta({ description: 'What the chapter is about.' }),
  end: z.number().nonnegative().optional().meta({ description: 'Seconds from the beginning.' }),
  url: z.string().optional().meta({ description: 'What it is about, elsewhere.' }),
  img: z.string().optional().meta({ description: 'A picture of it.' }),
  toc: z.boolean().optional().meta({ description: 'Whether it is listed.' }),
});

const cueFacts = z.strictObject({
  start: z.number().nonnegative().meta({ description: 'Seconds from the beginning.' }),
  end: z.number().nonnegative().meta({ description: 'Seconds from the beginning.' }),
  speaker: z.string().optional().meta({ description: 'Who says it.' }),
  turn: z.literal(true).optional().meta({ description: 'Somebody else begins to speak, whose name is not told.' }),
  text: z.string().meta({ description: 'What is said.' }),
});

/** What is read from the files beside entries, by their paths inside the content folder. */
export const filesSchema = z.strictObject({
  media: z.record(z.string(), mediaFacts).meta({ description: 'Recordings.' }),
  chapters: z.record(z.string(), z.array(chapterFacts)).meta({ description: 'Chapters files.' }),
  transcripts: z.record(z.string(), z.array(cueFacts)).meta({ description: 'Transcripts.' }),
});
