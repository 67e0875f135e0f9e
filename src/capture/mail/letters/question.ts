import type { CommentLetter } from '#capture/mail/letter-facts.ts';
import { links, type Block, type Letter, type MailContext } from './letter.ts';
import { paragraphs, quoted } from './paragraphs.ts';

/** Says that a question was confirmed and will be read. */
export function questionCameLetter(
  { questions, preferences }: Extract<CommentLetter, { mail: 'question-came' }>,
  mailContext: MailContext,
): Letter {
  const { title } = mailContext.site;
  const isOne = questions.length === 1;
  const yours = isOne ? 'question' : 'questions';
  return {
    subject: `Your ${yours} to ${title} ${isOne ? 'has' : 'have'} arrived`,
    preview: `The hosts will read ${isOne ? 'it' : 'them'}.`,
    label: 'Received',
    heading: `We have your ${yours}`,
    blocks: [
      { kind: 'text', text: 'You asked:' },
      ...questions.flatMap(quoted),
      {
        kind: 'text',
        text: `The hosts will read ${isOne ? 'it' : 'them'}. Another mail comes when ${isOne ? 'it' : 'one of them'} is answered: with the answer, or with a link to the episode or post that has it.`,
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
