import { maskedAddress } from '#capture/forms/email-address.ts';
import type { Store } from '#capture/store/store.ts';
import type { OutboxRow } from '#capture/store/tables.ts';
import { withoutAddresses } from '#capture/without-addresses.ts';
import { shownMoment } from './moment.ts';
import { harmless, table, type TablePlace } from './table.ts';

/** A mail or webhook that failed for good, as the owner sees it: whoever it was for, by their first letter. */
export interface DeadLetter {
  id: string;
  kind: OutboxRow['kind'];
  /** Which mail or event: `confirm`, `lead.confirmed`. */
  what: string;
  /** With all but its first letter and its domain hidden; null for what went to nobody, or to someone erased. */
  to: string | null;
  /** When it was tried last, ISO 8601. */
  tried: string;
  attempts: number;
  /** Why it failed, as the other side told it, without addresses. */
  error: string;
}

export async function deadLetters(store: Store): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for (const row of await store.outbox.dead()) {
    const { contactId } = row;
    const contact = contactId === null ? undefined : await store.transaction((records) => records.contact(contactId));
    letters.push({
      id: row.id,
      kind: row.kind,
      what: nameOf(row),
      to: contact ? maskedAddress(contact.email) : null,
      tried: new Date(row.runAt).toISOString(),
      attempts: row.attempts,
      error: withoutAddresses(row.lastError ?? ''),
    });
  }
  return letters;
}

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

function nameOf({ kind, payload }: OutboxRow): string {
  try {
    const { mail, type } = JSON.parse(payload) as { mail?: string; type?: string };
    return mail ?? type ?? kind;
  } catch {
    return kind;
  }
}
