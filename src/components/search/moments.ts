import { clock } from '#site/length.ts';
import type { Section } from './search-index.ts';

/** A moment of a recording in which something was found. */
export interface Moment {
  seconds: number;
  /** `1:35` */
  time: string;
  /** Who speaks, or the chapter. */
  title: string;
  excerpt: string;
  /** Plays from there: `/episodes/foghorns/?t=95#t-95`. */
  url: string;
}

/** The moments among the parts of a page: those that say most first. */
export function momentsOf(sections: Section[]): Moment[] {
  return sections
    .map((section) => ({ section, moment: momentOf(section), score: scoreOf(section) }))
    .toSorted((a, b) => b.score - a.score)
    .flatMap(({ moment }) => moment ?? []);
}

/** Moments as they follow each other in the recording. */
export const inOrder = (moments: Moment[]): Moment[] => moments.toSorted((a, b) => a.seconds - b.seconds);

function momentOf({ url, title, excerpt }: Section): Moment | undefined {
  const [page = '', anchor = ''] = url.split('#');
  const seconds = /^(?:t|chapter)-(\d+(?:\.\d+)?)(?:-\d+)?$/.exec(anchor)?.[1];
  if (seconds === undefined) return undefined;
  return {
    seconds: Number(seconds),
    time: clock(Number(seconds)),
    title: title.replace(/^[\d:]+\s*(·\s*)?/, ''),
    excerpt,
    url: `${page}?t=${seconds}#${anchor}`,
  };
}

const scoreOf = ({ weighted_locations }: Section) =>
  weighted_locations.reduce((sum, { balanced_score }) => sum + balanced_score, 0);
