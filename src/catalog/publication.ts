import { instant } from './date.ts';
import type { Unpublished } from './records.ts';

/** The moment of the build, and whether what is not published yet is shown (`dev`) or left out (the site). */
export interface Clock {
  now: Date;
  preview: boolean;
}

/**
 * The one rule of what "published" means, for pages, feeds, search and sitemap alike: not a draft, and not dated
 * after the moment of the build. Returns why an entry is not published, or nothing.
 */
export function unpublished(
  data: { draft?: boolean | undefined; publishedAt?: string },
  timezone: string,
  now: Date,
): Unpublished | undefined {
  if (data.draft) return 'draft';
  if (data.publishedAt && instant(data.publishedAt, timezone) > now) return 'scheduled';
  return undefined;
}

/** When the next of these is published, if one is scheduled: a build before that moment has nothing of it. */
export function nextDue(
  entries: readonly { data: Parameters<typeof unpublished>[0] }[],
  timezone: string,
  now: Date,
): Date | undefined {
  const due = entries.flatMap(({ data }) =>
    data.publishedAt && unpublished(data, timezone, now) === 'scheduled' ? instant(data.publishedAt, timezone) : [],
  );
  return due.toSorted((a, b) => a.getTime() - b.getTime())[0];
}
