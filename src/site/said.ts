/** What is said between two moments, of cues in order: those that begin there. Seconds. */
export function saidBetween(
  paragraphs: readonly { cues: readonly { start: number; text: string }[] }[],
  start: number,
  end: number,
): string {
  return paragraphs
    .flatMap(({ cues }) => cues)
    .filter((cue) => cue.start >= start && cue.start < end)
    .map(({ text }) => text)
    .join(' ');
}
