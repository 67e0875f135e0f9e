import type { FormOutcome, Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { waitingOf } from '#capture/mail/waiting.ts';
import type { Records } from '#capture/store/store.ts';
import { mayAnswer, suppressionOf } from '#capture/store/suppression.ts';
import type { FormFields } from '#site/form-fields.ts';
import { answerFor, enqueueAnswer, freeSlot, keyPrefix, standingOf } from './answer.ts';
import { attributionOf } from './attribution.ts';
import { askToConfirm } from './confirmation.ts';
import { asksNewsletter } from './consent.ts';
import type { EmailAddress } from './email-address.ts';
import { errorsIn, readAddress, takeForm, type ReadForm } from './form.ts';

/**
 * Sends the link to what an address asked for or wrote last, in place of one that expired. An address that never did gets
 * nothing and is not kept. The answer is the same.
 */
export function sendNewLink(context: Context, form: FormFields, visit: Visit): Promise<FormOutcome> {
  const attribution = attributionOf(form, visit, undefined, context);
  return takeForm(context, form, { paper: undefined, attribution, visit, read: read() });

  function read(): ReadForm['read'] {
    const { address, error } = readAddress(form, visit, context);
    if (!address) return { errors: errorsIn({ email: error }) };
    return {
      async work(records, delay) {
        await resend(context, records, address, { visit, delay });
        return undefined;
      },
    };
  }
}

async function resend(
  context: Context,
  records: Records,
  { norm, mailbox }: EmailAddress,
  { visit, delay }: { visit: Visit; delay: number },
): Promise<void> {
  const [, suppression] = await Promise.all([
    records.lockMailbox(mailbox),
    suppressionOf(records, norm, context.secrets),
  ]);
  const contact = await records.contactByAddress(norm);
  if (!contact || !mayAnswer(suppression, true, context.clock())) return;
  const paperOf = (asset: string | null) => context.site.whitepapers.find(({ slug }) => slug === asset);
  const [submissions, standing, events, waiting] = await Promise.all([
    records.submissionsOf(contact.id),
    standingOf(context, records, contact, visit),
    records.consentEvents(contact.id),
    waitingOf(records, contact.id, context.clock(), context.site),
  ]);
  if (!mayAnswer(suppression, standing.isConfirmed, context.clock())) return;
  const submission = submissions.findLast(
    ({ verdict, asset }) => verdict === 'accepted' && (asset === null || paperOf(asset) !== undefined),
  );
  const [text] = [...waiting.comments, ...waiting.questions].toSorted((one, two) => two.at - one.at);
  if (text && text.at >= (submission?.at ?? 0)) {
    const asked = { contact, standing, visit, delay, id: text.id, isAgain: true };
    if ('entry' in text)
      await records.updateComment({
        ...text,
        changedAt: await askToConfirm(context, records, { ...asked, what: 'comment' }),
      });
    else
      await records.updateQuestion({
        ...text,
        changedAt: await askToConfirm(context, records, { ...asked, what: 'question' }),
      });
    return;
  }
  if (!submission) return;

  const paper = paperOf(submission.asset);
  const newsletter = asksNewsletter(events, submission.id) && suppression?.reason !== 'complained';
  if (!paper && !newsletter && standing.newsletter?.status !== 'confirmed') return;
  const answer = answerFor({ paper, newsletter }, standing);
  const slot = freeSlot(context, { contact, key: keyPrefix(answer), standing, visit, delay });
  if (slot !== undefined) await enqueueAnswer(context, records, { contact, submission, answer, slot });
}
