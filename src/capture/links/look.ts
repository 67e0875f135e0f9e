import type { LinkOutcome } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { asksNewsletter, wasConfirmed } from '#capture/forms/consent.ts';
import { maskedAddress } from '#capture/forms/email-address.ts';
import { newsletterTopic, type TokenKind } from '#capture/store/tables.ts';
import { signToken } from '#capture/store/tokens.ts';
import { isUsedUp, withLink } from './open-link.ts';

/** What a link would do. Changes nothing. */
export function look(context: Context, text: string, kind: TokenKind): Promise<LinkOutcome> {
  return withLink(context, text, kind, async (records, { token, contact, submission }): Promise<LinkOutcome> => {
    const paper = submission && context.site.whitepapers.find(({ slug }) => slug === submission.asset);
    if (kind === 'download' && (!paper || isUsedUp(token))) return { kind: 'gone' };
    const events = await records.consentEvents(contact.id);
    const asks = kind === 'confirm' && submission !== undefined && asksNewsletter(events, submission.id);
    if (kind === 'confirm' && !paper && !asks && !wasConfirmed(events, submission?.id)) return { kind: 'gone' };
    const preferences = kind === 'preferences' ? undefined : await records.token(contact.id);
    return {
      kind: 'valid',
      maskedEmail: maskedAddress(contact.email),
      paper,
      asksNewsletter: asks,
      newsletter: (await records.subscription(contact.id, newsletterTopic))?.status,
      preferences: preferences && signToken(preferences, context.secrets),
    };
  });
}
