import type { Moderator, ModerationOutcome } from './moderation.ts';
import { newId } from '#capture/store/tokens.ts';
import { seenBy } from './decision.ts';
import { changed } from './own-comment.ts';
import { digestOf, readText } from './text.ts';

export type ShortenOutcome = ModerationOutcome | { kind: 'refused'; message: string };

/**
 * Leaves words of a comment out, as it was `seen`. What is left are its author's words in their order, and `[…]` where some
 * were; pages say that it was shortened.
 */
export async function shortenComment(
  { store, site, clock, random }: Moderator,
  id: string,
  { body, seen, actor }: { body: string | undefined; seen: number; actor: string },
): Promise<ShortenOutcome> {
  const read = readText(body, 'comment');
  if (read.error !== undefined)
    return { kind: 'refused', message: 'Leave some of it: a comment without words is rejected.' };
  const from = { site: site ?? { entries: [] } };
  return store.transaction(async (records): Promise<ShortenOutcome> => {
    const comment = await records.comment(id);
    if (!comment || comment.state === 'deleted') return { kind: 'unknown' };
    if (comment.state === 'unconfirmed') return { kind: 'unconfirmed' };
    if (comment.version !== seen) return { kind: 'conflict', comment: await seenBy(from, records, comment) };
    if (read.text === comment.body) return { kind: 'decided', comment: await seenBy(from, records, comment) };
    if (!isShortening(comment.body, read.text)) return { kind: 'refused', message: notShorter };
    const now = clock();
    const words = { body: read.text, digest: digestOf(read.text), shortenedAt: now, decidedBy: actor, decidedAt: now };
    const kept = await changed(records, { ...comment, ...words }, comment, now);
    await records.addAudit({
      id: newId(now, random),
      ...{ actor, action: `comment shortened ${id}`, subjectHmac: null, at: now },
    });
    return { kind: 'decided', comment: await seenBy(from, records, kept) };
  });
}

const notShorter =
  'Only leave words out, and write […] where they were: what is left has to be in the words and the order of its author.';

/** Whether a text is the same one without some of its words; `[…]`, `[...]` and `…` stand for those. */
export function isShortening(before: string, after: string): boolean {
  const words = wordsIn(before);
  let at = 0;
  const kept = wordsIn(after).filter((word) => !/^(?:\[(?:…|\.\.\.)\]|…)$/.test(word));
  for (const word of kept) {
    at = words.indexOf(word, at) + 1;
    if (at === 0) return false;
  }
  return kept.length > 0 && kept.length < words.length;
}

const wordsIn = (text: string) => text.split(/\s+/).filter((word) => word !== '');
