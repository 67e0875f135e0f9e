import { counted, grouped } from '#site/count.ts';
import type { AnswerTime, AnswerTimes, FunnelRow, FunnelView, Named } from '#site/lead-desk.ts';
import { waited } from '#site/waited.ts';

/** Under so many leads there is no rate, and a cell of the week is not drawn under so few. */
export const fewest = { leads: 5, cell: 3 };

/** How long it takes, in words: "3 h 50 min", "not yet". */
export const timeText = (time: number | 'not yet' | undefined): string =>
  time === undefined ? '' : time === 'not yet' ? 'not yet' : waited(time);

/** The news of the funnel in a sentence. */
export function funnelHeadline({ total, answers }: Pick<FunnelView, 'total' | 'answers'>): string {
  if (total.confirmed === 0) return total.views === 0 ? 'Nobody came in these weeks' : 'No leads in these weeks';
  const { rate } = total;
  const leads = rate
    ? `Of 100 views ${oneDigit(rate.per100)} become leads`
    : `${counted(total.confirmed, 'lead')} in these weeks`;
  const { median } = answers.all;
  if (median === undefined) return leads;
  return median === 'not yet'
    ? `${leads}; over half of these wait for an answer`
    : `${leads}; half of these are answered within ${waited(median)}`;
}

/** "9", "0.4": a rate of a hundred, with a digit behind the point under ten. */
export const oneDigit = (rate: number): string =>
  rate >= 9.95 ? String(Math.round(rate)) : rate.toFixed(1).replace(/\.0$/, '');

/** The steps of a funnel, each with its share of the one before. */
export function stepsOf(row: FunnelRow): { name: string; n: number; kept: string }[] {
  const steps = [
    { name: 'View', n: row.views },
    { name: 'Submit', n: row.submitted },
    { name: 'Confirm', n: row.confirmed },
    { name: 'Download', n: row.downloaded },
    { name: 'Answered', n: row.answered },
    { name: 'Won', n: row.won },
  ];
  return steps.map(({ name, n }, index) => ({ name, n, kept: keptOf(n, steps[index - 1]?.n) }));
}

const keptOf = (n: number, before: number | undefined) =>
  before === undefined || before < fewest.leads || n > before ? '' : `${Math.round((100 * n) / before)} %`;

/** What the time to an answer says of who is answered, who waits and who wants none. */
export function answersText({ all }: AnswerTimes, unwanted: number): string {
  if (all.leads === 0) return 'Nobody who wants an answer asked in these weeks.';
  const lost = all.leads - all.answered - all.waiting;
  const parts = [
    `${grouped(all.answered)} of ${counted(all.leads, 'lead')} that want an answer have one`,
    ...(all.waiting > 0
      ? [
          `${grouped(all.waiting)} still ${all.waiting === 1 ? 'waits' : 'wait'}, the longest for ${waited(
            all.longestWait ?? 0,
          )}, and ${all.waiting === 1 ? 'counts' : 'count'} as longer than any that was answered`,
        ]
      : []),
    ...(lost > 0 ? [`${grouped(lost)} ${lost === 1 ? 'was' : 'were'} lost without one`] : []),
    ...(unwanted > 0 ? [`${grouped(unwanted)} want none, and are not counted`] : []),
  ];
  return `${parts.join('; ')}.`;
}

/** A share in percent, where there are enough of them. */
export const shareText = ({ leads, withinTarget }: AnswerTime): string =>
  leads < fewest.leads ? '' : `${Math.round((100 * withinTarget) / leads)} %`;

/** The first rows, and all others as one. */
export function folded(
  rows: readonly Named<FunnelRow>[],
  most: number,
  name: (n: number) => string,
): Named<FunnelRow>[] {
  if (rows.length <= most + 1) return [...rows];
  const others = rows.slice(most);
  const sum = (of: keyof Omit<FunnelRow, 'rate'>) => others.reduce((n, row) => n + row[of], 0);
  return [
    ...rows.slice(0, most),
    {
      ...{ key: 'others', name: name(others.length), views: sum('views'), submitted: sum('submitted') },
      ...{ confirmed: sum('confirmed'), downloaded: sum('downloaded'), answered: sum('answered'), won: sum('won') },
      ...{ waiting: sum('waiting'), unwanted: sum('unwanted'), value: sum('value') },
    },
  ];
}

/** How dark a cell of the week is, by how its median stands to the target. */
export function shadeOf(median: number | 'not yet' | undefined, target: number): 0 | 1 | 2 | 3 | 4 {
  if (median === undefined) return 0;
  const times = median === 'not yet' ? Infinity : median / target;
  return times <= 0.5 ? 0 : times <= 1 ? 1 : times <= 2 ? 2 : times <= 4 ? 3 : 4;
}

/** "1:10", "12 h": short enough for a cell. */
export function cellText(median: number | 'not yet' | undefined): string {
  if (median === undefined) return '·';
  if (median === 'not yet') return '–';
  const minutes = Math.round(median / 60_000);
  const hours = Math.floor(minutes / 60);
  return hours < 10 ? `${hours}:${String(minutes % 60).padStart(2, '0')}` : `${Math.round(minutes / 60)} h`;
}
