import type { CommentLetter } from '#capture/mail/letter-facts.ts';
import { unconfirmedDays } from '#site/comments.ts';
import { url } from '#site/url.ts';
import { links, type Letter, type MailContext } from './letter.ts';

/**
 * Asks whether who owns the address wrote the comment or question. It says nothing of that: whoever typed the address could
 * otherwise write to a stranger under our name.
 */
export function confirmWordsLetter(
  { mail, link, preferences }: Extract<CommentLetter, { mail: 'confirm-comment' | 'confirm-question' }>,
  mailContext: MailContext,
): Letter {
  const { title } = mailContext.site;
  const to = links(mailContext);
  const isComment = mail === 'confirm-comment';
  const what = isComment ? 'comment' : 'question';
  return {
    subject: isComment ? `Confirm your comment on ${title}` : `Confirm your question to ${title}`,
    preview: `Nobody reads your ${what} before you confirm it.`,
    label: 'Signature needed',
    heading: isComment ? 'One step to your comment' : 'One step to your question',
    blocks: [
      {
        kind: 'text',
        text: isComment
          ? `You, or someone who typed your address, wrote a comment on ${title}.`
          : `You, or someone who typed your address, asked the hosts of ${title} a question.`,
      },
      {
        kind: 'text',
        text: `The page that opens shows it, and one click there confirms that it is yours. Nobody reads it before.`,
      },
      {
        kind: 'button',
        text: `Read and confirm my ${what}`,
        url: to.page(isComment ? url.comment(link) : url.question(link)),
      },
      { kind: 'facts', facts: [`Link good for ${unconfirmedDays} days`] },
    ],
    why: [
      {
        kind: 'text',
        text: `If it was not you, do nothing: after ${unconfirmedDays} days it is deleted, and nothing more comes.`,
      },
      ...(isComment
        ? [{ kind: 'text', text: 'Keep this mail: by its link you can delete your comment at any time.' } as const]
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
