import type { CaptionFormat } from './caption-format.ts';
import { escapedForVtt, isMark, stretches } from './caption-marks.ts';
import { readCues, type WrittenCaptions, type WrittenCue } from './caption-cues.ts';
import { saidCue, unrolled } from './rolling-captions.ts';
import { shownUntil } from './cue-times.ts';

/**
 * Captions with nothing in them that a reader of their format would drop in silence: what is not written as the format has
 * it is written anew. Otherwise all is left as its author wrote it, but that a cue which does not end after it begins is
 * shown until the next one begins, and that in WebVTT a `<` that opens no tag is `&lt;`.
 */
export function readableCaptions(text: string, format: CaptionFormat): string {
  const captions = readCues(text, format);
  const starts = captions.cues.map(({ start }) => start).toSorted((a, b) => a - b);
  const ends = captions.cues.map(({ start, end }) => shownUntil(start, end, starts));
  const cues = captions.cues.map((cue, i) => ({ ...cue, shownUntil: ends[i] ?? cue.start }));
  const once = unrolled(captions.cues.map(({ said, ...cue }) => saidCue(cue, said)));
  if (once || captions.remarks.length > 0) return written({ ...captions, cues, once }, format);

  const lines = text.match(/[^\r\n]*(?:\r\n|\r|\n|$)/g) ?? [];
  for (const { start, end, line, said, shownUntil } of cues) {
    const times = lines[line - 1] ?? '';
    if (end === undefined || end <= start)
      lines[line - 1] = times.replace(/(-->[ \t]*)[\d:.,]+/, `$1${timestamp(shownUntil, format)}`);
    rewriteLines(
      lines,
      said.map((each) => each.line - 1),
      format === 'vtt' ? escapedForVtt : withoutArrows,
    );
  }
  return lines.join('');
}

/** Lines of a cue at once: a tag may begin in one line and end in another. */
function rewriteLines(lines: string[], at: readonly number[], rewrite: (text: string) => string): void {
  const [first, last] = [at[0], at.at(-1)];
  if (first === undefined || last === undefined) return;
  const escaped = rewrite(lines.slice(first, last + 1).join(''));
  lines.splice(first, last + 1 - first, escaped, ...Array.from({ length: last - first }, () => ''));
}

interface Shown extends WrittenCaptions {
  cues: (WrittenCue & { shownUntil: number })[];
  /** The same cues, where they roll. */
  once: ReturnType<typeof unrolled>;
}

function written({ format: from, cues, once, styles }: Shown, format: CaptionFormat): string {
  const rewrite = {
    vtt: once ? plainForVtt : escapedForVtt,
    srt: once ? withoutLookalikes : from === 'vtt' ? forSrt : withoutArrows,
  }[format];
  const ends = new Map(cues.map(({ line, shownUntil }) => [line, shownUntil]));
  const blocks = once
    ? once.map((cue) => ({ ...cue, settings: '', text: cue.stretches.map(({ text }) => text).join('') }))
    : cues.map((cue) => ({ ...cue, text: cue.said.map(({ text }) => text).join('\n') }));
  const texts = blocks
    .toSorted((a, b) => a.start - b.start)
    .flatMap(({ start, line, settings, text }) => {
      const said = rewrite(text)
        .split('\n')
        .flatMap((each) => each.trim() || [])
        .join('\n');
      const end = ends.get(line) ?? start;
      const times = `${timestamp(start, format)} --> ${timestamp(end, format)}`;
      return said ? [`${times}${format === 'vtt' && settings ? ` ${settings}` : ''}\n${said}\n`] : [];
    });
  return format === 'vtt'
    ? ['WEBVTT\n', ...styles.map((style) => `${style}\n`), ...texts].join('\n')
    : texts.map((text, i) => `${i + 1}\n${text}`).join('\n');
}

/** What was said, as it is written in WebVTT. */
const plainForVtt = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A text of WebVTT in SRT, which has neither voices nor references. */
const forSrt = (text: string) =>
  stretches(text)
    .map(({ speaker, text }) => (speaker ? `${speaker}: ` : '') + withoutLookalikes(text.trim()))
    .join('\n');

/** SRT has no way to say a tag; players of HTML show this one. */
const withoutLookalikes = (text: string) =>
  withoutArrows(text).replaceAll(/<[^<>]*>/g, (part) =>
    isMark(part) ? part.replace('<', '&lt;').replace('>', '&gt;') : part,
  );

/** Readers of SRT take a line with this arrow for times. */
const withoutArrows = (text: string) => text.replaceAll('-->', '->');

/** `01:02:09.500` */
function timestamp(seconds: number, format: CaptionFormat): string {
  const all = Math.round(seconds * 1000);
  const parts = [all / 3_600_000, (all / 60_000) % 60, (all / 1000) % 60].map((part) => Math.floor(part));
  const [time, thousandths] = [parts.map((part) => String(part).padStart(2, '0')), String(all % 1000)];
  return time.join(':') + (format === 'srt' ? ',' : '.') + thousandths.padStart(3, '0');
}
