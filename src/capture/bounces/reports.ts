import { parseAddress } from '#capture/forms/email-address.ts';
import type { Records } from '#capture/store/store.ts';
import type { ContactRow, OutboxRow } from '#capture/store/tables.ts';
import { recordBounce, type BounceContext } from './record.ts';
import { readReport } from './report.ts';
import { mailOfTag, tagsIn } from './return-path.ts';

export interface ReportContext extends BounceContext {
  /** The owner's address for what comes back, `bounces@example.com`. */
  bounceAddress: string;
}

const day = 24 * 60 * 60_000;

/** How long after its last attempt a mail can come back: servers give up within five days (RFC 5321, section 4.5.4.1). */
const longestWay = 14 * day;

/**
 * Does what a mail in the owner's mailbox reports. True where it was a report of a mail that went out from here, and is done
 * with; whatever else lies there is the owner's. A report whose tag is forged or old, or that is of another recipient than
 * the mail was for, changes nothing.
 */
export async function takeReport(context: ReportContext, source: Buffer): Promise<boolean> {
  const report = await readReport(source);
  if (!report) return false;
  const named = report.kind === 'complaint' ? report.of : report.to;
  const [mailId] = tagsOf(named, context).flatMap((tag) => mailOfTag(tag, context.secrets) ?? []);
  if (mailId === undefined) return false;
  return context.store.transaction(async (records) => {
    const sent = await sentMail(records, mailId);
    if (!sent) return false;
    const { mail, contact } = sent;
    switch (report.kind) {
      case 'other':
        return true;
      case 'complaint':
        await recordBounce(context, records, { contact, mail, kind: 'complaint', status: undefined, way: 'report' });
        return true;
      case 'bounces': {
        if (context.clock() - mail.runAt > longestWay) return false;
        const own = report.recipients.find(({ addresses }) =>
          addresses.some((address) => isSame(address, contact.emailNorm)),
        );
        if (!own) return false;
        await recordBounce(context, records, { contact, mail, kind: own.kind, status: own.status, way: 'report' });
        return true;
      }
    }
  });
}

/** In an address of the owner's, or as the mail's own header has it. */
const tagsOf = (named: readonly string[], { bounceAddress }: ReportContext): string[] =>
  named.flatMap((text) => [...tagsIn(text, bounceAddress), text.trim()]);

/** A mail that was handed over, and whose it was. */
export async function sentMail(
  records: Records,
  mailId: string,
): Promise<{ mail: OutboxRow; contact: ContactRow } | undefined> {
  const mail = await records.queuedRow(mailId);
  if (mail?.kind !== 'mail' || mail.contactId === null || mail.attempts === 0) return undefined;
  const contact = await records.contact(mail.contactId);
  return contact && { mail, contact };
}

function isSame(address: string, norm: string): boolean {
  const parsed = parseAddress(address);
  return parsed.kind === 'address' && parsed.address.norm === norm;
}
