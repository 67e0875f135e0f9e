/** The name under which an address says which partner sent its reader: `?partner=<slug>`. */
export const partnerParameter = 'partner';

/** An address of the site, a path or whole, that says which partner its reader comes from. */
export function withPartner(address: string, slug: string): string {
  const [page = '', anchor] = address.split('#', 2);
  const mark = page.includes('?') ? '&' : '?';
  return `${page}${mark}${partnerParameter}=${slug}${anchor === undefined ? '' : `#${anchor}`}`;
}

/**
 * The partner that a page of the site belongs to, or whose link led to it: the slug in `/with/<slug>/` and what is below
 * it, or else in the query. Nobody has looked whether there is such a partner.
 */
export function partnerOf({ pathname, searchParams }: Pick<URL, 'pathname' | 'searchParams'>): string | undefined {
  return own.exec(pathname)?.[1] ?? searchParams.get(partnerParameter) ?? undefined;
}

/** Whether a path is the page for a partner's readers, or below it. */
export const isOfPartner = (path: string): boolean => own.test(path);

const own = /^\/with\/([^/]+)\//;
