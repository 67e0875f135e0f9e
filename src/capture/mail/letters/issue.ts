import { aboutOf, isDigest, usualSubject } from '#capture/mail/issue-about.ts';
import type { IssueLetter } from '#capture/mail/letter-facts.ts';
import { counted } from '#site/count.ts';
import type { Entry } from '#site/contract.ts';
import { CannotWrite } from './cannot-write.ts';
import { links, type Block, type MailContext, type Letter } from './letter.ts';
import { paragraphs } from './paragraphs.ts';
import { subscriberWhy } from './subscriber.ts';

/** Announces an episode, a post or several to subscribers, in the words of its owner where there are such. */
export function issueLetter(payload: IssueLetter, mailContext: MailContext): Letter {
  const to = links(mailContext);
  const about = aboutOf(mailContext.site, payload.entry, payload.entries);
  const [entry] = about;
  if (!entry) throw new CannotWrite(`the site has no entry “${payload.entry}”`);
  return {
    subject: payload.subject ?? usualSubject(about),
    ...(isDigest(payload.entry) ? ofSeveral(about) : ofOne(entry)),
    ...(payload.opening !== undefined && { preview: payload.opening.split('\n')[0] ?? '' }),
    blocks: [
      ...(payload.opening === undefined ? [] : paragraphs(payload.opening)),
      ...(isDigest(payload.entry) ? about.map((each) => listed(each, mailContext)) : told(entry, mailContext)),
    ],
    why: [
      ...(payload.isUnlisted
        ? []
        : [
            {
              ...{ kind: 'link' as const, before: 'Not well to read here?', text: 'Read in the browser' },
              url: to.sentIssue(payload.entry),
            },
          ]),
      ...subscriberWhy(payload.preferences, mailContext),
    ],
    nature: 'newsletter',
    archive: to.archive,
    unsubscribe: to.unsubscribe(payload.preferences),
  };
}

type Head = Pick<Letter, 'preview' | 'label' | 'heading'>;

const ofOne = (entry: Entry): Head => ({
  preview: entry.summary,
  label: [entry.label, entry.kind === 'episode' ? 'New episode' : 'New post'].filter(Boolean).join(' · '),
  heading: entry.title,
});

const ofSeveral = (about: readonly Entry[]): Head => ({
  preview: about.map(({ title }) => title).join(' · '),
  label: `Newsletter · ${counted(about.length, 'new entry', 'new entries')}`,
  heading: 'What is new',
});

/** One entry with all that it says of itself. */
const told = (entry: Entry, mailContext: MailContext): Block[] => [
  { kind: 'facts', facts: [entry.shownDate, entry.length, inWords(entry.people)].filter(Boolean) },
  { kind: 'text', text: entry.summary },
  ...views(entry),
  {
    ...{ kind: 'button', text: entry.kind === 'episode' ? 'Open the file' : 'Read the post' },
    url: links(mailContext).page(entry.url),
  },
];

/** One of several. */
const listed = ({ label, title, shownDate, length, people, summary, url }: Entry, mailContext: MailContext): Block => ({
  ...{ kind: 'entry', title, url: links(mailContext).page(url), text: summary },
  facts: [label ?? '', shownDate, length, inWords(people)].filter(Boolean),
});

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
