import { secretsOf } from '#capture/store/secrets.ts';
import { signOwnLink } from '#capture/store/own-links.ts';
import { newId } from '#capture/store/tokens.ts';
import type { PartnerLinkRow } from '#capture/store/tables.ts';
import type { Partner } from '#site/contract.ts';
import { url } from '#site/url.ts';
import type { Owner } from './owner.ts';

/** A partner, and since when there is a link to its report, in milliseconds since 1970. */
export interface LinkedPartner extends Partner {
  since: number | null;
  /** How many of its links were ended. */
  ended: number;
}

/** The link to a partner's report: the one that there is, or a new one. Whoever has it can read the report. */
export async function reportLink(
  { store, environment, clock, random }: Pick<Owner, 'store' | 'environment' | 'clock' | 'random'>,
  partner: string,
): Promise<{ link: string; isNew: boolean }> {
  const row: PartnerLinkRow = { id: newId(clock(), random), partner, at: clock(), revokedAt: null };
  const { id, isNew } = await store.transaction(async (records) => {
    const isNew = await records.addPartnerLink(row);
    return { id: isNew ? row.id : ((await records.partnerLinkOf(partner))?.id ?? row.id), isNew };
  });
  const token = signOwnLink(id, 'partner report', await secretsOf(environment));
  return { link: new URL(url.partnerReport(token), environment.site).href, isNew };
}

/** The slugs of all who have, or had, a link to a report. */
export const linkedSlugs = async ({ store }: Pick<Owner, 'store'>): Promise<Set<string>> =>
  new Set((await store.reading.partnerLinks()).map(({ partner }) => partner));

/** Ends the link to a partner's report; false where there was none. */
export const endReportLink = ({ store, clock }: Pick<Owner, 'store' | 'clock'>, partner: string): Promise<boolean> =>
  store.transaction((records) => records.revokePartnerLink(partner, clock()));

/** The partners, in the order of the site, and whether each has a link. */
export async function linkedPartners(
  { store }: Pick<Owner, 'store'>,
  partners: readonly Partner[],
): Promise<LinkedPartner[]> {
  const links = await store.reading.partnerLinks();
  return partners.map((partner) => {
    const own = links.filter((link) => link.partner === partner.slug);
    return {
      ...partner,
      since: own.find(({ revokedAt }) => revokedAt === null)?.at ?? null,
      ended: own.filter(({ revokedAt }) => revokedAt !== null).length,
    };
  });
}
