import type { CommentLetter } from '#capture/mail/letter-facts.ts';
import { url } from '#site/url.ts';
import { links, type Letter, type MailContext } from './letter.ts';
import { quoted } from './paragraphs.ts';

/** Brings a reply to whom it was written, who asked for that. */
export function replyLetter(
  { reply, yours, entry, link, preferences }: Extract<CommentLetter, { mail: 'reply' }>,
  mailContext: MailContext,
): Letter {
  const { title } = mailContext.site;
  const to = links(mailContext);
  const off = to.page(url.endReplies(link));
  return {
    subject: `Someone replied to you on “${entry.title}”`,
    preview: 'There is a reply to your comment.',
    label: 'A reply',
    heading: `${reply.name} replied to you`,
    blocks: [
      { kind: 'text', text: `On “${entry.title}” you wrote:` },
      ...quoted(yours),
      { kind: 'text', text: 'The reply:' },
      ...quoted(reply.body),
      { kind: 'button', text: 'Read it on the page', url: to.page(url.commentAt(entry.url, reply.id)) },
    ],
    why: [
      { kind: 'text', text: `You get this because you asked ${title} to mail you replies to your comments.` },
      { kind: 'link', before: 'No more of these?', text: 'End mails about replies', url: off },
      {
        kind: 'link',
        before: 'What is kept about you, and how to erase it:',
        text: 'Your preferences',
        url: to.preferences(preferences),
      },
    ],
    nature: 'answer',
    unsubscribe: off,
    list: 'replies',
  };
}
