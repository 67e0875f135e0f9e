import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { utmNames, type Lead } from '#capture/owner/leads.ts';
import { neutralCell } from '#site/spreadsheet-cell.ts';

/** The columns of the export, in their order. */
export const csvColumns = [
  ...(['email', 'name', 'company', 'status', 'newsletter', 'mail', 'whitepapers', 'leads', 'value'] as const),
  ...(['assigned_to', 'partner', 'from_entry'] as const),
  ...utmNames,
  ...(['first_seen', 'last_seen', 'contact_id'] as const),
] as const;

/**
 * Writes leads as CSV (RFC 4180, UTF-8, one line a lead, moments in ISO 8601) while they are read, so that a list of any
 * length takes the same memory; returns how many there were. `bom` begins it with a byte order mark, by which Excel
 * knows UTF-8.
 */
export async function writeCsv(
  leads: AsyncIterable<Lead>,
  output: Writable,
  { bom, seen }: { bom: boolean; seen?: (count: number) => void },
): Promise<number> {
  let count = 0;
  async function* records() {
    for await (const lead of leads) {
      yield record(lead);
      count += 1;
      seen?.(count);
    }
  }
  const lines = stringify({
    ...{ bom, header: true, columns: [...csvColumns], record_delimiter: 'windows', quoted_string: true },
    escape_formulas: true,
  });
  await pipeline(Readable.from(records()), lines, output, { end: output !== process.stdout });
  return count;
}

type CsvRecord = Record<(typeof csvColumns)[number], string>;

function record(lead: Lead): CsvRecord {
  const utm = sources(lead.utm);
  return {
    email: neutralCell(lead.email),
    name: neutralCell(lead.name ?? ''),
    company: neutralCell(lead.company ?? ''),
    status: lead.status,
    newsletter: lead.newsletter ?? '',
    mail: lead.mail ?? '',
    whitepapers: lead.assets.join(' '),
    leads: lead.leads.map(({ asset, state }) => `${asset}:${state}`).join(' '),
    value: valueOf(lead),
    assigned_to: neutralCell([...new Set(lead.leads.flatMap(({ assignedTo }) => assignedTo ?? []))].join(' ')),
    partner: [...new Set(lead.leads.flatMap(({ partner }) => partner ?? []))].join(' '),
    from_entry: lead.fromEntry ?? '',
    ...(Object.fromEntries(utmNames.map((name) => [name, neutralCell(utm[name])])) as Pick<
      CsvRecord,
      (typeof utmNames)[number]
    >),
    first_seen: new Date(lead.createdAt).toISOString(),
    last_seen: new Date(lead.lastAt).toISOString(),
    contact_id: lead.contactId,
  };
}

/** What the won ones brought together, in the owner's currency; empty where nothing was noted. */
function valueOf({ leads }: Lead): string {
  const values = leads.flatMap(({ value }) => value ?? []);
  return values.length === 0 ? '' : (values.reduce((sum, value) => sum + value, 0) / 100).toFixed(2);
}

function sources(json: string): Record<string, unknown> {
  try {
    return (JSON.parse(json) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
