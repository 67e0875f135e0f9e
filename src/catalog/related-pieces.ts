import type { Cards, Listing } from './cards.ts';
import type { Content } from './content.ts';
import { publishedAt } from './order.ts';
import type { PieceCard } from './records.ts';
import type { References } from './references.ts';
import { relatedKeys } from './related.ts';
import type { Sources } from './sources.ts';

/** How many related entries a page shows. */
const relatedLimit = 3;

/** The cards of those that are related to an entry, by `collection/slug`; what its author picked and is not there is told. */
export function relatedPieces(
  made: Cards,
  sources: Sources,
  references: References,
  content: Content,
): (key: string) => PieceCard[] {
  const pieces = new Map<string, Listing<PieceCard>>([
    ...[...made.episodes].map(([slug, listing]) => [`episodes/${slug}`, listing] as const),
    ...[...made.posts].map(([slug, listing]) => [`posts/${slug}`, listing] as const),
  ]);
  const keys = relatedKeys(
    [...pieces].map(([key, { card, topics, people }]) => {
      const collection = card.kind === 'episode' ? 'episodes' : 'posts';
      const entry = sources.entry(collection, card.slug);
      const picked = entry.data.related ?? [];
      picked.forEach((pick, i) => {
        const to = pick.startsWith('posts/') ? 'posts' : 'episodes';
        references.one({ collection, slug: card.slug, field: ['related', i] }, to, pick, pieces);
      });
      return {
        key,
        topics: topics.map(({ slug }) => slug),
        people: people.map(({ slug }) => slug),
        at: publishedAt(entry, content.show.timezone),
        picked,
      };
    }),
    relatedLimit,
  );
  return (key: string) => (keys.get(key) ?? []).flatMap((each) => pieces.get(each)?.card ?? []);
}
