import type { WaitingFilter } from '#capture/store/desk.ts';
import type { Capability } from '#site/desk.ts';
import type { DeskContext, Owner } from './context.ts';

/** Which leads wait for who is at the desk: their own and nobody's, or all. */
export function waitingFilter(
  { clock, answerWithin }: Pick<DeskContext, 'clock' | 'answerWithin'>,
  { id }: Pick<Owner, 'id'>,
  may: ReadonlySet<Capability>,
): WaitingFilter {
  return { ...(!may.has('all leads') && { owner: id }), lateSince: clock() - answerWithin };
}
