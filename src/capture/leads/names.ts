import type { Context } from '#capture/context.ts';
import type { LeadLine, LeadOwner, LeadReader, LeadSender } from '#site/lead-desk.ts';
import { parseAddress } from '#capture/forms/email-address.ts';
import type { Records } from '#capture/store/store.ts';
import type { LeadRow } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import { url } from '#site/url.ts';

/** Notes who did or saw what, in the same unit of work. */
export async function auditLead(
  { clock, random }: Pick<Context, 'clock' | 'random'>,
  records: Records,
  { owner }: Pick<LeadReader, 'owner'>,
  action: string,
): Promise<void> {
  const at = clock();
  await records.addAudit({ id: newId(at, random), actor: owner, action, subjectHmac: null, at });
}

/** Whether an owner may see a lead: hosts see their own and nobody's. */
export const isVisible = ({ assignedTo }: Pick<LeadRow, 'assignedTo'>, { owner, seesAll }: LeadReader): boolean =>
  seesAll || assignedTo === null || assignedTo === owner;

/** What an owner is known by: the address, normalised. */
export const ownerId = (email: string): string => {
  const parsed = parseAddress(email);
  return parsed.kind === 'address' ? parsed.address.norm : email;
};

/** An owner by that, as the desk shows them: one who has left, by the address. */
export function ownerNamed({ owners, site }: Pick<Context, 'owners' | 'site'>, id: string): LeadOwner {
  const person = owners.find(({ email }) => ownerId(email) === id)?.person;
  const host = site.hosts.find(({ slug }) => slug === person);
  return host ? { email: id, name: host.name, ...(host.side && { side: host.side }) } : { email: id, name: id };
}

export function paperNamed({ site }: Pick<Context, 'site'>, slug: string): LeadLine['paper'] {
  const paper = site.whitepapers.find((each) => each.slug === slug);
  return { slug, title: paper?.title ?? slug, url: paper?.url };
}

export function senderOf(
  { site }: Pick<Context, 'site'>,
  { source, fromEntry, partner }: Pick<LeadRow, 'source' | 'fromEntry' | 'partner'>,
): LeadSender {
  return {
    source,
    ...(fromEntry !== null && { entry: entryNamed({ site }, fromEntry) }),
    ...(partner !== null && {
      partner: { slug: partner, name: site.partners?.find(({ slug }) => slug === partner)?.name ?? partner },
    }),
  };
}

export function entryNamed({ site }: Pick<Context, 'site'>, id: string): NonNullable<LeadSender['entry']> {
  const entry = site.entries.find((each) => each.id === id);
  return entry ? { id, title: entry.title, url: entry.url, label: entry.label } : { id, title: id };
}

/** The slug of the whitepaper whose landing page is at a path. */
export const paperAt = (landing: string): string =>
  landing.startsWith(url.whitepapers) ? landing.slice(url.whitepapers.length).replace(/\/$/, '') : landing;
