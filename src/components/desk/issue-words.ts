import { shownMoment, type Zone } from './moment.ts';

/** What became of an issue's mails, as far as the queue knows; moments in milliseconds since 1970. */
export interface IssueFacts {
  sendAt?: number | undefined;
  begunAt?: number | undefined;
  isQueued: boolean;
  totals?: { ready: number; leased: number; done: number; dead: number } | undefined;
  left?: number | undefined;
  bounces?: Partial<Record<'hard' | 'soft' | 'blocked' | 'complaint', number>> | undefined;
  pausedAt?: number | undefined;
  doneAt?: number | undefined;
}

/** How an issue stands, in a few words: "planned for today, 18:00", "sent to 312, yesterday, 09:30". */
export function issueState(
  { sendAt, begunAt, isQueued, totals, left, bounces, pausedAt, doneAt }: IssueFacts,
  now: number,
  zone: Zone,
): string {
  if (begunAt === undefined)
    return sendAt === undefined
      ? 'not sent'
      : sendAt <= now
        ? 'about to go out'
        : `planned for ${shownMoment(sendAt, now, zone)}`;
  const n = (count: number) => count.toLocaleString('en');
  const { ready = 0, leased = 0, done = 0, dead = 0 } = totals ?? {};
  const waits = ready + leased;
  const when = shownMoment(begunAt, now, zone);
  const sent =
    waits > 0 || !isQueued
      ? `${pausedAt === undefined ? 'on its way' : 'paused; it was on its way'} since ${when}: ${isQueued ? `${n(done)} of ${n(done + dead + waits)} sent` : `${n(done)} sent, ${n(waits)} queued so far`}${doneAt === undefined ? '' : `, done about ${shownMoment(doneAt, now, zone)}`}`
      : done + dead > 0
        ? `sent to ${n(done)}, ${when}`
        : `sent ${when}`;
  return [
    sent,
    ...(dead > 0 ? [`${n(dead)} failed`] : []),
    ...(bounces?.hard ? [`${n(bounces.hard)} came back`] : []),
    ...(bounces?.soft ? [`${n(bounces.soft)} came back for now`] : []),
    ...(bounces?.complaint ? [`${n(bounces.complaint)} called it spam`] : []),
    ...(left ? [`${n(left)} left in the week after`] : []),
  ].join(', ');
}
