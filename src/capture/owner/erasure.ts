import { writtenAt } from '#capture/compose.ts';
import { parseAddress } from '#capture/forms/email-address.ts';
import { eraseContact, recordAudit, type ErasureContext } from '#capture/links/erasure.ts';
import { addressHmacs } from '#capture/store/secrets.ts';
import { newsletterTopic, type SubscriptionStatus } from '#capture/store/tables.ts';
import type { Owner } from './owner.ts';

/** What became of the owner's wish; `known` says whether there was anything to erase or to lift. */
export type ErasureOutcome = { kind: 'done'; known: boolean; address: string } | { kind: 'refused'; message: string };

/** What is kept of a person. */
export interface Holding {
  name: boolean;
  company: boolean;
  newsletter: SubscriptionStatus | undefined;
  consents: number;
  submissions: number;
  comments: number;
  questions: number;
}

/** What is kept of the person with an address; nothing where there is none. */
export async function holdingOf(
  { store }: Pick<Owner, 'store'>,
  typed: string,
): Promise<{ kind: 'read'; address: string; holding: Holding | undefined } | { kind: 'refused'; message: string }> {
  const parsed = parseAddress(typed);
  if (parsed.kind === 'refused') return parsed;
  const { address, norm } = parsed.address;
  const holding = await store.transaction(async (records) => {
    const contact = await records.contactByAddress(norm);
    if (!contact) return undefined;
    return {
      name: contact.name !== null,
      company: contact.company !== null,
      newsletter: (await records.subscription(contact.id, newsletterTopic))?.status,
      consents: (await records.consentEvents(contact.id)).length,
      submissions: (await records.submissionsOf(contact.id)).length,
      comments: await records.commentsOf(contact.id),
      questions: await records.questionsOf(contact.id),
    };
  });
  return { kind: 'read', address, holding };
}

/**
 * Erases a person for the owner, who was asked to. An address that is not known is suppressed all the same. Throws
 * `StoreUnavailable`.
 */
export async function eraseAddress(context: ErasureContext, typed: string): Promise<ErasureOutcome> {
  const parsed = parseAddress(typed);
  if (parsed.kind === 'refused') return parsed;
  const { address, norm } = parsed.address;
  return context.store.transaction(async (records) => {
    const contact = await records.contactByAddress(norm);
    await eraseContact(context, records, norm, contact, 'owner');
    return { kind: 'done', known: contact !== undefined, address };
  });
}

/** What the owner's backup writes, if they named it, and when it wrote the newest: null where there is none. */
export async function backupOf({
  environment,
}: Pick<Owner, 'environment'>): Promise<{ path: string; newest: number | null } | undefined> {
  const { backup: path } = environment;
  return path === undefined ? undefined : { path, newest: await writtenAt(path) };
}

/**
 * Lifts a suppression: who erased themselves and asks again is not written to until the owner does this. Throws
 * `StoreUnavailable`.
 */
export async function forgive(context: Omit<ErasureContext, 'hasWebhook'>, typed: string): Promise<ErasureOutcome> {
  const parsed = parseAddress(typed);
  if (parsed.kind === 'refused') return parsed;
  const { address, norm } = parsed.address;
  const hmacs = addressHmacs(norm, context.secrets);
  return context.store.transaction(async (records) => {
    let known = false;
    for (const hmac of hmacs) {
      known = (await records.suppressionOf([hmac])) !== undefined || known;
      await records.unsuppress(hmac);
    }
    const contact = await records.contactByAddress(norm);
    if (contact) await records.clearBounces(contact.id, context.clock(), 'all');
    if (known) await recordAudit(context, records, 'owner', 'forgive', hmacs[0]);
    return { kind: 'done', known, address };
  });
}
