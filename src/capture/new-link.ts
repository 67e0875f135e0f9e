import { asksNewsletter } from './consent.ts';
import { freeSlot, isSuppressed, mailFor, queueMail, standing } from './asking.ts';
import { attributionOf } from './attribution.ts';
import type { FormFields } from '#site/form-fields.ts';
import type { FormOutcome, Visit } from './capture.ts';
import { errorsIn, readAddress, takeForm, type ReadForm } from './form.ts';
import type { Means } from './means.ts';
import type { Records } from './store.ts';

/**
 * Sends the link to what an address asked for last, in place of one that expired. An address that never asked gets
 * nothing and is not kept. The answer is the same.
 */
export function sendNewLink(means: Means, form: FormFields, visit: Visit): Promise<FormOutcome> {
  const attribution = attributionOf(form, visit, undefined, means);
  return takeForm(means, form, { paper: undefined, attribution, read: read() });

  function read(): ReadForm['read'] {
    const { address, error } = readAddress(form, visit, means);
    if (!address) return { errors: errorsIn({ email: error }) };
    return {
      async work(records) {
        await resend(means, records, address.norm);
        return undefined;
      },
    };
  }
}

async function resend(means: Means, records: Records, emailNorm: string): Promise<void> {
  const suppressed = await isSuppressed(means, records, emailNorm);
  const contact = await records.contactByAddress(emailNorm);
  if (!contact || suppressed) return;
  const paperOf = (asset: string | null) => means.site.whitepapers.find(({ slug }) => slug === asset);
  const submissions = await records.submissionsOf(contact.id);
  const submission = submissions.findLast(
    ({ verdict, asset }) => verdict === 'accepted' && (asset === null || paperOf(asset) !== undefined),
  );
  if (!submission) return;

  const known = await standing(records, contact);
  const paper = paperOf(submission.asset);
  const newsletter = asksNewsletter(await records.consentEvents(contact.id), submission.id);
  if (!paper && !newsletter && known.newsletter?.status !== 'confirmed') return;
  const mail = mailFor({ paper, newsletter }, known);
  const slot = await freeSlot(records, contact, mail, means.clock());
  if (slot !== undefined) await queueMail(means, records, { contact, submission, mail, slot });
}
