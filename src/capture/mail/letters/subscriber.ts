import { links, type Block, type MailContext } from './letter.ts';

/** The small print of each mail to a subscriber. */
export function subscriberWhy(preferences: string, mailContext: MailContext): Block[] {
  const to = links(mailContext);
  return [
    { kind: 'text', text: `You get this because you confirmed your subscription to ${mailContext.site.title}.` },
    { kind: 'link', before: 'No more of these?', text: 'Unsubscribe', url: to.unsubscribe(preferences) },
    {
      kind: 'link',
      before: 'What is kept about you, and how to erase it:',
      text: 'Your preferences',
      url: to.preferences(preferences),
    },
  ];
}
