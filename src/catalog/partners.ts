import { url } from '#site/url.ts';
import type { Cards, Listing } from './cards.ts';
import type { Content, Entry } from './content.ts';
import { partnerFeeds } from './feed-links.ts';
import { type Clock, unpublished } from './publication.ts';
import type { EpisodeRecord, PartnerRecord, PieceCard, Picture, WhitepaperCard } from './records.ts';
import type { References } from './references.ts';
import type { Sources } from './sources.ts';

/** How many entries the page for a partner's readers begins with. */
const shownEntries = 4;

/** What partners' pages are made from; lists are newest first. */
interface Site {
  pieces: readonly Listing<PieceCard>[];
  heard: readonly EpisodeRecord[];
  whitepapers: readonly WhitepaperCard[];
}

/** The partners that are in this build, by name. */
export function partnerRecords(
  content: Content,
  clock: Clock,
  { made, sources, references }: { made: Cards; sources: Sources; references: References },
  site: Site,
): PartnerRecord[] {
  const { show } = content;
  const shown = content.partners
    .map((entry) => ({ entry, state: unpublished(entry.data, show.timezone, clock.now) }))
    .filter(({ state }) => clock.preview || !state);
  return shown
    .map(({ entry: { slug, data }, state }): PartnerRecord => {
      const at = (field: string) => ({ collection: 'partners' as const, slug, field: [field] });
      const topics = references.all(at('topics'), 'topics', data.topics, made.topics);
      const isOfTopics = (entry: Pick<Listing, 'topics'>) => entry.topics.some((topic) => topics.includes(topic));
      const entries = site.pieces.filter(isOfTopics).map(({ card }) => card);
      const page = { slug, name: data.name, summary: data.summary, url: url.partner(slug) };
      return {
        ...page,
        ...namesOf(data),
        topics,
        logo: data.logo as Picture | undefined,
        body: sources.body('partners', slug, made),
        entries: entries.slice(0, shownEntries),
        feeds: entries.length > 0 ? partnerFeeds(show, page) : [],
        whitepaper:
          data.whitepaper === undefined
            ? site.whitepapers[0]
            : references.one(at('whitepaper'), 'whitepapers', data.whitepaper, made.whitepapers)?.card,
        player: (site.heard.find(isOfTopics) ?? site.heard[0])?.slug,
        kit: { short: data.kit?.short ?? show.tagline, long: data.kit?.long ?? show.description },
        podcast: data.podcast,
        unpublished: state,
      };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, show.language));
}

const namesOf = ({ title, readers, url: website, theyOffer, weOffer }: Entry<'partners'>['data']) => ({
  ...{ title, readers, website, theyOffer, weOffer },
});
