import type { PartnerLinkRow } from './tables.ts';

/** What a unit of work may read and change of partners' links. */
export interface PartnerRecords {
  /** False where the partner has a link that works already; then nothing is added. */
  addPartnerLink(link: PartnerLinkRow): Promise<boolean>;
  /** The link of a partner that works. */
  partnerLinkOf(partner: string): Promise<PartnerLinkRow | undefined>;
  /** Ends the link of a partner; false where none worked. */
  revokePartnerLink(partner: string, at: number): Promise<boolean>;
}

/** What is read of partners. */
export interface PartnerReading {
  partnerLink(id: string): Promise<PartnerLinkRow | undefined>;
  /** All links, the oldest first. */
  partnerLinks(): Promise<PartnerLinkRow[]>;
  /** Views by readers of a partner, by month (`2026-01`) and landing page, from a day on (`2026-01-01`). */
  partnerViews(partner: string, since: string): Promise<{ month: string; landing: string; n: number }[]>;
  /** The leads of a partner that were confirmed from `since` on and before `until`, in milliseconds since 1970. */
  partnerLeads(partner: string, since: number, until: number): Promise<PartnerLeads>;
}

/** How many there are, and how many of them came further. */
export interface PartnerLeads {
  leads: number;
  downloads: number;
  won: number;
}
