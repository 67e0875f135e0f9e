import type { Context } from '#capture/context.ts';
import type { DeadLetter } from '#capture/desk.ts';
import { maskedAddress } from '#capture/forms/email-address.ts';
import { reasonOf } from '#capture/outbox/reason.ts';
import type { OutboxRow } from '#capture/store/tables.ts';

/** What failed for good, the first tried last; `most` of it. */
export async function deadLetters({ store }: Pick<Context, 'store'>, most?: number): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for (const row of await store.outbox.dead(most)) {
    const { contactId } = row;
    const contact = contactId === null ? undefined : await store.transaction((records) => records.contact(contactId));
    letters.push({
      id: row.id,
      kind: row.kind,
      what: nameOf(row),
      to: contact ? maskedAddress(contact.email) : null,
      tried: new Date(row.runAt).toISOString(),
      attempts: row.attempts,
      error: reasonOf(row.lastError ?? ''),
    });
  }
  return letters;
}

function nameOf({ kind, payload }: OutboxRow): string {
  try {
    const { mail, type } = JSON.parse(payload) as { mail?: string; type?: string };
    return mail ?? type ?? kind;
  } catch {
    return kind;
  }
}

/** The first of them, and how many more there are. */
export async function firstDeadLetters(
  context: Pick<Context, 'store'>,
  most: number,
): Promise<{ letters: DeadLetter[]; more: number }> {
  const [letters, count] = await Promise.all([deadLetters(context, most), context.store.outbox.deadCount()]);
  return { letters, more: Math.max(0, count - letters.length) };
}
