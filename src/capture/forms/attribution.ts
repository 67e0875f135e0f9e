import type { Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import type { LeadSource, SubmissionRow } from '#capture/store/tables.ts';
import type { Entry, Paper, Site } from '#site/contract.ts';
import type { FormFields } from '#site/form-fields.ts';
import { newsletterLanding, url } from '#site/url.ts';

/** Which page won the reader, as far as the reader's browser says. */
export interface Attribution extends Pick<SubmissionRow, 'landing' | 'fromEntry' | 'partner' | 'utm'> {
  /** The address of the page whose form was sent, without its query: where the wording was read. */
  sourceUrl: string;
  /** Whether the form was sent from its landing page, whose views are counted. */
  isFromLanding: boolean;
}

/**
 * Reads the sender of a form from the page that it was sent from, else from the form's own field. The page is that of the
 * Referer, or where the browser sends none, the one that the form names.
 */
export function attributionOf(
  form: FormFields,
  { referer }: Pick<Visit, 'referer'>,
  paper: Paper | undefined,
  { site, address, hosts }: Pick<Context, 'site' | 'address' | 'hosts'>,
): Attribution {
  const landing = paper?.url ?? newsletterLanding;
  const page = ownPage(referer, hosts) ?? namedPage(form['page'], address);
  const entry =
    site.entries.find((entry) => entry.url === page?.pathname) ??
    entryNamed(page?.searchParams.get('from') ?? undefined, site) ??
    entryNamed(form['from'], site);
  return {
    landing,
    fromEntry: entry?.id ?? null,
    partner: partnerOn(page, site) ?? partnerNamed(form['partner'], site),
    utm: JSON.stringify(utmIn(page?.searchParams)),
    isFromLanding: page !== undefined && landingOf(page.pathname, site) === landing,
    sourceUrl: new URL((page?.pathname ?? paper?.url ?? url.home).slice(0, longestPath), address).href,
  };
}

/** The page of this site that a Referer names. Its scheme does not matter: a proxy may end TLS. */
export function ownPage(referer: string | undefined, hosts: Context['hosts']): URL | undefined {
  if (!referer || !URL.canParse(referer)) return undefined;
  const page = new URL(referer);
  return /^https?:$/.test(page.protocol) && hosts.includes(page.host) ? page : undefined;
}

/** The page of this site that a form names, by its path and query. */
function namedPage(written: string | undefined, address: URL): URL | undefined {
  const isPath = written !== undefined && written.length <= longestPage && /^\/(?![/\\])/.test(written);
  return (isPath && URL.parse(written, address)) || undefined;
}

/** The entry that `from` names by its id, `episodes/<slug>`, or by its slug. */
export function entryNamed(from: string | undefined, { entries }: Site): Entry | undefined {
  const name = from?.trim().replace(/^\/|\/$/g, '');
  return name ? (entries.find(({ id }) => id === name) ?? entries.find(({ slug }) => slug === name)) : undefined;
}

/** The partner whose page it is, or that its address names. */
function partnerOn(page: URL | undefined, site: Pick<Site, 'partners'>): string | null {
  const own = site.partners?.find(({ url }) => page?.pathname.startsWith(url));
  return own?.slug ?? partnerNamed(page?.searchParams.get('partner') ?? undefined, site);
}

/** The slug of the partner that `partner` names, if the site has one of this name. */
export function partnerNamed(partner: string | undefined, { partners }: Pick<Site, 'partners'>): string | null {
  return partners?.find(({ slug }) => slug === partner)?.slug ?? null;
}

/** What sent a reader, of all that the address of the page says. */
export function sourceOf({ fromEntry, partner, utm }: Pick<Attribution, 'fromEntry' | 'partner' | 'utm'>): LeadSource {
  if (partner !== null) return 'partner';
  if (fromEntry !== null) return fromEntry.startsWith('episodes/') ? 'episode' : 'post';
  const { utm_source: source, utm_medium: medium } = JSON.parse(utm) as Record<string, string | undefined>;
  if (/^e-?mail$/i.test(medium ?? '') || /^newsletter$/i.test(source ?? '')) return 'newsletter';
  return source ? 'other' : 'unknown';
}

/** Under what a page is counted, if it is a landing page: one whose purpose it is to ask for an address. */
export function landingOf(path: string, { whitepapers }: Site): string | undefined {
  const whole = path.endsWith('/') ? path : `${path}/`;
  if (whole === url.subscribe) return newsletterLanding;
  return whitepapers.find((paper) => paper.url === whole)?.url;
}

/** What a link's address may say of the campaign that it stands in, and is kept. */
export const utmNames = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const;
const longestUtm = 100;
const longestPath = 500;
const longestPage = 2000;

/** What a query says of a campaign. */
export function utmIn(query: URLSearchParams | undefined): Record<string, string> {
  const found = utmNames.map((name) => [name, query?.get(name)?.slice(0, longestUtm)] as const);
  return Object.fromEntries(found.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
