import { createHash } from 'node:crypto';
import { quoteWording, repliesWording } from '#site/comments.ts';
import type { Wording, Wordings } from '#site/contract.ts';

/** The wordings of comments and questions for a site that was built before there were any. */
export function defaultWordings(title: string, locale: string): Required<Pick<Wordings, 'replies' | 'quote'>> {
  return { replies: wording(repliesWording(title), locale), quote: wording(quoteWording(title), locale) };
}

const wording = (body: string, locale: string): Wording => ({
  id: createHash('sha256').update(body).digest('hex'),
  locale,
  body,
});
