import type { Chapter } from '#catalog/records.ts';

/** What the player knows of a recording before it asks for any of it. */
export interface Facts {
  /** The slug of the episode: what its place is remembered under. */
  episode: string;
  kind: 'audio' | 'video';
  title: string;
  show: string;
  /** The episode's page. */
  page: string;
  artwork?: string | undefined;
  /** Seconds; 0 where nobody has said, until the recording is loaded. */
  duration: number;
  chapters: Pick<Chapter, 'start' | 'title'>[];
}
