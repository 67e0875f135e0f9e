import { mkdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { writeBackup, type BackupOutcome } from '#capture/owner/backup.ts';
import { readSetup, type Environment } from '#capture/owner/setup.ts';
import { counted, grouped } from '#site/count.ts';
import { UsageError, wholeNumber } from './command-line.ts';
import { command, main } from './command.ts';
import { requireValid, sayStore, shownPath, storeName } from './open-store.ts';
import { complain, progressLine, say } from './terminal.ts';

const kept = 14;

export const backup = command({
  name: 'backup',
  summary: 'writes all that is kept into one file, beside a running server or without',
  notes:
    'The file is an SQLite database of one moment, readable by its owner alone, whichever store it comes from; every row is read again from it and compared. It lies in the folder that BACKUP names, or in var/backups. The secrets are not in it, nor is anything of the repository: keep SECRET and WEBHOOK_SECRET elsewhere.',
  options: {
    to: { value: 'folder', description: 'where to, in place of BACKUP' },
    keep: { value: 'count', description: `how many stay in the folder, ${kept} without it; older ones are deleted` },
    json: { description: 'for programs: the file, and the rows of each table' },
  },
  examples: ['npm run backup', 'npm run backup -- --to /backup --keep 30'],
  run: async ({ to, keep, json }, _arguments, { variables, terminal, now }) => {
    const { environment, problems } = await readSetup(variables);
    requireValid(problems, ['DATABASE_URL', 'VAR_DIR']);
    const most = keep === undefined ? kept : wholeNumber('--keep', keep);
    if (most === 0) throw new UsageError('--keep is at least 1: the backup that is written now.');
    const folder = await backupFolder(environment, to);
    sayStore(terminal, environment);
    const { show, clear } = progressLine(terminal);
    const outcome = await writeBackup(environment, folder, {
      ...{ keep: most, clock: now },
      onProgress: ({ step, table, done, of }) => show(`${step} ${table}: ${grouped(done)} of ${grouped(of)}`),
    }).finally(clear);
    if (outcome.kind !== 'written') {
      complain(terminal, refusalOf(outcome, environment));
      return outcome.kind === 'nothing' ? 2 : 1;
    }
    if (json) say(terminal, JSON.stringify(outcome, null, 2));
    else say(terminal, writtenText(outcome));
    // Programs and timers need no advice each night.
    if (!json && to === undefined && environment.backup === undefined)
      complain(
        terminal,
        'It lies on the disk of the store: copy it elsewhere, or name a folder of another disk by BACKUP.',
      );
    return 0;
  },
});

export function writtenText({
  file,
  bytes,
  rows,
  mails,
  deleted,
}: Extract<BackupOutcome, { kind: 'written' }>): string {
  const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
  return [
    `✓ ${shownPath(file)}: ${counted(all, 'row')} of ${counted(rows.contact, 'address', 'addresses')}, ${grouped(Math.ceil(bytes / 1024))} KiB, each compared.`,
    ...(mails > 0 ? [`  With ${counted(mails, 'mail')} that became files.`] : []),
    ...(deleted.length > 0 ? [`  Older ones deleted: ${deleted.join(', ')}`] : []),
    '  Not in it: SECRET and WEBHOOK_SECRET, without which no link in a mail opens.',
  ].join('\n');
}

/** Why there is no backup. */
export function refusalOf(
  outcome: Exclude<BackupOutcome, { kind: 'written' }>,
  environment: Pick<Environment, 'database'>,
): string {
  const name = storeName(environment);
  switch (outcome.kind) {
    case 'nothing':
      return `There is no database ${name}: no server has kept anything yet. If it lies elsewhere, set VAR_DIR or DATABASE_URL.`;
    case 'other-version':
      return outcome.unknown.length > 0
        ? `A newer version of this software wrote ${name} (${outcome.unknown.join(', ')}). Make the backup with that version.`
        : `${name} has the tables of an earlier version (${outcome.missing.join(', ')} is missing). Make the backup with the version that wrote them, before you update; or bring them to this one first, from which there is no way back:\n\n  npm run migrate`;
    case 'differs':
      return `What the file had in ${outcome.table} was not what ${name} has: it was deleted again. Try once more; if it happens again, the disk or its memory is failing.`;
  }
}

/** The folder of backups, which is made. Throws `UsageError` where none can lie there. */
export async function backupFolder(
  { backup: named, kept: folder, built }: Pick<Environment, 'backup' | 'kept' | 'built'>,
  to?: string,
): Promise<string> {
  const chosen = to === undefined ? (named ?? join(folder, 'backups')) : resolve(to);
  const variable = to === undefined ? 'BACKUP' : '--to';
  if (!/^\.\.(?:[/\\]|$)/.test(relative(built, chosen)))
    throw new UsageError(`${variable} lies in the built site, whose files anybody may read.`);
  const facts = await stat(chosen).catch(() => undefined);
  if (facts && !facts.isDirectory())
    throw new UsageError(
      `${variable} names the file ${shownPath(chosen)}, and a backup has a name of its own each time. Name a folder:\n\n  npm run backup -- --to /backup`,
    );
  await mkdir(chosen, { recursive: true, mode: 0o700 }).catch((error: Error) => {
    throw new UsageError(`${shownPath(chosen)} cannot be made: ${error.message}`);
  });
  return chosen;
}

if (import.meta.main) await main(backup);
