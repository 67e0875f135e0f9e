import type { UnsubscribeOutcome } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { eraseContact } from './erasure.ts';
import { withLink } from './open-link.ts';

/** Erases the person whose link this is. */
export function eraseMe(context: Context, text: string): Promise<UnsubscribeOutcome> {
  return withLink(context, text, 'preferences', async (records, { contact }): Promise<UnsubscribeOutcome> => {
    await eraseContact(context, records, contact.emailNorm, contact, 'reader');
    return { kind: 'done' };
  });
}
