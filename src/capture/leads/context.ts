import type { Context } from '#capture/context.ts';
import type { LeadLine, LeadOwner, LeadReader, LeadSender } from '#capture/lead-desk.ts';
import type { Records } from '#capture/store/store.ts';
import type { LeadRow } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import { url } from '#site/url.ts';

/** What the use cases of leads work with. */
export interface LeadContext extends Context {
  /** Who may use the desk: an address, and the slug of a host if they are one. */
  owners: readonly { email: string; person?: string | undefined }[];
  /** Within which time the owners mean to answer, in milliseconds. */
  answerWithin: number;
}

/** Notes who did or saw what, in the same unit of work. */
export async function auditLead(
  { clock, random }: Pick<LeadContext, 'clock' | 'random'>,
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

/** An owner by their address, as the desk shows them: one who has left, by the address. */
export function ownerNamed({ owners, site }: Pick<LeadContext, 'owners' | 'site'>, email: string): LeadOwner {
  const person = owners.find((owner) => owner.email.toLowerCase() === email.toLowerCase())?.person;
  const host = site.hosts.find(({ slug }) => slug === person);
  return host ? { email, name: host.name, ...(host.side && { side: host.side }) } : { email, name: email };
}

export function paperNamed({ site }: Pick<LeadContext, 'site'>, slug: string): LeadLine['paper'] {
  const paper = site.whitepapers.find((each) => each.slug === slug);
  return { slug, title: paper?.title ?? slug, url: paper?.url };
}

export function senderOf(
  { site }: Pick<LeadContext, 'site'>,
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

export function entryNamed({ site }: Pick<LeadContext, 'site'>, id: string): NonNullable<LeadSender['entry']> {
  const entry = site.entries.find((each) => each.id === id);
  return entry ? { id, title: entry.title, url: entry.url, label: entry.label } : { id, title: id };
}

/** The slug of the whitepaper whose landing page is at a path. */
export const paperAt = (landing: string): string =>
  landing.startsWith(url.whitepapers) ? landing.slice(url.whitepapers.length).replace(/\/$/, '') : landing;
