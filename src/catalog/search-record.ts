import { extras, type Facet, type Kind, lengths, sideNames } from '#site/facets.ts';
import type {
  ShownDate,
  EpisodeRecord,
  PageRecord,
  PersonLink,
  PersonRecord,
  Picture,
  PostRecord,
  TopicLink,
  TopicRecord,
  WhitepaperRecord,
} from './records.ts';

/** What a page is about, as far as search tells pages apart. */
export type Searchable =
  | { kind: 'episodes'; record: EpisodeRecord }
  | { kind: 'posts'; record: PostRecord }
  | { kind: 'whitepapers'; record: WhitepaperRecord }
  | { kind: 'people'; record: PersonRecord }
  | { kind: 'topics'; record: TopicRecord }
  | { kind: 'pages'; record: PageRecord }
  | { kind: 'lists'; record: { slug: string; current?: number } }
  | { kind: 'home' };

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

/** What search knows of a page; nothing of home, of the search itself and of the later pages of a list. */
export function searchRecord(about: Searchable | undefined): SearchRecord | undefined {
  switch (about?.kind) {
    case 'home':
      return undefined;
    case 'lists':
      return about.record.slug === 'search' || (about.record.current ?? 1) > 1 ? undefined : page;
    case 'episodes':
      return episode(about.record);
    case 'posts': {
      const { cover, readingMinutes, whitepaper } = about.record;
      const has = whitepaper ? [extras.whitepaper] : [];
      const own = { length: [lengthOf(readingMinutes * 60)], has };
      return { picture: cover, ...entry('Post', about.record, own) };
    }
    case 'whitepapers':
      return { picture: about.record.cover, ...entry('Whitepaper', about.record, {}) };
    case 'people':
      return person(about.record);
    case 'topics':
      return { kind: 'Topic', filters: { kind: ['Topic'], topic: [about.record.title] } };
    default:
      return page;
  }
}

const page: SearchRecord = { kind: 'Page', filters: { kind: ['Page'] } };

function episode(record: EpisodeRecord): SearchRecord {
  const { label, cover, season, duration, readingMinutes, transcript, whitepaper } = record;
  return {
    label,
    picture: cover,
    ...entry('Episode', record, {
      season: season === undefined ? [] : [String(season)],
      length: [lengthOf(duration ?? readingMinutes * 60)],
      has: [...(transcript ? [extras.transcript] : []), ...(whitepaper ? [extras.whitepaper] : [])],
    }),
  };
}

function person({ name, kind, side, photo }: PersonRecord): SearchRecord {
  const shown = kind === 'person' ? 'Person' : 'Organisation';
  return { kind: shown, picture: photo, filters: { kind: [shown], person: [name], side: sides([{ side }]) } };
}

interface Entry {
  topics: TopicLink[];
  people: PersonLink[];
  publishedAt: ShownDate;
}

function entry(kind: SearchRecord['kind'], { topics, people, publishedAt }: Entry, own: SearchFilters): SearchRecord {
  return {
    kind,
    date: publishedAt,
    filters: {
      kind: [kind],
      topic: topics.map(({ title }) => title),
      person: people.map(({ name }) => name),
      side: sides(people),
      // The year that readers see, in the time zone of the show.
      year: [/\d{4}/.exec(publishedAt.text)?.[0] ?? publishedAt.iso.slice(0, 4)],
      ...own,
    },
  };
}

/** Who speaks for both sides stands on neither. */
function sides(people: readonly Pick<PersonLink, 'side'>[]): string[] {
  return [...new Set(people.flatMap(({ side }) => (side && side !== 'both' ? sideNames[side] : [])))].toSorted();
}

function lengthOf(seconds: number): string {
  const minutes = seconds / 60;
  const [short, middle, long, longest] = lengths;
  if (minutes < 10) return short;
  if (minutes <= 30) return middle;
  return minutes <= 60 ? long : longest;
}
