import type { CommentLetter, Waiting } from '#capture/mail/letter-facts.ts';
import { counted } from '#site/count.ts';
import { url } from '#site/url.ts';
import { links, type Letter, type MailContext } from './letter.ts';

/**
 * Asks whether who owns the address wrote what waits. It says nothing of that: whoever typed the address could otherwise
 * write to a stranger under our name.
 */
export function confirmWordsLetter(
  { mail, link, waiting, preferences }: Extract<CommentLetter, { mail: 'confirm-comment' | 'confirm-question' }>,
  mailContext: MailContext,
): Letter {
  const to = links(mailContext);
  const isComment = mail === 'confirm-comment';
  const { title, retention } = mailContext.site;
  const days = counted(retention.unconfirmed, 'day');
  const { subject, heading, sent, what, them, chosen } =
    waiting.comments + waiting.questions > 1 ? several(waiting, title) : one(isComment, title);
  return {
    subject,
    preview: `Nobody reads ${them} before you confirm ${them}.`,
    label: 'Signature needed',
    heading,
    blocks: [
      { kind: 'text', text: `You, or someone who typed your address, ${sent}.` },
      {
        kind: 'text',
        text: `The page that opens shows ${them}, and one click there sends ${chosen} to the hosts. Nobody reads ${them} before.`,
      },
      {
        kind: 'button',
        text: `Read and confirm ${what}`,
        url: to.page(isComment ? url.comment(link) : url.question(link)),
      },
      { kind: 'facts', facts: [`Link good for ${days}`] },
    ],
    why: [
      {
        kind: 'text',
        text: `If it was not you, do nothing: what nobody confirms in ${days} is deleted.`,
      },
      ...(waiting.comments > 0
        ? [{ kind: 'text', text: 'Keep this mail: by its link you can delete your comments at any time.' } as const]
        : []),
      {
        kind: 'link',
        before: 'Would you rather not be on file at all?',
        text: 'Erase this address',
        url: to.preferences(preferences),
      },
    ],
    nature: 'answer',
  };
}

const one = (isComment: boolean, title: string) =>
  isComment
    ? {
        subject: `Confirm your comment on ${title}`,
        heading: 'One step to your comment',
        sent: `wrote a comment on ${title}`,
        ...{ what: 'my comment', them: 'it', chosen: 'it' },
      }
    : {
        subject: `Confirm your question to ${title}`,
        heading: 'One step to your question',
        sent: `asked the hosts of ${title} a question`,
        ...{ what: 'my question', them: 'it', chosen: 'it' },
      };

const several = ({ comments, questions }: Waiting, title: string) => ({
  subject: `Confirm what you wrote on ${title}`,
  heading: 'One step to all that you wrote',
  sent: `wrote ${[
    ...(comments > 0 ? [counted(comments, 'comment')] : []),
    ...(questions > 0 ? [counted(questions, 'question')] : []),
  ].join(' and ')} on ${title}`,
  ...{ what: 'them', them: 'them', chosen: 'those that you choose' },
});
