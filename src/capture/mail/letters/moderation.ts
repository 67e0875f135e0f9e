import type { CommentLetter } from '#capture/mail/letter-facts.ts';
import { counted } from '#site/count.ts';
import { clock } from '#site/length.ts';
import { url } from '#site/url.ts';
import { links, type Block, type Letter, type MailContext } from './letter.ts';
import { quoted } from './paragraphs.ts';

type Facts = Extract<CommentLetter, { mail: 'moderation' }>;

/** Reports to the owner what waits for them. The page behind each link has the buttons: nothing is decided by opening it. */
export function moderationLetter({ comments, questions, waiting, hasDesk }: Facts, mailContext: MailContext): Letter {
  const { title } = mailContext.site;
  const to = links(mailContext);
  const both = [
    ...(waiting.comments > 0 ? [counted(waiting.comments, 'comment')] : []),
    ...(waiting.questions > 0 ? [counted(waiting.questions, 'question')] : []),
  ];
  const news = `${both.join(' and ')} ${waiting.comments + waiting.questions === 1 ? 'waits' : 'wait'}`;
  const rest = [
    ...left(waiting.comments - comments.length, 'comment', 'npm run comments -- list'),
    ...left(waiting.questions - questions.length, 'question', 'npm run questions -- list'),
  ];
  return {
    subject: `${news} on ${title}`,
    preview: 'Nothing is shown before you say yes.',
    label: 'For the hosts',
    heading: news,
    blocks: [
      ...comments.flatMap((comment): Block[] => [
        {
          kind: 'facts',
          facts: [
            comment.name,
            comment.where,
            ...(comment.moment === null ? [] : [`at ${clock(comment.moment)}`]),
            ...comment.reasons,
          ],
        },
        ...quoted(comment.body),
        { kind: 'link', before: 'Approve it or not:', text: 'Decide', url: to.page(url.decision(comment.link)) },
      ]),
      ...questions.flatMap((question): Block[] => [
        { kind: 'facts', facts: ['Question', question.first ?? 'no name', `to ${question.to}`] },
        ...quoted(question.body),
        { kind: 'text', text: 'Answer it by:' },
        // A line of its own, which is not broken, to be copied.
        { kind: 'text', text: `npm run questions -- answer ${question.id}` },
      ]),
      ...rest,
      hasDesk
        ? { kind: 'button', text: 'Open the desk', url: to.page(url.desk) }
        : { kind: 'button', text: `Open ${title}`, url: mailContext.base.href },
    ],
    why: [{ kind: 'text', text: `You get this because ${title} names this address as its owner’s.` }],
    nature: 'answer',
  };
}

function left(count: number, what: string, command: string): Block[] {
  return count > 0 ? [{ kind: 'text', text: `${counted(count, `more ${what}`)}: ${command}` }] : [];
}
