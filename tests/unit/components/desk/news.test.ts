import { expect, test } from 'vitest';
import { headline, type Waits } from '#components/desk/news.ts';

const nothing: Waits = { leads: { total: 0, late: 0 }, comments: 0, questions: 0, failed: 0 };

test.each<[Partial<Waits>, string]>([
  [{}, 'Nobody waits'],
  [{ leads: { total: 7, late: 2 }, comments: 3 }, 'Seven people wait for a first answer, two of them too long'],
  [{ leads: { total: 1, late: 0 } }, 'One person waits for a first answer'],
  [{ leads: { total: 1, late: 1 } }, 'One person waits for a first answer, and too long'],
  [{ leads: { total: 2, late: 2 } }, 'Two people wait for a first answer, both too long'],
  [{ leads: { total: 1234, late: 1234 } }, '1,234 people wait for a first answer, all too long'],
  [{ comments: 1 }, 'A comment waits for a decision'],
  [{ questions: 1, failed: 2 }, 'A question waits for a decision'],
  [{ comments: 3, questions: 1 }, 'Three comments and a question wait for a decision'],
  [{ leads: undefined, comments: 13 }, '13 comments wait for a decision'],
  [{ failed: 1 }, 'One mail has failed'],
  [{ failed: 2 }, 'Two mails have failed'],
])('of %o the heading says the news in a sentence', (waits, news) => {
  expect(headline({ ...nothing, ...waits })).toBe(news);
});
