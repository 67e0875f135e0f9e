import { quoteWording, repliesWording } from '#site/comments.ts';
import type { Wording } from '#site/contract.ts';
import { createHash } from 'node:crypto';
import type { Show } from '#model/show.ts';

/** What the site's forms ask people to agree to: the author's wordings, or ones that name the series. */
export function consent({ title, language, consent }: Pick<Show, 'title' | 'language' | 'consent'>) {
  return {
    whitepaper: wording(
      consent?.whitepaper ??
        `By asking for a whitepaper you agree that ${title} keeps your e-mail address, and your name and company if you enter them, to send it to you and to know which page led you to it. You can have all of it erased at any time.`,
      language,
    ),
    newsletter: wording(
      consent?.newsletter ??
        `E-mail me when ${title} has a new episode or post. I can unsubscribe with one click in every mail.`,
      language,
    ),
    replies: wording(consent?.replies ?? repliesWording(title), language),
    quote: wording(consent?.quote ?? quoteWording(title), language),
  };
}

const wording = (body: string, locale: string): Wording => ({
  id: createHash('sha256').update(body).digest('hex'),
  locale,
  body,
});
