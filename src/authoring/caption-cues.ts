import { seconds } from '#site/length.ts';
import type { CaptionFormat } from './captions.ts';
import type { Remark } from './transcript-advice.ts';

/** A cue as its author wrote it. */
export interface WrittenCue {
  /** Seconds. */
  start: number;
  /** Seconds; undefined where the file has none that can be read. */
  end: number | undefined;
  /** The line of its times, counted from 1. */
  line: number;
  /** What places it on the screen: the settings that WebVTT has. */
  settings: string;
  said: SaidLine[];
}

/** A line that was said. */
export interface SaidLine {
  line: number;
  text: string;
}

/** Captions, read as leniently as there is any sense in them. */
export interface WrittenCaptions {
  /** What is in the file, whatever it is called. */
  format: CaptionFormat;
  cues: WrittenCue[];
  /** Its blocks of styles and regions, where they are of effect. */
  styles: string[];
  /** What its format does not have, and what was made of it. */
  remarks: Remark[];
}

/**
 * Reads WebVTT or SRT. Each line is the header, a comment, a style, an index, the times of a cue or said; what strict
 * readers drop is said (https://www.w3.org/TR/webvtt1/#file-parsing drops what follows an empty line, wrong times and more).
 */
export function readCues(text: string, named: CaptionFormat): WrittenCaptions {
  const lines = text.split(/\r\n|\r|\n/);
  const times = lines.map((line, i) => timesOf(line, i === 0 || !lines[i - 1]?.trim() || isIndex(lines[i - 1])));
  const first = lines.findIndex((line) => line.trim());
  const hasHeader = /^\s*WEBVTT(?![\w])/i.test(lines[first] ?? '');
  const format = hasHeader ? 'vtt' : formatOf(lines, times, named);
  const remarks: Remark[] = [];
  const remark = (kind: Remark['kind'], i: number, detail?: string) => void remarks.push({ kind, line: i + 1, detail });
  if (format !== named) remark('other-format', Math.max(first, 0), format);
  else if (format === 'vtt' && !/^WEBVTT(?:[ \t].*)?$/.test(lines[0] ?? '')) remark('header', Math.max(first, 0));

  const cues: WrittenCue[] = [];
  const early: SaidLine[] = [];
  const styles: string[] = [];
  const indexed = times.filter((time, i) => time && isIndex(lines[i - 1])).length;
  const identified = times.filter((time, i) => time && lines[i - 1]?.trim() && !lines[i - 2]?.trim()).length;
  const count = times.filter(Boolean).length;
  let index = 0;
  let fresh = true;
  /** Whether an empty line was above; one of spaces ends no cue in WebVTT, and YouTube has them in cues. */
  let isApart = false;
  /** The line after the last one of a block that is skipped: an empty one, or the times of a cue. */
  const skipped = (from: number, isOpen: (block: string) => boolean = () => false) => {
    let to = from;
    while (to < lines.length && !times[to] && (lines[to]?.trim() || isOpen(lines.slice(from, to).join('\n')))) to++;
    return to;
  };

  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const time = times[i];
    if (!line.trim()) {
      fresh = true;
      isApart ||= line === '';
      continue;
    }
    if (time) {
      if (!strictTimes[format].test(line)) remark(time.arrow === '-->' ? 'times' : 'arrow', i, line.trim());
      if (format === 'srt' && !isIndex(lines[i - 1]) && indexed > 0) remark('index', i);
      const { settings, wrong, said } = settingsOf(time.rest, format);
      if (wrong.length > 0) remark('setting', i, wrong.join(' '));
      if (said) remark('beside-times', i, said);
      const { start, end } = time;
      cues.push({ start, end, line: i + 1, settings, said: said ? [{ line: i + 1, text: said }] : [] });
      fresh = isApart = false;
      continue;
    }
    const [isFresh, wasApart] = [fresh, isApart];
    fresh = isApart = false;
    if (i === first && hasHeader) {
      i = skipped(i + 1) - 1;
      continue;
    }
    if (/^\s*-?\d.*-->/.test(line)) {
      remark('no-times', i, line.trim());
      continue;
    }
    if (isIndex(line) && (times[i + 1] || (isFresh && endsBlock(lines, times, i) && Number(line) === index + 1))) {
      if (Number(line) !== index + 1 && format === 'srt' && (index > 0 || Number(line) > 1)) remark('index', i);
      index = Number(line);
      continue;
    }
    // An identifier is one word, or one of many; a sentence is none, though WebVTT would take it for one.
    if (isFresh && times[i + 1] && (!/\S\s+\S/.test(line.trim()) || identified * 2 > count || cues.length === 0))
      continue;
    if (format === 'vtt' && isFresh && /^NOTE(?:\s|$)/.test(line)) {
      i = skipped(i + 1) - 1;
      continue;
    }
    if (format === 'vtt' && (isFresh || lines[i + 1]?.startsWith('::cue')) && /^(?:STYLE|REGION)\s*:?\s*$/.test(line)) {
      const end = skipped(i + 1, (block) => block.split('{').length > block.split('}').length);
      if (cues.length > 0) remark('block', i, line.trim());
      else
        styles.push(
          lines
            .slice(i, end)
            .filter((each) => each.trim())
            .join('\n'),
        );
      i = end - 1;
      continue;
    }
    const cue = cues.at(-1);
    if (!cue && /^(?:(?:Kind|Language|Style|Region|X-TIMESTAMP-MAP)\s*[:=].*|##)$/i.test(line.trim())) continue;
    if (!cue) remark('early', i);
    else if (wasApart) remark('after-empty', i);
    (cue?.said ?? early).push({ line: i + 1, text: line });
  }
  if (early.length > 0 && cues[0])
    cues.unshift({ start: 0, end: cues[0].start || undefined, line: early[0]?.line ?? 1, settings: '', said: early });
  return { format, cues, styles, remarks };
}

const isIndex = (line: string | undefined): boolean => line !== undefined && /^\s*\d{1,6}\s*$/.test(line);

/** Whether nothing stands between a line and the next times, or the end. */
function endsBlock(lines: readonly string[], times: readonly unknown[], i: number): boolean {
  let next = i + 1;
  while (next < lines.length && !lines[next]?.trim()) next++;
  return next === lines.length || times[next] !== undefined;
}

/** Of a file without a header. */
function formatOf(
  lines: readonly string[],
  times: readonly (Times | undefined)[],
  named: CaptionFormat,
): CaptionFormat {
  const timed = lines.filter((_, i) => times[i]);
  const commas = timed.filter((line) => /\d,\d/.test(line)).length;
  const indexes = lines.filter((line, i) => times[i + 1] && isIndex(line)).length;
  return named === 'vtt' && commas * 2 > timed.length && indexes * 2 > timed.length ? 'srt' : named;
}

interface Times {
  start: number;
  end: number | undefined;
  arrow: string;
  rest: string;
}

const time = String.raw`\d+(?:\s?:\s?\d+){0,3}(?:\s?[.,]\s?\d+)?`;
const timed = new RegExp(`^\\s*[-−]?(${time})\\s*(-->|-{1,3}\\s?-?>|[–—→⟶]>?|=+>|--&gt;)\\s*[-−]?(${time})?(.*)$`);

/** The times of a line that has some. Another arrow than `-->` is one only where times are to stand. */
function timesOf(line: string, isPlace: boolean): Times | undefined {
  const [, from = '', arrow = '', to, rest = ''] = (/\d.*[>→⟶–—]/.test(line) && timed.exec(line)) || [];
  if (!from || (arrow !== '-->' && !(isPlace && from.includes(':') && to?.includes(':')))) return undefined;
  const [start, end] = [inSeconds(from), to === undefined ? undefined : inSeconds(to)];
  return start === undefined ? undefined : { start, end, arrow, rest };
}

/** `1:02:03,5`, `02:03.500`, `02:03` and `00:02:03:500`, in seconds; undefined for more than the longest recording. */
function inSeconds(written: string): number | undefined {
  const [, hours = 0, minutes, rest, thousandths] = usual.exec(written) ?? [];
  if (minutes) return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest) + Number(thousandths) / 1000;
  const parts = written.replaceAll(/\s/g, '').replace(',', '.').split(':');
  if (parts.length === 4) parts.push(`${parts.splice(2).join('.')}`);
  const found = Math.round(seconds(parts.join(':')) * 1000) / 1000;
  return found < 1e7 ? found : undefined;
}

