import type { Context } from '#capture/context.ts';
import { addressHmacs } from '#capture/store/secrets.ts';
import type { Records } from '#capture/store/store.ts';
import type { ContactRow } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import { enqueueWebhook } from '#capture/webhook/events.ts';

/** What erasing takes. */
export type ErasureContext = Pick<Context, 'store' | 'secrets' | 'hasWebhook' | 'forgetMails' | 'clock' | 'random'>;

/**
 * Erases everything that is of the person. What stays: totals, submissions without the person, and an HMAC, by which
 * the address is recognised and cannot be read.
 *
 * A CRM may have the person from an export, which has no contact id: so the event of the erasure has the address. Its row is dated 1970, which is before anything that is pruned by date: the first pruning after its delivery
 * takes it away. Until a webhook that fails is delivered or its dead letter is given up, the address is in there.
 */
export async function eraseContact(
  context: ErasureContext,
  records: Records,
  emailNorm: string,
  contact: ContactRow | undefined,
  actor: 'reader' | 'owner',
): Promise<void> {
  const [hmac] = addressHmacs(emailNorm, context.secrets);
  const now = context.clock();
  if (contact) {
    // With it go its mails and events that are not sent yet.
    await records.deleteContact(contact.id);
    await context.forgetMails?.(contact.email);
    await enqueueWebhook(context, records, {
      type: 'contact.erased',
      once: contact.id,
      contactId: null,
      data: { contactId: contact.id, email: contact.email, emailHmac: hmac },
      dated: 0,
    });
  }
  await records.suppress({ emailHmac: hmac, reason: 'erased', at: now });
  await recordAudit(context, records, actor, 'erase', hmac);
}

export async function recordAudit(
  { clock, random }: Pick<ErasureContext, 'clock' | 'random'>,
  records: Records,
  actor: 'reader' | 'owner',
  action: string,
  subjectHmac: string,
): Promise<void> {
  const at = clock();
  await records.addAudit({ id: newId(at, random), actor, action, subjectHmac, at });
}
