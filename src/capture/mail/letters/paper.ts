import type { Paper, Site } from '#site/contract.ts';
import { fileSize } from '#site/file-size.ts';
import { CannotWrite } from './cannot-write.ts';

/** Throws `CannotWrite` when the site offers no such paper. */
export function paperOf(site: Site, slug: string): Paper {
  const paper = site.whitepapers.find((each) => each.slug === slug);
  if (!paper) throw new CannotWrite(`the site has no whitepaper “${slug}”`);
  return paper;
}

/** What is to know of the file: `PDF`, `8 pages`, `230 kB`. */
export function paperFacts({ pages, bytes }: Paper): string[] {
  return ['PDF', `${pages} ${pages === 1 ? 'page' : 'pages'}`, fileSize(bytes)];
}
