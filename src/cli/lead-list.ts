import { closestMatch } from '#authoring/closest-match.ts';
import { isAskedFor, leadStatuses, type Lead, type LeadFilter } from '#capture/owner/leads.ts';
import { UsageError } from './command-line.ts';
import { moment } from './moment.ts';
import type { OwnerWithSite } from './open-store.ts';
import { table, type TablePlace } from './table.ts';

/** The options by which leads are chosen, for every command that reads them. */
export const filterOptions = {
  whitepaper: { value: 'slug', description: 'only who asked for this whitepaper' },
  since: { value: 'date', description: 'only who was first seen on this day (UTC) or later, as 2026-01-31' },
  status: { value: 'status', description: 'confirmed or pending: whether the address was confirmed by its owner' },
} as const;

interface Chosen {
  whitepaper: string | undefined;
  since: string | undefined;
  status: string | undefined;
}

/** The filter that was typed. A whitepaper may have left the site; it is unknown when nobody ever asked for it. */
export async function filterOf(
  { whitepaper, since, status: written }: Chosen,
  owner: OwnerWithSite,
): Promise<LeadFilter> {
  const status = leadStatuses.find((each) => each === written);
  if (written !== undefined && status === undefined)
    throw new UsageError(
      `--status is confirmed or pending, not “${written}”. Nearest: --status ${closestMatch(written, leadStatuses)}`,
    );
  const known = owner.site?.whitepapers.map(({ slug }) => slug) ?? [];
  if (whitepaper !== undefined && !known.includes(whitepaper) && !(await isAskedFor(owner, whitepaper))) {
    const near = closestMatch(whitepaper, known);
    throw new UsageError(
      `Nobody asked for a whitepaper “${whitepaper}”, and the site has none.${near ? ` Nearest: --whitepaper ${near}` : ''}`,
    );
  }
  return { asset: whitepaper, since: since === undefined ? undefined : moment('--since', since), status };
}

export function leadTable(leads: readonly Lead[], place: TablePlace): string {
  const rows = leads.map((lead) => [
    ...[new Date(lead.createdAt).toISOString().slice(0, 10), lead.email, lead.status, lead.newsletter ?? ''],
    ...[lead.assets.join(' '), lead.name ?? '', lead.company ?? '', lead.fromEntry ?? ''],
  ]);
  const columns = [
    ...['First seen', 'Address', 'Status', 'Newsletter'].map((heading) => ({ heading, whole: true })),
    ...['Whitepapers', 'Name', 'Company', 'Sent by'].map((heading) => ({ heading })),
  ];
  return table(columns, rows, place);
}

/** The same for programs. */
export const leadJson = ({ contactId, createdAt, lastAt, utm, ...lead }: Lead) => ({
  id: contactId,
  ...lead,
  utm: JSON.parse(utm) as Record<string, string>,
  firstSeen: new Date(createdAt).toISOString(),
  lastSeen: new Date(lastAt).toISOString(),
});
