import type { SaidLine, WrittenCue } from './caption-cues.ts';
import { type Stretch, stretches, withoutMarks } from './caption-marks.ts';

/** A cue as far as its text goes. */
export interface SaidCue {
  start: number;
  end: number | undefined;
  line: number;
  stretches: Stretch[];
  /** How many of its words stand before the first that has a time of its own, which is new; undefined where none has. */
  carried?: number | undefined;
}

/** What was said in a cue as it was written. */
export function saidCue(
  { start, end, line }: Pick<WrittenCue, 'start' | 'end' | 'line'>,
  said: readonly SaidLine[],
): SaidCue {
  const text = said.map((each) => each.text).join('\n');
  // YouTube times each word of the line that is new.
  const timedLine = said.findIndex(({ text }) => /<(?:\d+:)?\d\d:\d\d[.,]\d{3}>/.test(text));
  const before = said.slice(0, Math.max(timedLine, 0)).map((each) => withoutMarks(each.text));
  const carried = timedLine < 0 ? undefined : (before.join(' ').match(/\S+/g) ?? []).length;
  return { start, end, line, stretches: stretches(text), carried };
}

/**
 * Cues without the words that they repeat of the cue before them, where captions roll: those of YouTube show each line
 * three times, and live captions each sentence once for every word that came to it. Undefined where they do not.
 */
export function unrolled(cues: readonly SaidCue[]): SaidCue[] | undefined {
  if (cues.length < 3 || cues.some(({ stretches }) => stretches.some(({ speaker }) => speaker))) return undefined;
  const sample = repetitions(cues.slice(0, sampleSize));
  const sum = (of: (each: Repetition) => number) => sample.reduce((total, each) => total + of(each), 0);
  // People repeat themselves, but neither two words of five, nor with more to say in every fourth cue.
  const goesOn = sum(({ count, of }) => Number(count > 0 && count < of));
  if (sum(({ count }) => count) * 5 < sum(({ of }) => of) * 2 || goesOn * 4 < sample.length - 1) return undefined;
  const repeated = repetitions(cues);
  return cues.flatMap((cue, i) => {
    const stretches = withoutFirst(cue.stretches, repeated[i]?.count ?? 0);
    return stretches.some(({ text }) => text.trim()) ? { ...cue, stretches } : [];
  });
}

/** Cues that show whether captions roll. */
const sampleSize = 400;

/** How many of its words a cue repeats of the cue before, where that is no chance. */
interface Repetition {
  count: number;
  of: number;
}

function repetitions(cues: readonly SaidCue[]): Repetition[] {
  const words = cues.map(({ stretches }) => stretches.flatMap(({ text }) => text.match(/\S+/g) ?? []));
  return cues.map(({ carried = Infinity }, i) => {
    const [before = [], after = []] = [words[i - 1], words[i]];
    const count = Math.min(overlap(before, after), carried);
    return { count: count * 3 >= Math.min(before.length, after.length) ? count : 0, of: after.length };
  });
}

/** How many words at the end of a text are those at the beginning of the next. */
function overlap(before: readonly string[], after: readonly string[]): number {
  for (let length = Math.min(before.length, after.length); length > 0; length--)
    if (after.slice(0, length).every((word, i) => word === before[before.length - length + i])) return length;
  return 0;
}

function withoutFirst(stretches: readonly Stretch[], count: number): Stretch[] {
  let left = count;
  return stretches.map((stretch) => ({
    ...stretch,
    text: stretch.text.replaceAll(/\S+/g, (word) => (left-- > 0 ? '' : word)),
  }));
}
