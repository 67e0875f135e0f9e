import type { Facet, Kind } from '#site/facets.ts';
import type { ImageMetadata } from 'astro';
import type { MediaFacts } from '#model/media.ts';
import type { Focus, Side } from '#model/field.ts';
import type { Partner } from '#model/partner.ts';
import type { Show } from '#model/show.ts';
import type { Wording, Wordings } from '#site/contract.ts';
import type { Redirect } from '#site/redirects.ts';
import type { Retention } from '#site/retention.ts';

/** A date as readers see it ("22 November 2026") and as machines do (ISO 8601, in UTC). */
export interface ShownDate {
  iso: string;
  text: string;
}

/** A picture that Astro has read: what `<Image>` takes, and the words for those who do not see it. */
export interface Picture {
  src: ImageMetadata;
  alt: string;
  /** What stays of it where it is cut. */
  focus?: Focus | undefined;
}

export interface TopicLink {
  slug: string;
  url: string;
  title: string;
}

/** Somebody as an entry names them. */
export interface PersonLink {
  slug: string;
  url: string;
  name: string;
  kind: 'person' | 'organisation';
  side?: Side | undefined;
  photo?: Picture | undefined;
}

/** Somebody in a few lines. */
export interface PersonCard extends PersonLink {
  role?: string | undefined;
  summary?: string | undefined;
  /** What stands in for a photo. */
  initials: string;
}

/** Why an entry that is shown by `dev` would not be in the published site. */
export type Unpublished = 'draft' | 'scheduled';

/** A page by its name. */
export interface Link {
  url: string;
  title: string;
}

/** What lists show of an entry, and no more: what another page shows of an entry is made anew with each change of it. */
interface Card extends Link {
  slug: string;
  summary: string;
  publishedAt: ShownDate;
  unpublished?: Unpublished | undefined;
}

/** What a list, a card or a link shows of an episode. */
export interface EpisodeCard extends Card {
  kind: 'episode';
  /** How many comments it has, if it has any. */
  comments?: number | undefined;
  season?: number | undefined;
  /** "File 007", "Trailer": the typed label on the folder's tab. */
  label: string;
  /** Of the recording, in seconds. */
  duration?: number | undefined;
  /** Of the text, in minutes. */
  readingMinutes: number;
  /** The title of its first topic. */
  topic?: string | undefined;
  /** Its own cover, or else that of its season. */
  thumb?: Picture | undefined;
  /** Where its player begins; undefined where it has no recording in a file. */
  play?: { kind: 'audio' | 'video'; url: string } | undefined;
}

/** What it takes to play an episode, and no more: nothing else of it makes a page anew that has it next. */
export type Playable = Pick<EpisodeCard, 'slug' | 'title' | 'label' | 'url' | 'play' | 'duration' | 'thumb'>;

export interface PostCard extends Card {
  kind: 'post';
  /** How many comments it has, if it has any. */
  comments?: number | undefined;
  readingMinutes: number;
  cover?: Picture | undefined;
}

export interface WhitepaperCard extends Card {
  kind: 'whitepaper';
  subtitle?: string | undefined;
  promise: string;
  pages: number;
  cover?: Picture | undefined;
}

export type PieceCard = EpisodeCard | PostCard;
export type AnyCard = PieceCard | WhitepaperCard;

/** The entry whose body is to be rendered, and what that body names. */
export interface Body {
  collection: 'episodes' | 'posts' | 'people' | 'whitepapers' | 'partners' | 'pages';
  slug: string;
  /** Another one for any other text, and for any other bytes of a picture in it; empty where there is code in it. */
  digest: string;
  /** Its sections, by their anchors, where it is long enough for a table of contents. */
  contents: { id: string; title: string }[];
  mentions: Mentions;
  /** The address of each film that it names as a file beside the entry. */
  films: Record<string, string>;
  /** For how long the server keeps things, for a body that tells it. */
  retention: Retention;
  /** The address of its recording, for links to moments of it. */
  recording?: string | undefined;
}

/** The records that the components of a body name by slug. */
export interface Mentions {
  people: Record<string, PersonLink>;
  episodes: Record<string, EpisodeCard>;
  whitepapers: Record<string, WhitepaperCard>;
}

/** What an entry has beside its card, whatever it is. */
export interface EntryFacts {
  topics: TopicLink[];
  /** Words that it may be found by, beside its topics. */
  keywords: string[];
  people: PersonLink[];
  cover?: Picture | undefined;
}

interface PieceFacts extends EntryFacts {
  body: Body;
  /** What readers said of it; undefined where nobody can and nobody did. */
  discussion?: Discussion | undefined;
  /** Its identity in every feed. */
  guid: string;
  updatedAt?: ShownDate | undefined;
  related: PieceCard[];
  /** The older one, and the newer one. */
  previous?: Link | undefined;
  next?: Link | undefined;
  whitepaper?: WhitepaperCard | undefined;
  source?: string | undefined;
  subtitle?: string | undefined;
  /** Of the entry, if it is not that of the series (BCP 47). */
  language?: string | undefined;
  /** Where else it is to be seen, heard or read. */
  links: { label: string; url: string }[];
}

