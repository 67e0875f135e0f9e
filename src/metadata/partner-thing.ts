import type { About, Page } from './about.ts';
import { absolute, id, type Thing } from './thing.ts';

/**
 * A partner on the page for its readers: an organisation, with what it offers to ours. It pays for nothing and is no part
 * of the series, so that it is neither `sponsor` nor `publisher` of anything (schema.org, Organization).
 */
export const partnerNode = ({ site }: Page, { record, logo }: Extract<About, { kind: 'partners' }>): Thing => ({
  '@type': 'Organization',
  '@id': id.partner(site, record.slug),
  name: record.name,
  url: record.website,
  logo: logo === undefined ? undefined : { '@type': 'ImageObject', url: absolute(site, logo) },
  makesOffer: [{ '@type': 'Offer', description: record.theyOffer }],
});
