import { links, type Block, type Desk } from './letter.ts';

/** The small print of each mail to a subscriber. */
export function subscriberWhy(preferences: string, desk: Desk): Block[] {
  const to = links(desk);
  return [
    { kind: 'text', text: `You get this because you confirmed your subscription to ${desk.site.title}.` },
    { kind: 'link', before: 'No more of these?', text: 'Unsubscribe', url: to.unsubscribe(preferences) },
    {
      kind: 'link',
      before: 'What is kept about you, and how to erase it:',
      text: 'Your preferences',
      url: to.preferences(preferences),
    },
  ];
}
