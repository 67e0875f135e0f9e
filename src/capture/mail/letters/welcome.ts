import type { MailPayload } from '#capture/mail/payload.ts';
import { links, type Block, type MailContext, type Letter } from './letter.ts';
import { subscriberWhy } from './subscriber.ts';

/** Says that the newsletter was confirmed, with the newest entry to begin with. */
export function welcomeLetter(payload: Extract<MailPayload, { mail: 'welcome' }>, mailContext: MailContext): Letter {
  const { site } = mailContext;
  const to = links(mailContext);
  const newest = site.entries.toSorted((a, b) => Date.parse(b.publishedAt) - Date.parse(a.publishedAt))[0];
  const beginning: Block[] = newest
    ? [
        { kind: 'text', text: `Until then, here is the newest: “${newest.title}”. ${newest.summary}` },
        {
          kind: 'button',
          text: newest.kind === 'episode' ? 'Open the newest episode' : 'Read the newest post',
          url: to.page(newest.url),
        },
      ]
    : [];
  return {
    subject: `You are subscribed to ${site.title}`,
    preview: 'You confirmed your address. New episodes and posts come to you from now on.',
    label: 'Added to the file',
    heading: 'You are subscribed',
    blocks: [
      {
        kind: 'text',
        text: `You confirmed your address. From now on ${site.title} writes to you when a new episode or post is out.`,
      },
      ...beginning,
    ],
    why: subscriberWhy(payload.preferences, mailContext),
    nature: 'answer',
    unsubscribe: to.unsubscribe(payload.preferences),
  };
}
