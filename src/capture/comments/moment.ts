import type { Entry } from '#site/contract.ts';
import { clock } from '#site/length.ts';
import { parseMoment } from '#site/moment.ts';

/** A moment of an episode as its listener typed it, in whole seconds; null where the field is empty. */
export function readMoment(
  typed: string | undefined,
  entry: Pick<Entry, 'kind' | 'seconds'> | undefined,
): { moment: number | null; error?: string } {
  const written = (typed ?? '').trim();
  if (written === '' || !entry) return { moment: null };
  if (entry.kind === 'post') return { moment: null, error: 'A post has no moments. Leave this empty.' };
  const moment = written.length > longest ? undefined : parseMoment(written);
  if (moment === undefined)
    return { moment: null, error: 'Enter minutes and seconds, as 12:30, or hours too, as 1:02:03, or leave it empty.' };
  const seconds = Math.floor(moment);
  const end = entry.seconds ?? day;
  if (seconds >= end)
    return {
      moment: null,
      error: `${entry.seconds === undefined ? 'No episode lasts longer than a day' : `This episode lasts ${clock(end)}`}. Enter a moment before that, or leave it empty.`,
    };
  return { moment: seconds };
}

const day = 24 * 60 * 60;
/** Longer than any moment. */
const longest = 12;
