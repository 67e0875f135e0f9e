import type {
  EpisodeRecord,
  PersonLink,
  Profile,
  SearchFilters,
  SearchRecord,
  ShownDate,
  TopicLink,
} from '#catalog/records.ts';
import { yearOf } from '#catalog/years.ts';
import { extras, lengths, sideNames } from '#site/facets.ts';
import { type About, partOf } from './about.ts';

/**
 * What search knows of a page; nothing of home, of the search itself, of the later pages of a list, and of the list of
 * all that somebody made, who has a page.
 */
export function searchRecord(about: About | undefined): SearchRecord | undefined {
  if ((partOf(about)?.current ?? 1) > 1) return undefined;
  switch (about?.kind) {
    case 'home':
      return undefined;
    case 'lists':
      return about.record.slug === 'search' ? undefined : page;
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
      return about.part ? undefined : person(about.record);
    case 'topics':
      return { kind: 'Topic', filters: { kind: ['Topic'], topic: [about.record.title] } };
    case 'seasons':
      return { kind: 'Page', filters: { kind: ['Page'], season: [String(about.record.number)] } };
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

function person({ name, kind, side, photo }: Profile): SearchRecord {
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
      year: [yearOf(publishedAt)],
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
