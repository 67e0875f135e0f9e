import { basename, dirname } from 'node:path/posix';
import { closestMatch } from '#authoring/closest-match.ts';
import type { Identified } from './comparison.ts';

/**
 * The entry that another one may have become: one with the same text, else the same title, else a recording of the same
 * name and place, else the most similar slug.
 */
export function likelySuccessor({ entry }: Identified, candidates: readonly Identified[]): Identified | undefined {
  const alike = candidates.filter((each) => dirname(each.entry.url) === dirname(entry.url));
  const slugs = new Map(alike.map((each) => [basename(each.entry.url), each]));
  const remote = entry.enclosures.filter((address) => !address.startsWith('/'));
  return (
    alike.find((each) => each.entry.digest === entry.digest) ??
    alike.find((each) => each.entry.title === entry.title) ??
    alike.find((each) => each.entry.enclosures.some((address) => remote.includes(address))) ??
    slugs.get(closestMatch(basename(entry.url), slugs.keys()) ?? '')
  );
}