const usual = /^(?:(\d{2}):)?(\d\d):(\d\d)[.,](\d{3})$/;

/** A line of times as each format has it; other ones are read, and published like this. */
const strictTimes = {
  vtt: /^(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}(?:[ \t].*)?$/,
  srt: /^\d{2,}:[0-5]\d:[0-5]\d,\d{3} --> \d{2,}:[0-5]\d:[0-5]\d,\d{3}(?:[ \t].*)?$/,
};

/** Settings of WebVTT (section 4.4), those that no reader knows, and what is none at all and was said. */
function settingsOf(rest: string, format: CaptionFormat): { settings: string; wrong: string[]; said: string } {
  const right: string[] = [];
  const wrong: string[] = [];
  const said = rest
    .replaceAll(written, (whole, before: string, name: string, value: string) => {
      if (format === 'vtt' && isSetting(`${name}:${value}`) && whole.trim() === `${name}:${value}`)
        right.push(whole.trim());
      // SRT places a cue by its corners.
      else if (format === 'vtt' || !/^[XY][12]$/i.test(name)) wrong.push(whole.trim());
      return before;
    })
    .replaceAll(/(^|\s)(?:start|middle|center|end|left|right)(?=\s|$)/g, (whole, before: string) => {
      wrong.push(whole.trim());
      return before;
    })
    .trim();
  return { settings: right.join(' '), wrong, said: /[\p{L}\p{N}]/u.test(said) ? said : '' };
}

/** A setting as any tool has it; what WebVTT had in its drafts was one letter. */
const written =
  /(^|\s)(region|vertical|line|position|size|align(?:ment)?|[DLPTSA]|[XY][12]|[a-z-]+(?=[:=]\S))\s?[:=]\s?(\S+)/g;

const percent = String.raw`\d+(?:\.\d+)?%`;
const settingPattern = new RegExp(
  `^(?:region:\\S+|vertical:(?:rl|lr)|line:(?:-?\\d+|${percent})(?:,(?:start|center|end))?|` +
    `position:${percent}(?:,(?:line-left|center|line-right))?|size:${percent}|align:(?:start|center|end|left|right))$`,
);
const isSetting = (written: string) => settingPattern.test(written);
