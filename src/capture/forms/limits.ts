import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limits } from '#capture/context.ts';
import type { Environment } from '#capture/environment.ts';
import type { Randomness } from '#capture/store/tokens.ts';
import { networkOf } from './network.ts';

/**
 * Limits that each server process counts on its own and forgets at its end: several behind one name let through as many
 * times the limit. Time is that of the process.
 */
export function openLimits({ perNetwork, perHour }: Environment['limits'], random: Randomness): Limits {
  const networks = new RateLimiterMemory({ keyPrefix: '', points: perNetwork, duration: 10 * 60 });
  const all = new RateLimiterMemory({ keyPrefix: '', points: perHour, duration: 60 * 60 });
  const salt = random(16);
  return {
    ofNetwork: (ip) => take(networks, slotOf(networkOf(ip), salt)),
    ofAll: () => take(all, 'all'),
  };
}

/**
 * One of 65,536 counts: so memory stays bounded however many networks come. Which networks share one is salted, so
 * that nobody can use up the count of another.
 */
function slotOf(network: string, salt: Uint8Array): string {
  return createHash('sha256').update(salt).update(network).digest('hex').slice(0, 4);
}

async function take(limiter: RateLimiterMemory, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw refusal;
  }
}
