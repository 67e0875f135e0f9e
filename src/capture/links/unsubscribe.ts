import type { UnsubscribeOutcome, Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { evidence } from '#capture/forms/consent.ts';
import { endNewsletter } from '#capture/forms/end-newsletter.ts';
import { url } from '#site/url.ts';
import { withLink } from './open-link.ts';

/** Ends the newsletter for the person whose link this is. What has ended stays so: as often as one likes. */
export function unsubscribe(context: Context, text: string, visit: Visit): Promise<UnsubscribeOutcome> {
  return withLink(context, text, 'preferences', async (records, { contact }): Promise<UnsubscribeOutcome> => {
    const page = new URL(url.unsubscribe(''), context.address).href;
    await endNewsletter(context, records, contact, evidence(page, visit, context.clock()));
    return { kind: 'done' };
  });
}
