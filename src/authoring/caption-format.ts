/** The two formats of captions: files of cues, each with the times between which it is shown. */
export type CaptionFormat = 'vtt' | 'srt';

/** The format of a file, by its name; undefined where it is none of captions. */
export const captionFormat = (file: string): CaptionFormat | undefined =>
  (['vtt', 'srt'] as const).find((format) => file.toLowerCase().endsWith(`.${format}`));
