import { basename } from 'node:path/posix';
import { styleText } from 'node:util';
import type { Change, Comparison, Identified, Loss } from './comparison.ts';
import { dateTime } from './date-time.ts';

/**
 * What a deploy would do, as short tables for a terminal, with dates as they are in `timezone` (IANA); colours are for
 * terminals only.
 */
export function comparisonReport({ added, changed, moved, lost }: Comparison, timezone: string): string {
  const day = (iso: string) => dateTime(iso, timezone).join(' ').replace(' 00:00', '');
  const cells = (change: Change) => changeCells(change, day);
  const tables = [
    table(
      'Adds',
      added.map((each) => [...head(each), day(each.entry.publishedAt), short(each.entry.title)]),
    ),
    table(
      'Changes',
      changed.flatMap((each) => each.changes.map((change) => [...head(each), ...cells(change)])),
    ),
    table(
      'Moves',
      moved.map((each) => [...head(each), each.entry.url, '→', each.to]),
    ),
    table(
      'Loses',
      lost.map((each) => [...head(each), lossNames[each.what], each.address]),
      'red',
    ),
  ].filter(Boolean);
  return tables.length > 0 ? tables.join('\n\n') : 'Nothing changes.';
}

/** The same for programs: stable keys, GUIDs and paths, dates in ISO 8601. */
export const comparisonJson = ({ added, changed, moved, lost }: Comparison) => ({
  added: added.map(({ guid, entry: { title, url, publishedAt, enclosures } }) => ({
    ...{ guid, title, url, publishedAt, enclosures },
  })),
  changed: changed.map(({ guid, changes }) => ({ guid, changes })),
  moved: moved.map(({ guid, entry, to }) => ({ guid, from: entry.url, to })),
  lost: lost.map(({ guid, what, address, entry }) => ({ guid, what, address, title: entry.title })),
});

const lossNames: Record<Loss['what'], string> = {
  entry: 'the entry',
  guid: 'its guid',
  enclosure: 'a recording',
  transcript: 'a transcript',
  chapters: 'its chapters',
  player: 'its player elsewhere',
  address: 'a former address',
};

const head = ({ entry: { url } }: Identified) => [url.startsWith('/episodes/') ? 'episode' : 'post', basename(url)];

function changeCells({ field, before, after }: Change, day: (iso: string) => string): string[] {
  const named = { title: 'title', url: 'URL', publishedAt: 'date', enclosures: 'recording', content: 'content' }[field];
  if (field === 'content') return [named, 'its text or fields'];
  const [was, is] = [before, after].map((value) => (field === 'publishedAt' ? day(value) : short(value)) || 'none');
  return [named, `${was} → ${is}`];
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

function table(heading: string, rows: string[][], color: 'bold' | 'red' = 'bold'): string {
  if (rows.length === 0) return '';
  const widths = (rows[0] ?? []).map((_cell, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const lines = rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
  return [styleText(color, `${heading} ${rows.length}`), ...lines].join('\n');
}
