import type { Lead, LeadFilter } from '#capture/store/store.ts';
import type { Owner } from './owner.ts';

export { leadStatuses } from '#capture/store/store.ts';
export { utmNames } from '#capture/forms/attribution.ts';
export type { Lead, LeadFilter };

/** The leads that the filter lets through, in order of time, read while they are taken. Throws what `storeRefusal` explains. */
export const findLeads = ({ store }: Pick<Owner, 'store'>, filter: LeadFilter): AsyncIterable<Lead> =>
  store.reading.leads(filter);

/** The `most` latest of them, the latest last, and how many there are in all. */
export async function latestLeads(
  owner: Pick<Owner, 'store'>,
  filter: LeadFilter,
  most: number,
): Promise<{ leads: Lead[]; total: number }> {
  const leads: Lead[] = [];
  let total = 0;
  for await (const lead of findLeads(owner, filter)) {
    total += 1;
    leads.push(lead);
    if (leads.length > most) leads.shift();
  }
  return { leads, total };
}

/** Whether anyone asked for a whitepaper, which may have left the site since. */
export async function isAskedFor(owner: Pick<Owner, 'store'>, asset: string): Promise<boolean> {
  const { done } = await findLeads(owner, { asset })[Symbol.asyncIterator]().next();
  return done !== true;
}
