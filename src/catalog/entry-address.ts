import type { Collection } from './content.ts';
import { url } from '#site/url.ts';

/** The address of an entry's page, by its slug. */
export const addressOf = {
  episodes: url.episode,
  posts: url.post,
  people: url.person,
  whitepapers: url.whitepaper,
  partners: url.partner,
  pages: url.page,
} as const satisfies Record<Collection, (slug: string) => string>;
