import type { Context } from '#capture/context.ts';
import { endNewsletter } from '#capture/forms/end-newsletter.ts';
import { addressHmacs } from '#capture/store/secrets.ts';
import type { Records } from '#capture/store/store.ts';
import { suppressionOf } from '#capture/store/suppression.ts';
import {
  newsletterTopic,
  type BounceKind,
  type BounceRow,
  type BounceWay,
  type ContactRow,
  type OutboxRow,
} from '#capture/store/tables.ts';
import { derivedId } from '#capture/store/tokens.ts';
import { enqueueWebhook, personData } from '#capture/webhook/events.ts';

export type BounceContext = Pick<Context, 'store' | 'secrets' | 'hasWebhook' | 'clock' | 'random'>;

/** What came back, and from whom. */
export interface Bounce {
  contact: ContactRow;
  /** The mail, where it is known which. */
  mail: Pick<OutboxRow, 'id' | 'payload'> | undefined;
  kind: BounceKind;
  status: string | undefined;
  way: BounceWay;
}

const day = 24 * 60 * 60_000;

/** So many mails that came back for now, each on another day and all within so many days, are as one for good. */
export const softBounces = { days: 3, within: 90 };

/**
 * Records a mail that came back. One for good, or the third for now, suppresses the address until its person is reached again;
 * a complaint ends the newsletter, for good. What was refused for something that is not the mailbox's is noted alone.
 * False where it was known.
 */
export async function recordBounce(
  context: BounceContext,
  records: Records,
  { contact, mail, kind, status, way }: Bounce,
): Promise<boolean> {
  const now = context.clock();
  const known = await records.bouncesOf(contact.id);
  const isEnough = kind === 'hard' || kind === 'complaint' || (kind === 'soft' && isThird(known, now));
  const bounce: BounceRow = {
    id: derivedId(mail?.id ?? contact.id, mail ? `bounce ${kind}` : `bounce ${kind} ${dayOf(now)}`),
    ...{ contactId: contact.id, mailId: mail?.id ?? null, entry: mail ? entryOf(mail) : null },
    ...{ kind, status: status?.slice(0, 12) ?? null, way, suppressed: isEnough ? 1 : 0, clearedAt: null, at: now },
  };
  if (!(await records.addBounce(bounce))) return false;
  if (!isEnough) return true;
  const [hmac] = addressHmacs(contact.emailNorm, context.secrets);
  const reason = kind === 'complaint' ? 'complained' : 'bounced';
  const before = await suppressionOf(records, contact.emailNorm, context.secrets);
  // What is stricter stays.
  if (reason === 'complained' || before?.reason !== 'complained')
    await records.suppress({ emailHmac: hmac, reason, at: now });
  if (reason === 'complained')
    await endNewsletter(context, records, contact, { sourceUrl: 'reported as spam', ip: null, ua: null, at: now });
  else await pauseNewsletter(records, contact.id);
  await enqueueWebhook(context, records, {
    type: reason === 'bounced' ? 'contact.bounced' : 'contact.complained',
    once: bounce.id,
    contactId: contact.id,
    data: { ...personData(contact), status: bounce.status, entry: bounce.entry },
  });
  return true;
}

/** Who is not reached any more may come again. */
async function pauseNewsletter(records: Records, contactId: string): Promise<void> {
  const subscription = await records.subscription(contactId, newsletterTopic);
  if (subscription?.status === 'confirmed') await records.setSubscription({ ...subscription, status: 'bounced' });
}

function isThird(known: readonly BounceRow[], now: number): boolean {
  const since = now - softBounces.within * day;
  const counted = known.filter(({ kind, clearedAt, at }) => kind === 'soft' && clearedAt === null && at >= since);
  return new Set([...counted.map(({ at }) => dayOf(at)), dayOf(now)]).size >= softBounces.days;
}

const dayOf = (moment: number) => new Date(moment).toISOString().slice(0, 10);

/** The entry of an issue; of other mails null. */
function entryOf({ payload }: Pick<OutboxRow, 'payload'>): string | null {
  const { mail, entry } = JSON.parse(payload) as { mail?: string; entry?: string };
  return mail === 'issue' ? (entry ?? null) : null;
}
