import type { MailPayload } from '#capture/mail/payload.ts';
import { addressIn } from '#capture/mail/sender.ts';
import { links, type MailContext, type Letter } from './letter.ts';
import { subscriberWhy } from './subscriber.ts';

/** Answers a subscriber who asked for the newsletter again. The form's own answer must not show that they have it. */
export function alreadySubscribedLetter(
  payload: Extract<MailPayload, { mail: 'already-subscribed' }>,
  mailContext: MailContext,
): Letter {
  const { site } = mailContext;
  return {
    subject: `You are subscribed to ${site.title} already`,
    preview: 'There is nothing to do: new episodes and posts come to this address.',
    label: 'Already on file',
    heading: 'You are subscribed already',
    blocks: [
      {
        kind: 'text',
        text: `You, or someone who typed your address, asked ${site.title} for an e-mail when a new episode or post is out. This address gets them already, so there is nothing to do.`,
      },
      {
        kind: 'text',
        text: `If they do not reach you, look among your spam, and add ${addressIn(mailContext.from)} to your contacts.`,
      },
    ],
    why: subscriberWhy(payload.preferences, mailContext),
    nature: 'answer',
    unsubscribe: links(mailContext).unsubscribe(payload.preferences),
  };
}
