import { parseAddress } from './email-address.ts';
import type { UnsubscribeOutcome } from './capture.ts';
import { withLink } from './links.ts';
import type { Context } from './context.ts';
import { addressHmacs } from '#capture/store/secrets.ts';
import type { Records } from '#capture/store/store.ts';
import type { ContactRow } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import { enqueueWebhook } from '#capture/webhook/events.ts';

/** What became of the owner's wish; `known` says whether there was anything to erase or to lift. */
export type OwnerOutcome = { kind: 'done'; known: boolean } | { kind: 'refused'; message: string };

/** What the owner's commands bring. */
export type ErasureContext = Pick<Context, 'store' | 'secrets' | 'hasWebhook' | 'clock' | 'random'>;

/** Erases the person whose link this is. */
export function eraseMe(context: Context, text: string): Promise<UnsubscribeOutcome> {
  return withLink(context, text, 'preferences', async (records, { contact }): Promise<UnsubscribeOutcome> => {
    await erase(context, records, contact.emailNorm, contact, 'reader');
    return { kind: 'done' };
  });
}

/**
 * Erases a person for the owner, who was asked to. An address that is not known is suppressed all the same. Throws
 * `StoreUnavailable`.
 */
export async function eraseAddress(context: ErasureContext, typed: string): Promise<OwnerOutcome> {
  const parsed = parseAddress(typed);
  if (parsed.kind === 'refused') return parsed;
  const { norm } = parsed.address;
  return context.store.transaction(async (records) => {
    const contact = await records.contactByAddress(norm);
    await erase(context, records, norm, contact, 'owner');
    return { kind: 'done', known: contact !== undefined };
  });
}

/**
 * Lifts a suppression: who erased themselves and asks again is not written to until the owner does this. Throws
 * `StoreUnavailable`.
 */
export async function forgive(context: Omit<ErasureContext, 'hasWebhook'>, typed: string): Promise<OwnerOutcome> {
  const parsed = parseAddress(typed);
  if (parsed.kind === 'refused') return parsed;
  const hmacs = addressHmacs(parsed.address.norm, context.secrets);
  return context.store.transaction(async (records) => {
    let known = false;
    for (const hmac of hmacs) {
      known = (await records.isSuppressed(hmac)) || known;
      await records.unsuppress(hmac);
    }
    if (known) await audit(context, records, 'owner', 'forgive', hmacs[0]);
    return { kind: 'done', known };
  });
}

/**
 * Erases everything that tells of the person. What stays: totals, submissions without the person, and an HMAC, by which
 * the address is recognised and cannot be read.
 *
 * A CRM may have the person from an export, which has no contact id: so the event that tells of the erasure has the
 * address. Its row is dated 1970, which is before anything that is pruned by date: the first pruning after its delivery
 * takes it away. Until a webhook that fails is delivered or its dead letter is given up, the address is in there.
 */
async function erase(
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
    await enqueueWebhook(context, records, {
      type: 'contact.erased',
      once: contact.id,
      contactId: null,
      data: { contactId: contact.id, email: contact.email, emailHmac: hmac },
      dated: 0,
    });
  }
  await records.suppress({ emailHmac: hmac, reason: 'erased', at: now });
  await audit(context, records, actor, 'erase', hmac);
}

async function audit(
  { clock, random }: Pick<Context, 'clock' | 'random'>,
  records: Records,
  actor: 'reader' | 'owner',
  action: string,
  subjectHmac: string,
): Promise<void> {
  const at = clock();
  await records.addAudit({ id: newId(at, random), actor, action, subjectHmac, at });
}
