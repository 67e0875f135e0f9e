import { aboutOf, isDigest, issuesOf, listOf, newSince, nextDigest, type IssueRow } from '#capture/owner/issue.ts';
import type { Site } from '#site/contract.ts';
import { UsageError } from './command-line.ts';
import type { CommandContext } from './command.ts';
import { day } from './moment.ts';
import type { OwnerWithSite } from './open-store.ts';
import { publishedEntry } from './published-entry.ts';

export interface TypedIssue {
  entry?: string | undefined;
  digest: boolean;
  since?: string | undefined;
}

/** Throws `UsageError` where it is not clear which issue is meant. */
export function checkWhich({ entry, digest, since }: TypedIssue): void {
  if (entry !== undefined && digest)
    throw new UsageError('--entry sends one, --digest all that is new: take one of them.');
  if (entry === undefined && !digest)
    throw new UsageError(
      'Which episode or post?\n\n  npm run newsletter -- --entry <slug>\n\nor all that is new:\n\n  npm run newsletter -- --digest',
    );
  if (since !== undefined && !digest) throw new UsageError('--since is for --digest.');
}

/** An issue as it was typed; of a digest with its row, which need not be kept yet. */
export interface ChosenIssue {
  id: string;
  /** What an inbox shows behind the subject, where the owner wrote no opening. */
  preview: string;
  digest?: IssueRow;
}

/** The issue that is meant; undefined for a digest of nothing. Throws `UsageError` for one that does not exist. */
export async function chosenIssue(
  { entry: typed = '', digest, since }: TypedIssue,
  owner: OwnerWithSite,
  site: Site,
  { variables, now }: Pick<CommandContext, 'variables' | 'now'>,
): Promise<ChosenIssue | undefined> {
  if (!digest && !isDigest(typed)) {
    const entry = await publishedEntry(typed, site, variables['CONTENT_DIR'] ?? 'content');
    return { id: entry.id, preview: entry.summary };
  }
  const rows = await issuesOf(owner);
  const row = digest ? nextDigest(site, rows, now()) : rows.find(({ entry }) => entry === typed);
  if (!row) {
    const known = rows.filter(({ entry }) => isDigest(entry)).map(({ entry }) => `  --entry ${entry}`);
    throw new UsageError(
      `There is no ${typed}.${known.length > 0 ? ` There are:\n\n${known.join('\n')}` : ' None was begun yet.'}`,
    );
  }
  if (since !== undefined)
    row.entries = listOf(newSince(site, rows, { now: now(), since: Date.parse(day('--since', since)) - 1 }));
  const about = aboutOf(site, row.entry, row.entries);
  return about.length === 0
    ? undefined
    : { id: row.entry, preview: about.map(({ title }) => title).join(' · '), digest: row };
}
