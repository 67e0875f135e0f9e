/** Anything that begins at a moment of a recording: a chapter, a cue. */
export interface Timed {
  /** Seconds. */
  start: number;
}

/** How much of a recording is over, in per cent; nothing of one whose length is not known. */
export const shareOf = (seconds: number, duration: number): number => (duration ? (seconds / duration) * 100 : 0);

/** Where the line of a recording has its gaps: at the beginning of each chapter but the first, in per cent of its width. */
export const chapterGaps = (chapters: readonly Timed[], duration: number): string[] =>
  duration > 0
    ? chapters.filter(({ start }) => start > 0).map(({ start }) => `${shareOf(start, duration).toFixed(2)}%`)
    : [];

/** The index of the last that has begun, or -1 before the first. They are in order. */
export function indexAt(timed: readonly Timed[], seconds: number): number {
  return timed.findLastIndex(({ start }) => start <= seconds);
}

/** Where "previous" leads: to the beginning of what plays, or of the one before it in its first three seconds. */
export function startBefore(timed: readonly Timed[], seconds: number): number {
  return timed[indexAt(timed, seconds - 3)]?.start ?? 0;
}

/** Where "next" leads; undefined in the last one. */
export function startAfter(timed: readonly Timed[], seconds: number): number | undefined {
  return timed[indexAt(timed, seconds) + 1]?.start;
}
