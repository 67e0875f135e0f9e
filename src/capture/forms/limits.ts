import { createHmac } from 'node:crypto';
import type { Visit } from '#capture/capture.ts';
import type { Context, Limits } from '#capture/context.ts';
import type { Environment, Secret } from '#capture/environment.ts';
import { StoreUnavailable, type Window } from '#capture/store/store.ts';
import { networkOf } from './network.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Limits that are kept where the data are: they go on after a restart, and all processes share them. */
export function openLimits(
  { perNetwork, perHour }: Environment['limits'],
  { store: { limits }, secrets, clock }: Pick<Context, 'store' | 'secrets' | 'clock'>,
): Limits {
  const window: Window = { most: perNetwork, milliseconds: 10 * minute };
  return {
    isBusy: async (ip) => (await limits.taken(networkKey(ip, secrets), clock())) > Math.ceil(perNetwork / 2),
    async ofNetwork(ip) {
      const taken = await limits.take(networkKey(ip, secrets), window, clock());
      return taken.kind === 'refused' ? Math.ceil(taken.wait / 1000) : undefined;
    },
    async mailDelay(isBusy) {
      // Networks that send many wait for one another, and do not hold up the others.
      const each = Math.round((hour * 1000) / perHour);
      const load = await limits.addLoad(isBusy ? 'mails:busy' : 'mails', each, clock());
      return Math.max(0, Math.ceil(load / 1000) - hour);
    },
  };
}

/** Takes one from what a network may send. Where that cannot be counted now, the form itself shows its sender why. */
export async function admit(
  { limits }: Pick<Context, 'limits'>,
  { ip }: Visit,
): Promise<number | 'uncounted' | undefined> {
  try {
    return await limits.ofNetwork(ip);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    return 'uncounted';
  }
}

/**
 * One of 65,536 counts: so the table stays bounded however many networks come, and no network can be read from it. Which
 * networks share one depends on the secret, so that nobody can use up the count of another.
 */
function networkKey(ip: string, secrets: readonly Secret[]): string {
  return `network:${limitDigest(`network|${networkOf(ip)}`, secrets).slice(0, 4)}`;
}

/** What a limit knows something by: an HMAC, so that it recognises it and does not reveal it. */
export function limitDigest(what: string, [newest]: readonly Secret[]): string {
  if (!newest) throw new Error('There is no secret to count by.');
  return createHmac('sha256', newest.key).update(`limit|${what}`).digest('hex').slice(0, 32);
}
