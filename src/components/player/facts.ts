import type { Chapter } from '#catalog/records.ts';

/** What it takes to play a recording from anywhere on the site. */
export interface Track {
  /** The slug of the episode: what the reader's place in it is kept under. */
  episode: string;
  kind: 'audio' | 'video';
  title: string;
  /** The typed label: "File 006". */
  label: string;
  /** The address of the episode's page. */
  page: string;
  /** The address of the recording. */
  source: string;
  /** Seconds; 0 where nobody has said, until the recording is loaded. */
  duration: number;
  /** The address of a small square picture. */
  cover?: string | undefined;
}

/** What the episode's own page knows of its recording besides. */
export interface Facts extends Track {
  show: string;
  /** The address of a square picture for the system's own controls. */
  artwork?: string | undefined;
  chapters: Pick<Chapter, 'start' | 'title'>[];
  /** What is played after it. */
  next?: Track | undefined;
  /** Whether it was begun from a list, and all but the track is still to be learned from the episode's page. */
  isPartial?: true | undefined;
}
