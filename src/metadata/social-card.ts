import { sideNames } from '#site/facets.ts';
import { fullTitle } from '#site/title.ts';
import { clock } from '#site/length.ts';
import { readingTime } from '#site/reading-time.ts';
import { saidBetween } from '#site/said.ts';
import type { Catalog, EpisodeRecord, PersonLink, Profile, WhitepaperRecord } from '#catalog/records.ts';
import { url } from '#site/url.ts';
import { type About, lists } from './about.ts';

/** What a social image says. */
export interface SocialCard {
  /** The typed labels on the folder's tab; the first one in capitals. */
  tab: string[];
  title: string;
  /** A sentence under a short title. */
  text: string;
  people: { name: string; side?: PersonLink['side'] }[];
  /** What stands in for a photo, in the colour of a side. */
  portrait?: { initials: string; side?: PersonLink['side'] };
  /** Whose file it is. */
  series: string;
  subtitle?: string | undefined;
}

/** The address of a page's social image, and the words for those who do not see it. */
export function socialImage(about: About | undefined, show: Catalog['show']): { path: string; alt: string } {
  const { tab, title } = socialCard(about, show);
  return {
    path: about && about.kind !== 'home' ? url.social(about.kind, about.record.slug) : url.defaultSocial,
    alt: `A folder with “${tab.join(', ')}” on its tab and “${title}” on the sheet in it`,
  };
}

/** Every social image, with its address. */
export function socialCards(catalog: Catalog): { url: string; card: SocialCard }[] {
  const { show, episodes, posts, whitepapers, people, topics, seasons, partners, pages } = catalog;
  const part = { url: '', entries: [] };
  const parts = Object.keys(lists).map((slug) => ({ slug: slug as keyof typeof lists, ...part }));
  const abouts = [
    ...episodes.map((record) => ({ kind: 'episodes', record }) as const),
    ...posts.map((record) => ({ kind: 'posts', record }) as const),
    ...whitepapers.map((record) => ({ kind: 'whitepapers', record }) as const),
    ...people.map((record) => ({ kind: 'people', record }) as const),
    ...topics.map((record) => ({ kind: 'topics', record, part }) as const),
    ...seasons.map((record) => ({ kind: 'seasons', record, part }) as const),
    ...partners.map((record) => ({ kind: 'partners', record }) as const),
    ...pages.map((record) => ({ kind: 'pages', record }) as const),
    ...parts.map((record) => ({ kind: 'lists', record }) as const),
  ];
  return [
    { url: url.defaultSocial, card: socialCard(undefined, show) },
    ...episodes.flatMap((episode) =>
      episode.soundbites.map((_, i) => ({ url: url.quote(episode.slug, i + 1), card: quoteCard(episode, i, show) })),
    ),
    ...abouts.map((about) => ({
      url: url.social(about.kind, about.record.slug),
      card: socialCard(about, show),
    })),
  ];
}

/** What the picture of a passage of an episode says: its title, and what is said in it, as far as there is room. */
function quoteCard(episode: EpisodeRecord, index: number, show: Catalog['show']): SocialCard {
  const { start = 0, duration = 0, title = '' } = episode.soundbites[index] ?? {};
  const said = saidBetween(episode.transcript?.paragraphs ?? [], start, start + duration);
  return {
    tab: [episode.label, `${clock(start)} to ${clock(start + duration)}`],
    title,
    text: said ? `“${said}”` : episode.title,
    people: episode.people,
    series: show.title,
    subtitle: show.subtitle,
  };
}

/** What the social image of a page says. */
export function socialCard(about: About | undefined, show: Catalog['show']): SocialCard {
  const series = { series: show.title, subtitle: show.subtitle };
  const none = { people: [], ...series };
  switch (about?.kind) {
    case 'episodes': {
      const { record } = about;
      return { tab: episodeTab(record), title: record.title, text: record.summary, people: record.people, ...series };
    }
    case 'posts': {
      const { title, summary, people, readingMinutes } = about.record;
      return { tab: ['Post', readingTime(readingMinutes)], title, text: summary, people, ...series };
    }
    case 'whitepapers': {
      const { record } = about;
      return {
        tab: paperTab(record),
        title: fullTitle(record),
        text: record.promise,
        people: record.people,
        ...series,
      };
    }
    case 'people': {
      const { name, role, summary, initials, side } = about.record;
      return {
        tab: personTab(about.record, show),
        title: name,
        text: role ?? summary ?? show.tagline,
        portrait: { initials, side },
        ...none,
      };
    }
    case 'topics': {
      const { title, description, count } = about.record;
      return {
        tab: ['Topic', count === 1 ? '1 entry' : `${count} entries`],
        title,
        text: description ?? show.tagline,
        ...none,
      };
    }
    case 'seasons':
      return { tab: ['In the drawer'], title: about.record.title, text: show.tagline, ...none };
    case 'partners': {
      const { name, title, summary } = about.record;
      return { tab: ['With', name], title, text: summary, ...none };
    }
    case 'pages':
      return { tab: ['On record'], title: about.record.title, text: about.record.summary, ...none };
    case 'lists':
      return { tab: ['In the drawer'], title: lists[about.record.slug], text: show.tagline, ...none };
    default:
      return {
        tab: ['The files'],
        title: show.title,
        text: show.tagline,
        people: show.hosts,
        series: show.subtitle ?? show.owner.name,
      };
  }
}

const episodeTab = ({ label, season }: EpisodeRecord) => (season ? [label, `Season ${season}`] : [label]);

const paperTab = ({ pages }: WhitepaperRecord) => ['Whitepaper', pages === 1 ? '1 page' : `${pages} pages`];

function personTab({ slug, side, isGuest }: Profile, { hosts }: Catalog['show']): string[] {
  const part = hosts.some((host) => host.slug === slug) ? 'Host' : isGuest ? 'Guest' : 'Author';
  return side ? [part, sideNames[side]] : [part];
}

/**
 * A card with the characters that can be drawn, composed (NFC). A title of which less than half is left gives way to the
 * name of the series, and that to nothing; names that are gone are left out.
 */
export function legible(card: SocialCard, isDrawn: (character: string) => boolean): SocialCard {
  const left = (text: string) => spaced(characters(text.normalize()).filter(isDrawn).join(''));
  const readable = (text: string) => {
    const rest = left(text);
    return rest === spaced(text.normalize()) || letters(rest) * 2 > letters(text) ? rest : '';
  };
  const { portrait, ...rest } = card;
  return {
    ...rest,
    tab: card.tab.map(left),
    title: readable(card.title) || readable(card.series),
    text: readable(card.text),
    people: card.people.map((person) => ({ ...person, name: readable(person.name) })).filter(({ name }) => name),
    ...(portrait && { portrait: { ...portrait, initials: left(portrait.initials) } }),
    series: readable(card.series),
    subtitle: readable(card.subtitle ?? ''),
  };
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The characters of a text as readers see them: an emoji of several code points is one. */
const characters = (text: string): string[] => [...graphemes.segment(text)].map(({ segment }) => segment);

const spaced = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

const letters = (text: string) => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
