import type { EntryReport, Funnel, Report } from '#capture/owner/report.ts';
import { newsletterLanding } from '#site/url.ts';
import { grouped } from '#site/count.ts';
import { table, type Column, type TablePlace } from './table.ts';

/** The report as tables; `title` names a page or an entry as its readers know it. */
export function reportText(
  { byPage, byEntry, total }: Report,
  title: (of: string) => string | undefined,
  place: TablePlace,
): string {
  const pages = byPage.map(({ landing, ...of }) => [
    landing,
    ...cells(of, landing !== newsletterLanding),
    title(landing) ?? '',
  ]);
  const entries = byEntry.map(({ entry, ...of }) => [
    ...[entry ?? 'no entry', ...cells(of)],
    entry ? (title(entry) ?? '') : 'came by search, a feed, another site',
  ]);
  return [
    table([{ heading: 'Form' }, ...numbers, { heading: 'Title' }], [...pages, ['All', ...cells(total)]], place),
    table([{ heading: 'Sent by' }, ...numbers, { heading: 'Title' }], entries, place),
    'A rate is a share of the step before it. A form beside an entry counts as seen when it is sent.',
  ].join('\n\n');
}

const numbers = ['Views', 'Submitted', 'Rate', 'Confirmed', 'Rate', 'Downloads', 'Rate'].map((heading): Column => ({
  heading,
  align: 'right',
  whole: true,
}));

function cells(of: Funnel, hasDownloads = true): string[] {
  const share = (rate: number | null) => (rate === null ? '–' : `${(rate * 100).toFixed(1)} %`);
  return [
    ...[grouped(of.views), grouped(of.submissions), share(of.submissionRate)],
    ...[grouped(of.confirmations), share(of.confirmationRate)],
    ...(hasDownloads ? [grouped(of.downloads), share(of.downloadRate)] : ['–', '–']),
  ];
}

/** What became of each entry as a table; `facts` has its title, and whether its recording is elsewhere. */
export function entryReportText(
  reports: readonly EntryReport[],
  facts: (entry: string) => { title: string; isElsewhere?: true | undefined } | undefined,
  place: TablePlace,
): string {
  const headings = ['In apps', 'In browsers', 'Saved', 'Read', 'Clicked', 'Asked', 'Confirmed'];
  const rows = reports.map(({ entry, heard, read, clicked, asked, confirmed }) => {
    const known = facts(entry);
    const counts = [heard.app, heard.player, heard.download];
    // Nobody here can count what another host sends.
    const isUnknown = known?.isElsewhere && counts.every((n) => n === 0);
    return [
      ...[entry, ...(isUnknown ? counts.map(() => '?') : counts.map(grouped))],
      ...[grouped(read), grouped(clicked), grouped(asked), grouped(confirmed), known?.title ?? ''],
    ];
  });
  return [
    table(
      [
        { heading: 'Entry' },
        ...headings.map((heading): Column => ({ heading, align: 'right', whole: true })),
        { heading: 'Title' },
      ],
      rows,
      place,
    ),
    'Heard is who was sent a minute of a recording or all of it, once a day, without machines; ? is one on another host, which nobody here can count. Read is how often its page was opened by who is no machine, each time anew.',
  ].join('\n\n');
}
