import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Cue } from '#catalog/records.ts';
import { clock } from '#site/length.ts';
import { readCues, type SaidLine } from './caption-cues.ts';
import { stretches } from './caption-marks.ts';
import { lostWords } from './lost-words.ts';
import { captionFormat } from './caption-format.ts';
import { shownUntil } from './cue-times.ts';
import { type SaidCue, saidCue, unrolled } from './rolling-captions.ts';
import { type KnownNames, turnsOf } from './speakers.ts';
import { type Advice, adviceOf, type Remark } from './transcript-advice.ts';
import { readSegments } from './transcript-json.ts';
import { transcriptText } from './transcript-text.ts';

/** What was said, with what its author may want to know. */
export interface Transcript {
  cues: Cue[];
  advice: Advice[];
  /** Words of the file that are in no cue: what a reader of transcripts must not do. */
  losses: Advice[];
}

/**
 * What was said, from WebVTT (voices as `<v Name>`), SRT or Podcasting 2.0 JSON, in the order of its times. All that can be
 * understood is read, with advice; `duration` is that of the recording, in seconds. Throws an error with a plain message when
 * nothing can.
 */
export async function readTranscript(
  path: string,
  known: KnownNames = { site: [], episode: [] },
  duration = Infinity,
): Promise<Transcript> {
  const { text, remarks } = transcriptText(await readFile(path));
  const read = extname(path).toLowerCase() === '.json' ? fromJson(text) : fromCaptions(text, path);
  const { turns, written, remarks: names } = turnsOf(read.cues, known);
  const cues = timed(read.cues).flatMap(({ start, end }, i) =>
    (turns[i] ?? []).map(({ text, ...who }): Cue => ({ start, end, ...who, text: plain(text) })),
  );
  if (cues.length === 0) throw new Error('has nothing in it that was said');
  return {
    cues: cues.toSorted((a, b) => a.start - b.start),
    advice: adviceOf([...remarks, ...read.remarks, ...names, ...timeRemarks(read.cues, duration)]),
    losses: lostWords(read.said, [...cues.map(({ text }) => text), ...written], read.isRolled),
  };
}

interface Read {
  cues: SaidCue[];
  remarks: Remark[];
  said: SaidLine[];
  /** Whether each line counts once, however often it is there. */
  isRolled: boolean;
}

function fromJson(text: string): Read {
  const segments = readSegments(text);
  const cues = segments.map(({ start, end, line, speaker, body }) => ({
    ...{ start, end, line },
    stretches: stretches(body).map((each) => ({ speaker: each.speaker ?? speaker, text: each.text })),
  }));
  const said =
    wordsApart(cues) === 'tokens'
      ? [{ line: 1, text: segments.map(({ body }) => body).join('') }]
      : segments.map(({ line, body }) => ({ line, text: body }));
  return { cues: joined(cues), remarks: [], said, isRolled: false };
}

function fromCaptions(text: string, path: string): Read {
  const captions = readCues(text, captionFormat(path) ?? 'vtt');
  if (captions.cues.length === 0) {
    const isJson = /^\s*[[{]/.test(text);
    const what = captionFormat(path) === 'srt' ? 'SRT' : 'WebVTT';
    if (isJson) throw new Error(`is not ${what}: it is JSON. Name it ${basename(path, extname(path))}.json`);
    if (!/^\s*WEBVTT/i.test(text) && text.trim())
      throw new Error(`is not ${what}: no line in it has the times of a cue, as 00:00:01.000 --> 00:00:04.000`);
  }
  const cues = captions.cues.map(({ said, ...cue }) => saidCue(cue, said));
  const once = unrolled(cues);
  return {
    cues: once ?? joined(cues),
    remarks: [...captions.remarks, ...(once ? [{ kind: 'rolling', line: cues[0]?.line ?? 1 } as const] : [])],
    said: captions.cues.flatMap(({ said }) => said),
    isRolled: once !== undefined,
  };
}

/** Whether words stand one to a cue, as speech recognition gives them, and whether these are parts of words. */
function wordsApart(cues: readonly SaidCue[]): 'words' | 'tokens' | undefined {
  if (cues.length < 8 || cues.filter(isWord).length * 10 < cues.length * 9) return undefined;
  // Tokens carry the space before them: those without one go on with a word.
  const spaced = cues.filter(({ stretches: [first] }) => /^\s/.test(first?.text ?? '')).length;
  return spaced * 3 > cues.length ? 'tokens' : 'words';
}

const isWord = ({ stretches: [first, second] }: SaidCue) => !second && !/\S\s+\S/.test(first?.text ?? '');

/** Words that stand one to a cue as phrases. */
function joined(cues: readonly SaidCue[]): SaidCue[] {
  const kind = wordsApart(cues);
  if (!kind) return [...cues];
  const found: SaidCue[] = [];
  for (const cue of cues) {
    const last = found.at(-1);
    const [stretch] = cue.stretches;
    const [phrase] = last?.stretches ?? [];
    if (!last || !stretch || !phrase || !isWord(cue) || last.stretches[1] || phrase.speaker !== stretch.speaker) {
      found.push({ ...cue, stretches: cue.stretches.map((each) => ({ ...each })) });
      continue;
    }
    const isWhole = phrase.text.length >= phraseLength || /[.!?…]["”’)]?\s*$/.test(phrase.text);
    const opens = /^\s*(?:>>|[^\s:]+:\s*$)/.test(stretch.text);
    if (cue.start < last.start || ((isWhole || opens) && (kind === 'words' || /^\s/.test(stretch.text))))
      found.push({ ...cue, stretches: [{ ...stretch }] });
    else {
      phrase.text += (kind === 'tokens' ? '' : ' ') + stretch.text;
      last.end = cue.end ?? last.end;
    }
  }
  return found;
}

/** A phrase ends with its sentence, or with the first word after so many characters. */
const phraseLength = 60;

/** Each cue with an end after its beginning. */
function timed(cues: readonly SaidCue[]): { start: number; end: number }[] {
  const starts = cues.map(({ start }) => start).toSorted((a, b) => a - b);
  return cues.map(({ start, end }) => ({ start, end: shownUntil(start, end, starts) }));
}

function timeRemarks(cues: readonly SaidCue[], duration: number): Remark[] {
  let before: SaidCue | undefined;
  let until = -Infinity;
  return cues.flatMap((cue) => {
    const { start, end = Infinity, line } = cue;
    const found: Remark[] = [];
    if (end <= start) found.push({ kind: 'no-length', line });
    if (before && start < before.start) found.push({ kind: 'order', line });
    // Two that are shown together are one cue with two lines.
    else if (before && start < until - 0.1 && !(start === before.start && end === before.end))
      found.push({ kind: 'overlap', line });
    if (start >= duration) found.push({ kind: 'late', line, detail: clock(duration) });
    before = cue;
    until = Math.max(until, end === Infinity ? start : end);
    return found;
  });
}

const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
