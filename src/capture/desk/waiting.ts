import { entryLink } from '#capture/comments/view.ts';
import type { ShownLead } from '#capture/desk.ts';
import type { WaitingFilter, WaitingLead } from '#capture/store/desk.ts';
import type { Capability } from '#site/desk.ts';
import { type DeskContext, type Owner, ownerWith } from './context.ts';

/** Which leads wait for who is at the desk: their own and nobody's, or all. */
export function waitingFilter(
  { clock, answerWithin }: Pick<DeskContext, 'clock' | 'answerWithin'>,
  { id }: Pick<Owner, 'id'>,
  may: ReadonlySet<Capability>,
  most: number,
): WaitingFilter {
  const now = clock();
  return { ...(!may.has('all leads') && { owner: id }), lateSince: now - answerWithin, now, most };
}

/** Somebody who waits, with the names of what their row has by slugs and ids. */
export function shownLead(
  { contactId, name, company, email, since, asset, fromEntry, owner }: WaitingLead,
  { site, owners }: Pick<DeskContext, 'site' | 'owners'>,
): ShownLead {
  const named = owner === null ? undefined : ownerWith(owners, owner);
  const host = site.hosts.find(({ slug }) => slug === named?.person);
  return {
    ...{ contactId, name, company, email, since },
    ...(asset !== null && { paper: shortTitle(site, asset) }),
    ...(fromEntry !== null && { from: entryLink(site, fromEntry) }),
    ...(owner !== null && {
      owner: { name: host?.name ?? named?.email ?? owner, ...(host?.side && { side: host.side }) },
    }),
  };
}

/** The title of a whitepaper without its subtitle. */
const shortTitle = ({ whitepapers }: DeskContext['site'], asset: string) =>
  whitepapers.find(({ slug }) => slug === asset)?.title.replace(/: .*$/s, '') ?? asset;