/** What readers say of an entry. */
export interface Discussion {
  isOpen: boolean;
  /** The oldest first. */
  comments: CommentRecord[];
  /** How many these are, with the replies to them. */
  count: number;
  /** The address of the feed that they are, if there is one. */
  feed?: string | undefined;
}

/** What a reader or a host says under an entry. */
export interface ReplyRecord {
  id: string;
  /** Empty, as its words are, where its author deleted it and replies to it stay. */
  name: string;
  body: string;
  /** Seconds of the recording. */
  moment?: number | undefined;
  at: ShownDate;
  /** The host who says it. */
  person?: PersonLink | undefined;
  isDeleted?: true | undefined;
  /** An owner left words of it out. */
  isShortened?: true | undefined;
}

export interface CommentRecord extends ReplyRecord {
  /** The oldest first. */
  replies: ReplyRecord[];
}

/** A recording, wherever it is. */
export type Recording = RecordingFile | { kind: 'youtube' | 'vimeo'; id: string };

/** A recording in a file. What a file on another host is may be unknown, until somebody asks for it. */
export interface RecordingFile extends Pick<MediaFacts, 'type'> {
  kind: 'file';
  url: string;
  bytes?: number | undefined;
  /** Seconds. */
  duration?: number | undefined;
}

/** The same recording in another file. */
export interface Alternate extends RecordingFile {
  title: string;
  language?: string | undefined;
}

export interface Chapter {
  /** Seconds from the beginning. */
  start: number;
  title: string;
  /** Seconds, where it ends before the next one begins. */
  end?: number | undefined;
  /** What it is about, elsewhere. */
  url?: string | undefined;
  /** A picture of it, for apps: what Astro has read of it, or its address. */
  img?: Picture['src'] | string | undefined;
  /** `false` for one that is not listed: a link or a picture that comes by. */
  toc?: boolean | undefined;
}

/** What one speaker says between two moments, in seconds. */
export interface Cue {
  start: number;
  end: number;
  speaker?: string | undefined;
  /** Somebody else begins to speak, whose name is not told. */
  turn?: true | undefined;
  text: string;
}

/** A speaker of a transcript: a person of the episode, or a name that has no page here. */
export type Speaker = Pick<PersonLink, 'name'> & Partial<Pick<PersonLink, 'side' | 'url'>>;

/** What one speaker says in one go, cue by cue. */
export interface Paragraph {
  /** Its anchor on the page: `t-95` for one that begins at second 95. */
  id: string;
  /** Seconds. */
  start: number;
  end: number;
  speaker?: Speaker | undefined;
  cues: Cue[];
}

/** What was said: the file as it is served beside the page, and its paragraphs. */
export interface Transcript {
  url: string;
  paragraphs: Paragraph[];
}

/** What only feeds say of an episode. */
export interface PodcastFacts {
  /** Whether it is dated by a day alone, without a time. */
  isDay: boolean;
  /** The chapters that are not listed, which are in its file of chapters alone. */
  silentChapters: Chapter[];
  /** Where its chapters are served as a file (Podcasting 2.0); none for an episode without chapters. */
  chaptersUrl?: string | undefined;
  /** Passages that stand alone, in seconds. */
  soundbites: { start: number; duration: number; title: string }[];
}

export interface EpisodeRecord extends EpisodeCard, PieceFacts, PodcastFacts {
  /** As it was written: trailers and bonuses may have none. */
  number?: number | undefined;
  episodeType: 'full' | 'trailer' | 'bonus';
  hosts: PersonLink[];
  guests: PersonLink[];
  /** What people are in this episode, by their slugs. */
  roles: Record<string, string>;
  sides?: Sides | undefined;
  audio?: Recording | undefined;
  video?: Recording | undefined;
  alternates: Alternate[];
  /** Those that are listed. */
  chapters: Chapter[];
  transcript?: Transcript | undefined;
  /** A transcript at another address, with its media type. */
  transcriptElsewhere?: { url: string; type: string } | undefined;
  sponsors: Sponsor[];
  /** What is played after it: the next one of its season, or else the newest of all. */
  upNext?: Playable | undefined;
  explicit: boolean;
}

/** The goal that both sides share, and how each sees it. */
export interface Sides {
  sharedGoal: string;
  marketingView: string;
  salesView: string;
}

/** Who pays for an episode. */
export interface Sponsor {
  name: string;
  url?: string | undefined;
  text?: string | undefined;
}

/** What a player needs of its episode; of the transcript, where it is. */
export type PlayedEpisode = Pick<
  EpisodeRecord,
  'slug' | 'url' | 'title' | 'summary' | 'label' | 'thumb' | 'chapters' | 'audio' | 'video' | 'language'
> & { transcript?: Pick<Transcript, 'url'> | undefined; upNext?: Playable | undefined };

export interface PostRecord extends PostCard, PieceFacts {
  authors: PersonLink[];
}

export interface WhitepaperRecord extends WhitepaperCard, EntryFacts {
  body: Body;
  updatedAt?: ShownDate | undefined;
  learn: string[];
  /** Where the paper is inside the content folder. */
  file: string;
  /** The first of the episodes and posts that offer it: those that its page lists. */
  offeredBy: PieceCard[];
}

