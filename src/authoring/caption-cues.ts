import { seconds } from '#site/length.ts';
import type { CaptionFormat } from './caption-format.ts';
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
 * Reads WebVTT or SRT. Each line is the header, a comment, a style, an index, the times of a cue or said: what strict
 * readers drop (https://www.w3.org/TR/webvtt1/#file-parsing), as a text after an empty line, is said.
 */
export const readCues = (text: string, named: CaptionFormat): WrittenCaptions => new CaptionReader(text, named).read();

/** What stands above a line: a line of a block, or an empty one. One of spaces ends no cue, and YouTube has them in cues. */
type Above = 'line' | 'spaces' | 'nothing';

/** Goes through the lines of a file. A method that finds at a line what it is for returns the next line to look at. */
class CaptionReader {
  readonly #lines: readonly string[];
  readonly #times: readonly (Times | undefined)[];
  readonly #named: CaptionFormat;
  readonly #format: CaptionFormat;
  /** The first line that is not empty. */
  readonly #first: number;
  readonly #hasHeader: boolean;
  /** Whether most cues have an index, or another identifier. */
  readonly #isIndexed: boolean;
  readonly #isIdentified: boolean;
  /** The last index that was read. */
  #last = 0;
  readonly #cues: WrittenCue[] = [];
  readonly #styles: string[] = [];
  readonly #remarks: Remark[] = [];
  /** What was said before the first cue. */
  readonly #early: SaidLine[] = [];

  constructor(text: string, named: CaptionFormat) {
    const lines = text.split(/\r\n|\r|\n/);
    const times = lines.map((line, i) => timesOf(line, !lines[i - 1]?.trim() || isIndex(lines[i - 1])));
    const most = (isOne: (i: number) => boolean) =>
      times.filter((each, i) => each && isOne(i)).length * 2 > times.filter(Boolean).length;
    this.#lines = lines;
    this.#times = times;
    this.#first = Math.max(
      lines.findIndex((line) => line.trim()),
      0,
    );
    this.#hasHeader = /^\s*WEBVTT(?!\w)/i.test(lines[this.#first] ?? '');
    this.#isIndexed = most((i) => isIndex(lines[i - 1]));
    this.#isIdentified = most((i) => (lines[i - 1] ?? '').trim() !== '' && !lines[i - 2]?.trim());
    const isSrt = this.#isIndexed && most((i) => /\d,\d/.test(lines[i] ?? ''));
    this.#named = named;
    this.#format = this.#hasHeader ? 'vtt' : isSrt ? 'srt' : named;
  }

  read(): WrittenCaptions {
    const [lines, format] = [this.#lines, this.#format];
    if (format !== this.#named) this.#remark('other-format', this.#first, format);
    else if (format === 'vtt' && !/^WEBVTT(?:[ \t].*)?$/.test(lines[0] ?? '')) this.#remark('header', this.#first);
    let above: Above = 'nothing';
    for (let i = this.#hasHeader ? this.#after(this.#first) : this.#first; i < lines.length;) {
      if (lines[i]?.trim()) {
        i = this.#cue(i) ?? this.#number(i, above) ?? this.#block(i, above) ?? this.#text(i, above);
        above = 'line';
      } else {
        if (above !== 'nothing') above = lines[i] === '' ? 'nothing' : 'spaces';
        i++;
      }
    }
    const [{ start } = { start: 0 }] = this.#cues;
    const [early] = this.#early;
    if (early && this.#cues.length > 0)
      this.#cues.unshift({ start: 0, end: start || undefined, line: early.line, settings: '', said: this.#early });
    return { format, cues: this.#cues, styles: this.#styles, remarks: this.#remarks };
  }

  /** The times of a cue, or what was to be some. */
  #cue(i: number): number | undefined {
    const line = this.#lines[i] ?? '';
    const times = this.#times[i];
    if (!times) {
      if (!/^\s*\d+\s?:.*-->/.test(line)) return undefined;
      this.#remark('no-times', i, line.trim());
      return i + 1;
    }
    const format = this.#format;
    if (!strictTimes[format].test(line)) this.#remark(times.arrow === '-->' ? 'times' : 'arrow', i, line.trim());
    if (format === 'srt' && !isIndex(this.#lines[i - 1])) this.#remark('index', i);
    const { settings, wrong, said } = settingsOf(times.rest, format);
    if (wrong.length > 0) this.#remark('setting', i, wrong.join(' '));
    if (said) this.#remark('beside-times', i, said);
    const { start, end } = times;
    this.#cues.push({ start, end, line: i + 1, settings, said: said ? [{ line: i + 1, text: said }] : [] });
    return i + 1;
  }

  /** The index or the identifier of a cue. */
  #number(i: number, above: Above): number | undefined {
    const line = this.#lines[i]?.trim() ?? '';
    const isAbove = this.#times[i + 1] !== undefined;
    if (isIndex(line)) {
      const isNext = Number(line) === this.#last + 1;
      const isAlone = above !== 'line' && isNext && this.#isBeforeTimes(i);
      if (!isAlone && !(isAbove && (above !== 'line' || this.#isIndexed))) return undefined;
      if (!isNext && this.#format === 'srt') this.#remark('index', i);
      this.#last = Number(line);
      return i + 1;
    }
    // A sentence is none, though WebVTT would take it for one, unless all cues have such.
    return isAbove && above !== 'line' && (!/\s/.test(line) || this.#isIdentified) ? i + 1 : undefined;
  }

  /** A comment, a style or a region, which WebVTT has. */
  #block(i: number, above: Above): number | undefined {
    const line = this.#lines[i] ?? '';
    if (this.#format !== 'vtt') return undefined;
    if (above !== 'line' && /^NOTE(?:\s|$)/.test(line)) return this.#after(i);
    if (above === 'line' && !this.#lines[i + 1]?.startsWith('::cue')) return undefined;
    if (!/^(?:STYLE|REGION)\s*:?\s*$/.test(line)) return undefined;
    // An empty line ends a block, but hardly one whose braces are open.
    const after = this.#after(i, (block) => block.split('{').length > block.split('}').length);
    if (this.#cues.length > 0) this.#remark('block', i, line.trim());
    else this.#styles.push(withoutEmpty(this.#lines.slice(i, after)).join('\n'));
    return after;
  }

  #text(i: number, above: Above): number {
    const text = this.#lines[i] ?? '';
    const cue = this.#cues.at(-1);
    // What a header has, without it.
    if (!cue && /^(?:(?:Kind|Language|Style|Region|X-TIMESTAMP-MAP)\s*[:=].*|##)$/i.test(text.trim())) return i + 1;
    if (!cue) this.#remark('early', i);
    else if (above === 'nothing') this.#remark('after-empty', i);
    (cue?.said ?? this.#early).push({ line: i + 1, text });
    return i + 1;
  }

  /** The line behind a block: an empty one, or the times of a cue. */
  #after(first: number, isOpen: (block: string) => boolean = () => false): number {
    let i = first + 1;
    while (
      i < this.#lines.length &&
      !this.#times[i] &&
      (this.#lines[i]?.trim() || isOpen(this.#lines.slice(first, i).join('\n')))
    )
      i++;
    return i;
  }

  /** Whether nothing stands between a line and the next times, or the end. */
  #isBeforeTimes(line: number): boolean {
    let i = line + 1;
    while (i < this.#lines.length && !this.#lines[i]?.trim()) i++;
    return i === this.#lines.length || this.#times[i] !== undefined;
  }

  #remark(kind: Remark['kind'], i: number, detail?: string): void {
    this.#remarks.push({ kind, line: i + 1, detail });
  }
}

const withoutEmpty = (lines: readonly string[]) => lines.filter((line) => line.trim());

const isIndex = (line: string | undefined): boolean => line !== undefined && /^\s*\d{1,6}\s*$/.test(line);

interface Times {
  start: number;
  end: number | undefined;
  arrow: string;
  rest: string;
}

const time = String.raw`\d+(?:\s?:\s?\d+){0,3}(?:\s?[.,]\s?\d+)?`;
const timed = new RegExp(
  `^\\s*(?:\\d+\\s+)?\\[?[-−]?(${time})\\s*(-->|-{1,3}\\s?-?>|[–—→⟶]>?|=+>|--&gt;)\\s*[-−]?(${time})?\\]?(.*)$`,
);

/** The times of a line that has some, behind an index or in brackets too. Another arrow than `-->` is one only where times are to stand. */
function timesOf(line: string, isPlace: boolean): Times | undefined {
  const [, from = '', arrow = '', to, rest = ''] = (/\d.*[>→⟶–—]/.test(line) && timed.exec(line)) || [];
  if (!from || (arrow !== '-->' && !(isPlace && from.includes(':') && to?.includes(':')))) return undefined;
  const [start, end] = [inSeconds(from), to === undefined ? undefined : inSeconds(to)];
  return start === undefined ? undefined : { start, end, arrow, rest };
}

/** `1:02:03,5`, `02:03.500`, `02:03` and `00:02:03:500`, in seconds; undefined for more than the longest recording. */
function inSeconds(written: string): number | undefined {
  const [, hours = 0, minutes, rest, thousandths] = usual.exec(written) ?? [];
  if (minutes)
    return ((Number(hours) * 60 + Number(minutes)) * 60_000 + Number(rest) * 1000 + Number(thousandths)) / 1000;
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
