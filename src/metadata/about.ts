import { fullTitle } from '#site/title.ts';
import type {
  ShownDate,
  Catalog,
  EpisodeCard,
  EpisodeRecord,
  PageRecord,
  PartnerProfile,
  Picture,
  PostRecord,
  Profile,
  SeasonCard,
  TopicCard,
  WhitepaperRecord,
} from '#catalog/records.ts';

/** The lists that are there whatever the content is, by the name that their social image has. */
export const lists = {
  episodes: 'Episodes',
  posts: 'Posts',
  hosts: 'Hosts',
  whitepapers: 'Whitepapers',
  topics: 'Topics',
  search: 'Search',
} as const;

/** What a page is about: its head tags, its linked data and its social image follow from it. */
export type About =
  | { kind: 'home'; episodes: readonly EpisodeCard[] }
  | { kind: 'episodes'; record: EpisodeRecord }
  | { kind: 'posts'; record: PostRecord }
  | { kind: 'whitepapers'; record: WhitepaperRecord }
  | { kind: 'people'; record: Profile; part?: Part | undefined }
  | { kind: 'topics'; record: TopicCard; part: Part }
  | { kind: 'seasons'; record: SeasonCard; part: Part }
  | {
      kind: 'partners';
      record: PartnerProfile;
      /** The path of their logo, as pages show it. */
      logo?: string | undefined;
    }
  | { kind: 'pages'; record: PageRecord }
  | { kind: 'lists'; record: ListPart };

/** A page of one of the lists that are there whatever the content is. */
export interface ListPart extends Part {
  slug: keyof typeof lists;
  /** What the page lists, where that is a part of the list with an address of its own. */
  name?: string;
}

/** One page of a list. */
export interface Part {
  /** The address of the list's first page. */
  url: string;
  entries: readonly Listed[];
  /** Where the part stands, counted from 1; a list on one page has none of these. */
  current?: number;
  last?: number;
  /** How many entries stand on the pages before this one. */
  before?: number;
}

/** What a list names: an entry by its title, a person by their name. */
export type Listed = { url: string } & ({ title: string } | { name: string });

/** A page as it is described to machines. */
export interface Page {
  /** The address of the site. */
  site: URL;
  /** The address of the page. */
  url: URL;
  show: Catalog['show'];
  /** The document's title; what it is about has a name of its own. */
  title: string;
  description: string;
  /** What it is about; a page without it is described by its title alone. */
  about?: About | undefined;
  /** From home to this page, both included; none on home. */
  crumbs: readonly { title: string; url: string }[];
  /** Kept out of search engines. */
  hidden: boolean;
  modified?: ShownDate | undefined;
  /** The absolute address of the picture that its author chose. */
  picture?: string | undefined;
}

/** The name of what a page is about, without the name of the series behind it. */
export function nameOf({ about, show, title }: Page): string {
  if (!about) return title;
  if (about.kind === 'home') return fullTitle(show);
  const { current = 1 } = partOf(about) ?? {};
  return current === 1 ? wholeName(about) : `${wholeName(about)}, page ${current}`;
}

function wholeName(about: Exclude<About, { kind: 'home' }>): string {
  if (about.kind === 'people') return about.part ? `${about.record.name}: all entries` : about.record.name;
  if (about.kind === 'whitepapers') return fullTitle(about.record);
  return about.kind === 'lists' ? (about.record.name ?? lists[about.record.slug]) : about.record.title;
}

/** The page of a list that a page is. */
export function partOf(about: About | undefined): Part | undefined {
  if (about?.kind === 'lists') return about.record;
  return about && 'part' in about ? about.part : undefined;
}

/** The picture that the author of a page chose for it. */
export function pictureOf(about: About | undefined, show: Catalog['show']): Picture | undefined {
  switch (about?.kind) {
    case 'home':
      return show.cover;
    case 'episodes':
      return about.record.thumb;
    case 'seasons':
      return about.record.cover;
    case 'posts':
    case 'whitepapers':
      return about.record.cover;
    case 'people':
      return about.record.photo;
    default:
      return undefined;
  }
}
