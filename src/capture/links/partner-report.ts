import type { PartnerReportOutcome } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { isOwnLink } from '#capture/store/own-links.ts';
import { unlessUnavailable } from '#capture/store/store.ts';
import { tokenId } from '#capture/store/tokens.ts';
import type { Partner } from '#site/contract.ts';
import type { PartnerFigure, PartnerReport, PartnerRow } from '#site/partner-report.ts';
import { toldCounts } from '#site/small-counts.ts';

/** How many months a report has, this one among them. */
const monthsTold = 3;

/** What a partner's links have led to, by the secret link of the partner. Changes nothing. */
export function partnerReport(context: Context, token: string): Promise<PartnerReportOutcome> {
  return unlessUnavailable(async (): Promise<PartnerReportOutcome> => {
    const id = tokenId(token);
    if (id === undefined || !isOwnLink(token, id, 'partner report', context.secrets)) return { kind: 'gone' };
    const link = await context.store.reading.partnerLink(id);
    const partner = context.site.partners?.find(({ slug }) => slug === link?.partner);
    if (!link || link.revokedAt !== null || !partner) return { kind: 'gone' };
    return { kind: 'valid', report: await reportOf(context, partner) };
  });
}

async function reportOf(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  { slug, name, url: page }: Partner,
): Promise<PartnerReport> {
  const now = clock();
  const bounds = boundsOf(now);
  const months = bounds.slice(0, -1).map((at) => new Date(at).toISOString().slice(0, 7));
  const [views, leads] = await Promise.all([
    store.reading.partnerViews(slug, `${months[0]}-01`),
    Promise.all(months.map((_, i) => store.reading.partnerLeads(slug, bounds[i] ?? 0, bounds[i + 1] ?? 0))),
  ]);
  const viewed = (isPage: boolean) =>
    months.map((month) =>
      views.reduce((sum, view) => sum + (view.month === month && (view.landing === page) === isPage ? view.n : 0), 0),
    );
  const persons = (figure: keyof (typeof leads)[number]): PartnerRow => ({
    figure,
    ...toldCounts(leads.map((each) => each[figure])),
  });
  return {
    ...{ name, page, months },
    until: new Date(now).toISOString().slice(0, 10),
    rows: [
      whole('visits', viewed(true)),
      whole('views', viewed(false)),
      ...(['leads', 'downloads', 'won'] as const).map(persons),
    ],
  };
}

/** Views are of pages: whose they were nobody knows, so that they are told as they are. */
const whole = (figure: PartnerFigure, parts: number[]): PartnerRow => ({
  ...{ figure, parts },
  sum: parts.reduce((sum, part) => sum + part, 0),
});

/** When each month begins (UTC), and when the last one ends, in milliseconds since 1970. */
function boundsOf(now: number): number[] {
  const today = new Date(now);
  return Array.from({ length: monthsTold + 1 }, (_, i) =>
    Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1 - monthsTold + i, 1),
  );
}
