import { usualSubject, type IssueLetter } from '#capture/mail/letter-facts.ts';
import type { Entry } from '#site/contract.ts';
import { CannotWrite } from './cannot-write.ts';
import { links, type Block, type MailContext, type Letter } from './letter.ts';
import { paragraphs } from './paragraphs.ts';
import { subscriberWhy } from './subscriber.ts';

/** Announces an episode or post to subscribers, in the words of its owner where there are such. */
export function issueLetter(payload: IssueLetter, mailContext: MailContext): Letter {
  const to = links(mailContext);
  const entry = mailContext.site.entries.find((each) => each.id === payload.entry);
  if (!entry) throw new CannotWrite(`the site has no entry “${payload.entry}”`);
  const episode = entry.kind === 'episode';
  return {
    subject: payload.subject ?? usualSubject(entry),
    preview: payload.opening?.split('\n')[0] ?? entry.summary,
    label: [entry.label, episode ? 'New episode' : 'New post'].filter(Boolean).join(' · '),
    heading: entry.title,
    blocks: [
      ...(payload.opening === undefined ? [] : paragraphs(payload.opening)),
      { kind: 'facts', facts: [entry.shownDate, entry.length, inWords(entry.people)].filter(Boolean) },
      { kind: 'text', text: entry.summary },
      ...views(entry),
      { kind: 'button', text: episode ? 'Open the file' : 'Read the post', url: to.page(entry.url) },
    ],
    why: [
      ...(payload.isUnlisted
        ? []
        : [
            {
              ...{ kind: 'link' as const, before: 'Not well to read here?', text: 'Read in the browser' },
              url: to.sentIssue(entry.id),
            },
          ]),
      ...subscriberWhy(payload.preferences, mailContext),
    ],
    nature: 'newsletter',
    archive: to.archive,
    unsubscribe: to.unsubscribe(payload.preferences),
  };
}

function views(entry: Entry): Block[] {
  const { marketingView, salesView, sharedGoal } = entry;
  return [
    ...(marketingView ? [view('marketing', 'Marketing sees', marketingView)] : []),
    ...(salesView ? [view('sales', 'Sales sees', salesView)] : []),
    ...(sharedGoal ? [view('shared', 'The goal they share', sharedGoal)] : []),
  ];
}

function view(side: 'marketing' | 'sales' | 'shared', name: string, text: string): Block {
  return { kind: 'view', side, name, text };
}

function inWords(people: readonly string[]): string {
  return people.length < 3 ? people.join(' and ') : `${people.slice(0, -1).join(', ')}, and ${people.at(-1) ?? ''}`;
}
