import type { Run } from './processes.ts';
import type { Series, SeriesEntry } from './series.ts';

/** What makes a site of a series. */
export interface Generator {
  /** As it is typed after `--only`. */
  name: string;
  title: string;
  /** Makes it ready to run: its version, or why it cannot be measured on this machine. */
  ready(): Promise<{ version: string } | { missing: string }>;
  /** Writes a site of the series into an empty folder. */
  write(folder: string, series: Series): Promise<void>;
  /** How it is built; for the first time, if `isFirst`. */
  build(folder: string, isFirst: boolean): Run;
  /** Takes away all that a build made or kept. */
  forget(folder: string): Promise<void>;
  /** The same but for social images, where it draws any. */
  forgetButSocialImages?(folder: string): Promise<void>;
  /** The file of an entry, and that of its page, in the folder. */
  source(entry: SeriesEntry): string;
  page(entry: SeriesEntry): string;
}
