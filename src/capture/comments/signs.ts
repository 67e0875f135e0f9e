import type { signWords } from '#capture/store/signs.ts';
import type { Records } from '#capture/store/store.ts';
import type { CommentRow, QuestionRow } from '#capture/store/tables.ts';
import type { Site } from '#site/contract.ts';

/** By its code. */
type Sign = keyof typeof signWords;

/** Words of which one makes a text suspicious; in lower case. The owner reads it all the same. */
const spamWords = [
  ...['casino', 'viagra', 'cialis', 'porn', 'escort service', 'payday loan', 'forex signal', 'crypto investment'],
  ...['backlinks', 'seo service', 'guest post', 'buy followers', 'essay writing', 'work from home and earn'],
];

/** A stranger's text, with what has to be looked at in it. */
export async function signsIn(
  records: Records,
  { id, body, digest, name }: Pick<CommentRow | QuestionRow, 'id' | 'body' | 'digest'> & { name: string },
  { hosts }: Pick<Site, 'hosts'>,
): Promise<Sign[]> {
  const lower = body.toLowerCase();
  const found: Record<Exclude<Sign, 'first'>, boolean> = {
    links: (lower.match(/https?:\/\/|(?<!\/\/)www\./g) ?? []).length >= 3,
    markup: /<\/?[a-z][^<>]*>|\[\/?(?:url|link)\b/.test(lower),
    'same-text': digest !== '' && (await records.hasText(digest, id)),
    words: spamWords.some((word) => lower.includes(word)),
    'host-name': hosts.some((host) => folded(host.name) === folded(name)),
  };
  return (Object.keys(found) as Exclude<Sign, 'first'>[]).filter((sign) => found[sign]);
}

const folded = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
