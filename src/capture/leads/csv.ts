import type { Context } from '#capture/context.ts';
import { stringify } from 'csv-stringify/sync';
import type { LeadCsv, LeadQuery, LeadReader } from '#site/lead-desk.ts';
import type { ListedLead } from '#capture/store/leads.ts';
import { neutralCell } from '#site/spreadsheet-cell.ts';
import { auditLead } from './names.ts';
import { cursorIn, cursorText, filterOf, readQuery } from './list.ts';

const perPart = 1000;

/**
 * A part of the list as CSV (RFC 4180, UTF-8, moments in ISO 8601), the first one with a heading. A cell that a spreadsheet
 * would take for a formula begins with an apostrophe.
 */
export async function leadCsv(
  context: Context,
  query: LeadQuery,
  after: string | undefined,
  reader: LeadReader,
): Promise<LeadCsv> {
  const filter = filterOf(readQuery(context, query), reader, context.clock());
  const begin = cursorIn(after);
  if (!begin) await context.store.transaction((records) => auditLead(context, records, reader, 'leads exported'));
  const rows = await context.store.reading.leadPage(filter, begin?.cursor, perPart);
  const last = rows.at(-1);
  return {
    csv: stringify(
      rows.map((row) => record(row)),
      {
        ...{ header: begin === undefined, columns: [...columns], record_delimiter: 'windows', quoted_string: true },
        escape_formulas: true,
      },
    ),
    next: rows.length === perPart && last ? cursorText(last, (begin?.passed ?? 0) + rows.length) : undefined,
  };
}

const columns = [
  ...(['email', 'name', 'company', 'whitepaper', 'state', 'value', 'assigned_to'] as const),
  ...(['source', 'from_entry', 'partner', 'newsletter'] as const),
  ...(['asked_at', 'confirmed_at', 'downloaded_at', 'answered_at', 'ended_at', 'lead_id', 'contact_id'] as const),
] as const;

function record(lead: ListedLead): Record<(typeof columns)[number], string> {
  const iso = (moment: number | null) => (moment === null ? '' : new Date(moment).toISOString());
  return {
    email: neutralCell(lead.email),
    name: neutralCell(lead.name ?? ''),
    company: neutralCell(lead.company ?? ''),
    whitepaper: lead.asset,
    state: lead.state,
    value: lead.value === null ? '' : (lead.value / 100).toFixed(2),
    assigned_to: lead.assignedTo ?? '',
    source: lead.source,
    from_entry: lead.fromEntry ?? '',
    partner: lead.partner ?? '',
    newsletter: lead.newsletter ?? '',
    asked_at: iso(lead.askedAt),
    confirmed_at: iso(lead.confirmedAt),
    downloaded_at: iso(lead.downloadedAt),
    answered_at: iso(lead.answeredAt),
    ended_at: iso(lead.endedAt),
    lead_id: lead.id,
    contact_id: lead.contactId,
  };
}
