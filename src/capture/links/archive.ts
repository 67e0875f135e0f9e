import type { ArchiveOutcome, SentIssueOutcome } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { aboutOf, usualSubject } from '#capture/mail/issue-about.ts';
import { unlessUnavailable } from '#capture/store/store.ts';

type Read = Pick<Context, 'store' | 'site'>;

/** How many issues one page lists. */
const listed = 50;

/** The issues that were sent, of entries that the site still has. Changes nothing. */
export function archive({ store, site }: Read, page: number): Promise<ArchiveOutcome> {
  return unlessUnavailable(async (): Promise<ArchiveOutcome> => {
    const issues = (await store.reading.sentIssues()).flatMap(({ entry, entries, subject, begunAt }) => {
      const about = aboutOf(site, entry, entries);
      return about.length > 0 ? [{ entry, subject: subject ?? usualSubject(about), at: begunAt }] : [];
    });
    const pages = Math.max(1, Math.ceil(issues.length / listed));
    if (!Number.isInteger(page) || page < 1 || page > pages) return { kind: 'gone' };
    return { kind: 'valid', archive: { issues: issues.slice((page - 1) * listed, page * listed), page, pages } };
  });
}

/** What was sent of an entry, or in a digest. Changes nothing. */
export function sentIssue({ store, site }: Read, id: string): Promise<SentIssueOutcome> {
  return unlessUnavailable(async (): Promise<SentIssueOutcome> => {
    const row = await store.reading.issueOf(id);
    const about = aboutOf(site, id, row?.entries);
    if (!row || about.length === 0 || row.begunAt === null || row.unlistedAt !== null) return { kind: 'gone' };
    return {
      kind: 'valid',
      issue: {
        entry: id,
        subject: row.subject ?? usualSubject(about),
        at: row.begunAt,
        opening: (row.opening ?? '').split(/\n+/).filter(Boolean),
        about: about.map(({ kind, label, title, summary, url, shownDate, length, people }) => ({
          ...{ kind, label, title, summary, url, shownDate, length, people },
        })),
      },
    };
  });
}
