import { seconds } from '#site/length.ts';

/** The two formats of captions: files of cues, each with the times between which it is shown. */
export type CaptionFormat = 'vtt' | 'srt';

/** The format of a file, by its name; undefined where it is none of captions. */
export const captionFormat = (file: string): CaptionFormat | undefined =>
  (['vtt', 'srt'] as const).find((format) => file.toLowerCase().endsWith(`.${format}`));

/**
 * Captions with nothing in them that a reader of their format would drop in silence: a cue that does not end after it
 * begins is shown until the next one begins, and in WebVTT a `<` that opens no tag is written as `&lt;`. All else is
 * left as its author wrote it.
 */
export function readableCaptions(text: string, format: CaptionFormat): string {
  const starts = [...text.matchAll(cues)].flatMap(([, times = '']) => cueTimes(times)?.start ?? []);
  const ascending = starts.toSorted((a, b) => a - b);
  return text.replaceAll(cues, (_cue, times: string, lineEnd: string, said: string) => {
    const shown = lengthened(times, ascending, format === 'srt' ? ',' : '.');
    return shown + lineEnd + (format === 'vtt' ? withBreaks(said).replaceAll(/<[^<>]*>?/g, escapedUnlessMark) : said);
  });
}

/** A text without its formatting marks. All else between `<` and `>` was said: `a < b and c > d`, `the <div> tag`. */
export const withoutMarks = (text: string): string =>
  withBreaks(text).replaceAll(/<[^<>]*>/g, (between) => (isMark(between) ? '' : between));

/** No format of captions has `<br>`; without it the words before and after it would be one. */
const withBreaks = (text: string) => text.replaceAll(/<br\s*\/?>/gi, ' ');

/** The line of a cue's times, and the lines below it up to an empty one. */
const cues = /^([^\r\n]*-->[^\r\n]*)(\r\n?|\n|$(?![^]))((?:[^\r\n]+(?:\r\n?|\n|$(?![^])))*)/gm;

/** Seconds for which a cue without a length is shown, if no other begins before. */
const shownFor = 4;

function lengthened(line: string, ascending: readonly number[], separator: string): string {
  const times = cueTimes(line);
  if (!times || times.end > times.start) return line;
  const next = ascending.find((start) => start > times.start) ?? Infinity;
  const end = timestamp(Math.min(next, times.start + shownFor), separator);
  return line.replace(/(-->[ \t]*)[\d:.,]+/, `$1${end}`);
}

/** In seconds. */
function cueTimes(line: string): { start: number; end: number } | undefined {
  const [, start, end] = /^\s*([\d:.,]+)[ \t]*-->[ \t]*([\d:.,]+)/.exec(line) ?? [];
  return start && end ? { start: seconds(start.replace(',', '.')), end: seconds(end.replace(',', '.')) } : undefined;
}

/** `01:02:09.500` */
function timestamp(seconds: number, separator: string): string {
  const all = Math.round(seconds * 1000);
  const parts = [all / 3_600_000, (all / 60_000) % 60, (all / 1000) % 60].map((part) => Math.floor(part));
  const [time, thousandths] = [parts.map((part) => String(part).padStart(2, '0')), String(all % 1000)];
  return time.join(':') + separator + thousandths.padStart(3, '0');
}

/**
 * The tags of WebVTT (section 4.2.2) and those of HTML that caption tools write. Only voices and languages take words
 * after their names, and those of HTML take attributes: `<b and c>` is no tag.
 */
const isMark = (text: string): boolean =>
  /^<\/?(?:c|i|b|u|s|em|strong|strike|ruby|rt|v|lang|font|span|p)(?:\.[^\s<>]*)?\s*\/?>$/i.test(text) ||
  /^<(?:v|lang)(?:\.[^\s<>]*)?\s[^<>]*>$/.test(text) ||
  /^<(?:font|span|p)(?:\s+[\w-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))+\s*>$/i.test(text) ||
  /^<(?:\d+:)?\d\d:\d\d\.\d{3}>$/.test(text);

const escapedUnlessMark = (text: string) => (isMark(text) ? text : text.replace('<', '&lt;').replace('>', '&gt;'));
