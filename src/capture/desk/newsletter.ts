import type { IssueLine, IssuePage, Newsletter } from '#capture/desk.ts';
import { usualSubject } from '#capture/mail/letter-facts.ts';
import { became } from '#capture/store/bounces.ts';
import { findEntry, issuePrefix, unwritten } from '#capture/outbox/issues.ts';
import type { IssueRow } from '#capture/store/tables.ts';
import type { Entry } from '#site/contract.ts';
import type { DeskContext } from './context.ts';
import type { View } from './view.ts';

/** How many entries one page lists. */
const listed = 12;
/** How many of the people whom an issue went to. */
const listedPeople = 50;
const week = 7 * 24 * 60 * 60_000;

/** Who gets the newsletter, and what became of each issue; the newest entry first. */
export const seeNewsletter: View<Newsletter>['see'] = async (context, { query }) => {
  const { store, site } = context;
  const entries = site.entries.toSorted((one, other) => (one.publishedAt < other.publishedAt ? 1 : -1));
  const from = Math.max(
    0,
    entries.findIndex(({ id }) => id === query['from']),
  );
  const [subscribers, rows] = await Promise.all([store.reading.subscriberCounts(), store.reading.issues()]);
  const rowOf = new Map(rows.map((row) => [row.entry, row]));
  const page = entries.slice(from, from + listed);
  const next = entries[from + listed];
  return {
    subscribers,
    issues: await Promise.all(page.map((entry) => lineOf(context, entry, rowOf.get(entry.id)))),
    ...(next && { older: next.id }),
  };
};

/** One issue: its words, its mail as it would come, and what became of it. */
export const seeIssue: View<IssuePage>['see'] = async (context, { query, owner }) => {
  const { store, site } = context;
  const entry = findEntry(site, query['id'] ?? '');
  if (!entry) return undefined;
  const only = became.find((each) => each === query['became']);
  const [row = unwritten(entry.id), subscribers, recipients] = await Promise.all([
    store.reading.issueOf(entry.id),
    store.reading.subscriberCounts(),
    store.reading.issueRecipients(entry.id, { became: only, after: query['after'] ?? '', most: listedPeople + 1 }),
  ]);
  const [people, next] = [recipients.slice(0, listedPeople), recipients[listedPeople]];
  return {
    line: await lineOf(context, entry, row),
    subject: row.subject,
    opening: row.opening,
    version: row.version,
    usualSubject: usualSubject(entry),
    subscribers: subscribers.confirmed ?? 0,
    mail: context.previewIssue(entry.id, owner.email, row),
    ...(site.timeZone !== undefined && { timeZone: site.timeZone }),
    ...(row.begunAt !== null && {
      recipients: {
        shown: people,
        ...(only !== undefined && { became: only }),
        ...(next && { older: people.at(-1)?.id ?? '' }),
      },
    }),
  };
};

async function lineOf(context: DeskContext, entry: Entry, row: IssueRow | undefined): Promise<IssueLine> {
  const { store, clock } = context;
  const { id, title, url, label, kind } = entry;
  const begunAt = row?.begunAt ?? undefined;
  const [totals, left, bounces] = await Promise.all([
    begunAt === undefined ? undefined : store.outbox.progress(issuePrefix(id)),
    begunAt === undefined ? undefined : store.reading.leftBetween(begunAt, Math.min(begunAt + week, clock())),
    begunAt === undefined ? undefined : store.reading.issueBounces(id),
  ]);
  return {
    ...{ entry: id, kind, title, url },
    ...(label !== undefined && { label }),
    subject: row?.subject ?? usualSubject(entry),
    ...(row?.unlistedAt != null && { unlistedAt: row.unlistedAt }),
    ...(row?.sendAt != null && { sendAt: row.sendAt }),
    ...(begunAt !== undefined && { begunAt }),
    ...(totals && { totals }),
    ...(left !== undefined && { left }),
    ...(bounces && { bounces }),
    ...(row?.pausedAt != null && { pausedAt: row.pausedAt }),
    ...(begunAt !== undefined && totals && row?.pausedAt == null && { doneAt: endOf(totals, begunAt, clock()) }),
    isQueued: row?.queuedAt != null,
  };
}

/** When the last of them will be sent, if the others go on as those did that went; undefined where none waits, or none went. */
function endOf({ ready, leased, done, dead }: NonNullable<IssueLine['totals']>, begunAt: number, now: number) {
  const [waiting, went] = [ready + leased, done + dead];
  return waiting > 0 && went > 0 ? now + Math.round(((now - begunAt) * waiting) / went) : undefined;
}
