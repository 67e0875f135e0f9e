import type { CommentLetter } from '#capture/mail/letter-facts.ts';
import { links, type Block, type Letter, type MailContext } from './letter.ts';
import { paragraphs, quoted } from './paragraphs.ts';

/** Says that a question was confirmed and will be read. */
export function questionCameLetter(
  { question, preferences }: Extract<CommentLetter, { mail: 'question-came' }>,
  mailContext: MailContext,
): Letter {
  const { title } = mailContext.site;
  return {
    subject: `Your question to ${title} came`,
    preview: 'The hosts read it. You hear again when it is answered.',
    label: 'Received',
    heading: 'Your question came',
    blocks: [
      { kind: 'text', text: 'You asked:' },
      ...quoted(question),
      {
        kind: 'text',
        text: 'The hosts read it. You hear again by mail when it is answered, here or in an episode or a post.',
      },
      { kind: 'button', text: `Open ${title}`, url: mailContext.base.href },
    ],
    why: why(preferences, mailContext),
    nature: 'answer',
  };
}

/** Brings the answer to a question, or leads to the entry that has it. */
export function questionAnsweredLetter(
  { question, answer, entry, preferences }: Extract<CommentLetter, { mail: 'question-answered' }>,
  mailContext: MailContext,
): Letter {
  const { title } = mailContext.site;
  const to = links(mailContext);
  return {
    subject: `Your question to ${title} is answered`,
    preview: entry ? `In “${entry.title}”.` : 'The hosts wrote to you.',
    label: 'Answered',
    heading: 'Your question is answered',
    blocks: [
      { kind: 'text', text: 'You asked:' },
      ...quoted(question),
      ...(answer === undefined ? [] : [{ kind: 'text', text: 'The answer:' } as const, ...paragraphs(answer)]),
      ...(entry ? [{ kind: 'text', text: `It is answered in “${entry.title}”.` } as const] : []),
      entry
        ? {
            kind: 'button',
            text: entry.kind === 'episode' ? 'Open the episode' : 'Read the post',
            url: to.page(entry.url),
          }
        : { kind: 'button', text: `Open ${title}`, url: mailContext.base.href },
    ],
    why: why(preferences, mailContext),
    nature: 'answer',
  };
}

const why = (preferences: string, mailContext: MailContext): Block[] => [
  { kind: 'text', text: `You get this because you asked the hosts of ${mailContext.site.title} a question.` },
  {
    kind: 'link',
    before: 'What is kept about you, and how to erase it:',
    text: 'Your preferences',
    url: links(mailContext).preferences(preferences),
  },
];
