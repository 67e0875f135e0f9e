import type { UnsubscribeOutcome } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { eraseContact } from './erasure.ts';
import { withLink } from './open-link.ts';

/** Erases the person to whom the link was mailed for that. */
export function eraseMe(context: Context, text: string): Promise<UnsubscribeOutcome> {
  return withLink(context, text, 'erase', async (records, { contact }): Promise<UnsubscribeOutcome> => {
    await eraseContact(context, records, contact.emailNorm, contact, 'reader');
    return { kind: 'done' };
  });
}
