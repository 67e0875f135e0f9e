import type { DeadLetter } from '#capture/owner/dead-letters.ts';
import { shownMoment } from './moment.ts';
import { harmless, table, type TablePlace } from './table.ts';

/** Each in a line, and below it whom it was for and why it failed. */
export function deadLetterTable(letters: readonly DeadLetter[], place: TablePlace): string {
  const columns = [
    ...['Id', 'What', 'Tried'].map((heading) => ({ heading, whole: true })),
    { heading: 'Times', align: 'right' as const, whole: true },
  ];
  const rows = letters.map(({ id, what, tried, attempts }) => [
    id,
    what,
    shownMoment(Date.parse(tried)),
    `${attempts}`,
  ]);
  const [heading, ...lines] = table(columns, rows, place).split('\n');
  const reason = ({ to, error }: DeadLetter) => `    ${to === null ? '' : `${to}: `}${error || 'no reason was told'}`;
  return [
    heading,
    ...lines.flatMap((line, i) => [
      line,
      ...letters
        .slice(i, i + 1)
        .map(reason)
        .map(harmless),
    ]),
  ].join('\n');
}
