import type { ArchiveOutcome, SentIssueOutcome } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { usualSubject } from '#capture/mail/letter-facts.ts';
import { unlessUnavailable } from '#capture/store/store.ts';

type Read = Pick<Context, 'store' | 'site'>;

/** How many issues one page lists. */
const listed = 50;

/** The issues that were sent, of entries that the site still has. Changes nothing. */
export function archive({ store, site }: Read, page: number): Promise<ArchiveOutcome> {
  return unlessUnavailable(async (): Promise<ArchiveOutcome> => {
    const entryOf = new Map(site.entries.map((entry) => [entry.id, entry]));
    const issues = (await store.reading.sentIssues()).flatMap(({ entry: id, subject, begunAt }) => {
      const entry = entryOf.get(id);
      return entry ? [{ entry: id, subject: subject ?? usualSubject(entry), at: begunAt }] : [];
    });
    const pages = Math.max(1, Math.ceil(issues.length / listed));
    if (!Number.isInteger(page) || page < 1 || page > pages) return { kind: 'gone' };
    return { kind: 'valid', archive: { issues: issues.slice((page - 1) * listed, page * listed), page, pages } };
  });
}

/** What was sent of an entry. Changes nothing. */
export function sentIssue({ store, site }: Read, id: string): Promise<SentIssueOutcome> {
  return unlessUnavailable(async (): Promise<SentIssueOutcome> => {
    const entry = site.entries.find((each) => each.id === id);
    const row = entry && (await store.reading.issueOf(id));
    if (!row || row.begunAt === null || row.unlistedAt !== null) return { kind: 'gone' };
    const { kind, label, title, summary, url, shownDate, length, people } = entry;
    return {
      kind: 'valid',
      issue: {
        entry: id,
        subject: row.subject ?? usualSubject(entry),
        at: row.begunAt,
        opening: (row.opening ?? '').split(/\n+/).filter(Boolean),
        about: { kind, label, title, summary, url, shownDate, length, people },
      },
    };
  });
}