/** Who somebody is, without what they made. */
export interface Profile extends PersonCard {
  body: Body;
  links: { label: string; url: string }[];
  isGuest: boolean;
  feeds: FeedLink[];
  unpublished?: Unpublished | undefined;
}

/** Lists are newest first. */
export interface PersonRecord extends Profile {
  hosted: EpisodeCard[];
  appeared: EpisodeCard[];
  wrote: (PostCard | WhitepaperCard)[];
  /** All of these together. */
  entries: AnyCard[];
}

/** What somebody's own page shows of what they made. */
export interface PersonPage extends Pick<PersonRecord, 'hosted' | 'appeared' | 'wrote'> {
  person: Profile;
  /** Whether these lists hold the newest alone. */
  isCut: boolean;
}

/** A topic in a few lines, with the number of its entries. */
export interface TopicCard extends TopicLink {
  description?: string | undefined;
  count: number;
}

export interface TopicRecord extends TopicCard {
  feeds: FeedLink[];
  /** Newest first. */
  entries: AnyCard[];
}

/** A season, under the name that its author gave it. */
export interface SeasonCard extends Link {
  slug: string;
  cover?: Picture | undefined;
  number: number;
}

export interface SeasonRecord extends SeasonCard {
  feeds: FeedLink[];
  /** Newest first. */
  entries: EpisodeCard[];
}

/** A partner, as their page introduces them; its title is the heading for their readers. */
export interface PartnerProfile extends Link {
  slug: string;
  name: string;
  summary: string;
  /** Who their readers are: "For readers of Some Partner". */
  readers?: string | undefined;
  logo?: Picture | undefined;
  /** The address of their own site. */
  website: string;
  theyOffer: string;
  weOffer: string;
  topics: TopicLink[];
  feeds: FeedLink[];
  unpublished?: Unpublished | undefined;
}

export interface PartnerRecord extends PartnerProfile {
  body: Body;
  /** The newest of their topics. */
  entries: PieceCard[];
  whitepaper?: WhitepaperCard | undefined;
  /** The slug of the episode whose player they can embed: the newest of their topics, or else of all. */
  player?: string | undefined;
  /** Words for them to copy. */
  kit: { short: string; long: string };
  podcast?: RemotePodcast | undefined;
}

/** Another podcast, as the podroll names it. */
export type RemotePodcast = NonNullable<Partner['podcast']>;

export interface PageRecord {
  slug: string;
  url: string;
  title: string;
  summary: string;
  updatedAt?: ShownDate | undefined;
  body: Body;
  unpublished?: Unpublished | undefined;
}

/** A file beside an entry that is published with it. */
export interface Asset {
  url: string;
  /** Where it is inside the content folder. */
  path: string;
}

/** A feed as it is offered on pages. */
export interface FeedLink {
  kind: 'rss' | 'podcast' | 'json';
  /** What it is a feed of. */
  of:
    | 'everything'
    | 'episodes'
    | 'posts'
    | { topic: string }
    | { person: string }
    | { season: number }
    | { partner: string };
  title: string;
  description: string;
  url: string;
  /** The page that it follows. */
  page: string;
}

/** The name of a filter, and the values that a page has of it: what a reader narrows the results by, as it is shown. */
export type SearchFilters = Partial<Record<Facet, string[]>>;

/** What search knows of a page beside its text. */
export interface SearchRecord {
  kind: Kind;
  /** The typed label of an episode: "File 003". */
  label?: string | undefined;
  date?: ShownDate | undefined;
  picture?: Picture | undefined;
  filters: SearchFilters;
}

/** The whole site as its pages see it. Lists are in the order in which they are shown. */
export interface Catalog {
  show: Omit<Show, 'hosts' | 'cover' | 'consent'> & {
    hosts: PersonLink[];
    cover?: Picture | undefined;
    /** What the forms ask people to agree to. */
    consent: Record<keyof Wordings, Wording>;
    /** Whether there is anything in the lists that a series may go without. */
    has: { posts: boolean; whitepapers: boolean };
    /** The pages that stand alone, for the foot of every page. */
    pages: Link[];
    /** The feeds of everything, and of all episodes or posts; each concerns the pages below its own too. */
    feeds: FeedLink[];
  };
  /** The hosts as they are introduced, and everybody else. */
  hosts: PersonCard[];
  guests: PersonCard[];
  episodes: EpisodeRecord[];
  posts: PostRecord[];
  people: PersonRecord[];
  whitepapers: WhitepaperRecord[];
  topics: TopicRecord[];
  /** The newest first. */
  seasons: SeasonRecord[];
  partners: PartnerRecord[];
  pages: PageRecord[];
  /** The entries as lists show them, newest first. */
  cards: { episodes: EpisodeCard[]; posts: PostCard[]; whitepapers: WhitepaperCard[] };
  /** Every feed of the site, in the order in which readers learn of them. */
  feeds: FeedLink[];
  redirects: Redirect[];
  assets: Asset[];
  /** When the next scheduled entry is published. */
  nextDue?: Date | undefined;
}
