import { join } from 'node:path';
import type { DownloadOutcome, SentPart } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { consentId } from '#capture/forms/consent.ts';
import { totalOf } from '#capture/forms/funnel.ts';
import { downloadLead } from '#capture/forms/lead.ts';
import { liftBounce } from '#capture/store/suppression.ts';
import { enqueueWebhook, personData, submissionData } from '#capture/webhook/events.ts';
import { nameBy } from './confirm.ts';
import { isUsedUp, withLink } from './open-link.ts';

/**
 * The paper behind a link. Whatever sends its beginning is a use of the link; a later part is one only where nothing was
 * sent before, as it goes on with nothing. The first use is reported to the CRM and counted, so that totals are of readers
 * and not of their devices' requests.
 */
export function download(context: Context, text: string, sent: SentPart): Promise<DownloadOutcome> {
  return withLink(
    context,
    text,
    'download',
    async (records, { token, contact, submission }): Promise<DownloadOutcome> => {
      const paper = context.site.whitepapers.find(({ slug }) => slug === submission?.asset);
      const counts = sent === 'beginning' || (sent === 'later part' && token.uses === 0);
      if (!submission || !paper || (counts && isUsedUp(token))) return { kind: 'gone' };
      if (counts) {
        await records.addUse(token.id);
        if (token.uses === 0) {
          await liftBounce(records, contact, context.secrets, context.clock());
          const events = await records.consentEvents(contact.id);
          const known = await nameBy(records, { contact, submission }, events);
          await enqueueWebhook(context, records, {
            type: 'lead.downloaded',
            once: token.id,
            contactId: contact.id,
            data: { ...personData(known), ...submissionData(submission) },
          });
          const confirmed = consentId(submission.id, 'whitepaper', 'confirmed');
          // The mail to a confirmed address has no button: who follows its link has acted on it, as with a button.
          if (!events.some(({ id }) => id === confirmed))
            await records.count(totalOf(submission, 'confirm', context.clock()));
          await records.count(totalOf(submission, 'download', context.clock()));
          await downloadLead(records, submission, context.clock());
        }
      }
      return { kind: 'file', paper, path: join(context.built, paper.file) };
    },
  );
}
