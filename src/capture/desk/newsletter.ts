import type { IssueLine, IssuePage, Newsletter } from '#capture/desk.ts';
import { aboutOf, isDigest, listedIn, usualSubject } from '#capture/mail/issue-about.ts';
import { became } from '#capture/store/bounces.ts';
import { newestFirst, newSince, nextDigest } from '#capture/outbox/digest.ts';
import { issuePrefix, unwritten } from '#capture/outbox/issues.ts';
import type { IssueRow } from '#capture/store/tables.ts';
import type { DeskContext } from './context.ts';
import type { View } from './view.ts';

/** How many entries one page lists. */
const listed = 12;
const listedDigests = 6;
/** How many of the people whom an issue went to. */
const listedPeople = 50;
const week = 7 * 24 * 60 * 60_000;

/** Who gets the newsletter, and what became of each issue; the newest entry first. */
export const seeNewsletter: View<Newsletter>['see'] = async (context, { query }) => {
  const { store, site } = context;
  const entries = newestFirst(site.entries);
  const from = Math.max(
    0,
    entries.findIndex(({ id }) => id === query['from']),
  );
  const [subscribers, rows] = await Promise.all([store.reading.subscriberCounts(), store.reading.issues()]);
  const rowOf = new Map(rows.map((row) => [row.entry, row]));
  const page = entries.slice(from, from + listed);
  const older = entries[from + listed];
  const next = nextDigest(site, rows, context.clock());
  const digests = rows
    .filter(({ entry, begunAt }) => isDigest(entry) && begunAt !== null)
    .toSorted((one, other) => (other.begunAt ?? 0) - (one.begunAt ?? 0))
    .slice(0, listedDigests);
  return {
    subscribers,
    issues: await Promise.all(page.map(({ id }) => lineOf(context, rowOf.get(id) ?? unwritten(id)))),
    digests: await Promise.all(digests.map((row) => lineOf(context, row))),
    next: {
      line: await lineOf(context, next),
      titles: aboutOf(site, next.entry, next.entries).map(({ title }) => title),
    },
    ...(older && { older: older.id }),
  };
};

/** One issue: its words, its mail as it would come, and what became of it. */
export const seeIssue: View<IssuePage>['see'] = async (context, { query, owner }) => {
  const { store, site } = context;
  const id = query['id'] ?? '';
  const rows = isDigest(id) ? await store.reading.issues() : [];
  const kept = isDigest(id) ? rows.find(({ entry }) => entry === id) : await store.reading.issueOf(id);
  const digest = isDigest(id) ? nextDigest(site, rows, context.clock()) : undefined;
  const row = kept ?? (digest?.entry === id ? digest : unwritten(id));
  const about = aboutOf(site, id, row.entries);
  if (about.length === 0 && digest?.entry !== id) return undefined;
  const only = became.find((each) => each === query['became']);
  const [subscribers, recipients] = await Promise.all([
    store.reading.subscriberCounts(),
    store.reading.issueRecipients(id, { became: only, after: query['after'] ?? '', most: listedPeople + 1 }),
  ]);
  const [people, next] = [recipients.slice(0, listedPeople), recipients[listedPeople]];
  return {
    line: await lineOf(context, row),
    subject: row.subject,
    opening: row.opening,
    version: row.version,
    usualSubject: usualSubject(about),
    ...(isDigest(id) && { entries: choiceOf(context, row, newSince(site, rows, { now: context.clock() })) }),
    subscribers: subscribers.confirmed ?? 0,
    mail: context.previewIssue(id, owner.email, row),
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

/** What a digest tells of, and what it might tell of besides. */
function choiceOf({ site }: DeskContext, { entries }: IssueRow, fresh: readonly { id: string }[]) {
  const within = new Set(listedIn(entries));
  const all = new Set([...within, ...fresh.map(({ id }) => id)]);
  return newestFirst(site.entries.filter(({ id }) => all.has(id))).map(({ id, title }) => ({
    ...{ id, title, isIn: within.has(id) },
  }));
}

async function lineOf(context: DeskContext, row: IssueRow): Promise<IssueLine> {
  const { store, site, clock } = context;
  const id = row.entry;
  const about = aboutOf(site, id, row.entries);
  const [entry] = isDigest(id) ? [] : about;
  const begunAt = row.begunAt ?? undefined;
  const [totals, left, bounces] = await Promise.all([
    begunAt === undefined ? undefined : store.outbox.progress(issuePrefix(id)),
    begunAt === undefined ? undefined : store.reading.leftBetween(begunAt, Math.min(begunAt + week, clock())),
    begunAt === undefined ? undefined : store.reading.issueBounces(id),
  ]);
  return {
    ...(entry
      ? { kind: entry.kind, title: entry.title, url: entry.url, label: entry.label }
      : { kind: 'digest', title: 'A digest of what is new' }),
    entry: id,
    subject: row.subject ?? usualSubject(about),
    ...(row.unlistedAt != null && { unlistedAt: row.unlistedAt }),
    ...(row.sendAt != null && { sendAt: row.sendAt }),
    ...(begunAt !== undefined && { begunAt }),
    ...(totals && { totals }),
    ...(left !== undefined && { left }),
    ...(bounces && { bounces }),
    ...(row.pausedAt != null && { pausedAt: row.pausedAt }),
    ...(begunAt !== undefined && totals && row.pausedAt == null && { doneAt: endOf(totals, begunAt, clock()) }),
    isQueued: row.queuedAt != null,
  };
}

/** When the last of them will be sent, if the others go on as those did that went; undefined where none waits, or none went. */
function endOf({ ready, leased, done, dead }: NonNullable<IssueLine['totals']>, begunAt: number, now: number) {
  const [waiting, went] = [ready + leased, done + dead];
  return waiting > 0 && went > 0 ? now + Math.round(((now - begunAt) * waiting) / went) : undefined;
}
