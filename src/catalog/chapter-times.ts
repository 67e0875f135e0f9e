import type { Content, CatalogProblem } from './content.ts';
import { clock } from '#site/length.ts';
import { chapters, recording } from './recording.ts';

/**
 * A problem for each chapter that begins before the one before it, or that begins when the recording is over.
 * Podcasting 2.0, chapters: in the order of their start times.
 */
export function chapterTimes(content: Content): CatalogProblem[] {
  return content.episodes.flatMap((entry) => {
    const { slug, data } = entry;
    const ends = (['audio', 'video'] as const).map((kind) => length(recording(entry, kind, content.media)));
    const end = Math.max(...ends) || Infinity;
    return chapters(entry, content).flatMap(({ start, title }, i, all): CatalogProblem[] => {
      const before = all[i - 1];
      const late = start >= end;
      if (!late && (!before || start >= before.start)) return [];
      const what = late
        ? `The chapter "${title}" begins at ${clock(start)}, but the recording ends at ${clock(end)}`
        : `The chapter "${title}" begins at ${clock(start)}, before the one above it (${clock(before?.start ?? 0)})`;
      const inList = typeof data.chapters !== 'string';
      const free = late ? end - 1 : Math.floor(before?.start ?? 0) + 1;
      return [
        {
          collection: 'episodes',
          slug,
          field: inList ? ['chapters', i, 'start'] : ['chapters'],
          what,
          candidates: inList ? [clock(Math.max(0, free))] : [],
        },
      ];
    });
  });
}

/** Seconds that a recording lasts: none where there is none, and any where its host alone knows. */
function length(found: ReturnType<typeof recording>): number {
  if (!found) return 0;
  return (found.kind === 'file' ? found.duration : undefined) ?? Infinity;
}
