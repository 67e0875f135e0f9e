import { resolve } from 'node:path';
import { backupsIn, restoreBackup, writeBackup, type RestoreOutcome } from '#capture/owner/backup.ts';
import { inspectStore } from '#capture/owner/health.ts';
import { readSetup, type Environment } from '#capture/owner/setup.ts';
import { counted, grouped } from '#site/count.ts';
import { backupFolder, refusalOf } from './backup.ts';
import { UsageError } from './command-line.ts';
import { command, main } from './command.ts';
import { shownMoment } from './moment.ts';
import { requireValid, sayStore, shownPath, storeName } from './open-store.ts';
import { complain, progressLine, say, type Terminal } from './terminal.ts';

export const restore = command({
  name: 'restore',
  summary: 'puts a backup into the store, whichever of the two it was made of',
  notes:
    'Stop the server first. All rows are put back in one transaction, so that the store has either all of them or is as it was, and then read again and compared. The backup itself stays as it is.',
  arguments: { name: 'file', least: 0, most: 1 },
  options: {
    replace: {
      description: 'where the store has rows: writes a backup of them first, and then deletes them',
    },
    json: { description: 'for programs: what was done, and the rows of each table' },
  },
  examples: ['npm run restore -- /backup/d-files-2026-01-15T030000Z.db'],
  run: async ({ replace, json }, [named], { variables, terminal, now }) => {
    const { environment, problems } = await readSetup(variables);
    requireValid(problems, ['DATABASE_URL', 'VAR_DIR']);
    if (named === undefined) throw new UsageError(await whichOne(environment));
    sayStore(terminal, environment);
    await requireWhole(environment, now);
    const progress = progressLine(terminal);
    const onProgress = ({ step, table, done, of }: { step: string; table: string; done: number; of: number }) =>
      progress.show(`${step} ${table}: ${grouped(done)} of ${grouped(of)}`);
    const put = (replaces: boolean) =>
      restoreBackup(environment, resolve(named), { replaces, clock: now, onProgress }).finally(progress.clear);

    let outcome = await put(false);
    if (outcome.kind === 'not-empty' && replace) {
      const folder = await backupFolder(environment);
      const before = await writeBackup(environment, folder, { keep: Infinity, clock: now }).finally(progress.clear);
      if (before.kind !== 'written') {
        complain(terminal, refusalOf(before, environment));
        return 1;
      }
      complain(terminal, `What was there is in ${shownPath(before.file)}.`);
      outcome = await put(true);
    }
    if (json) say(terminal, JSON.stringify(outcome, null, 2));
    else report(terminal, outcome, shownPath(resolve(named)), storeName(environment));
    return outcome.kind === 'restored' ? 0 : 1;
  },
});

function report(terminal: Terminal, outcome: RestoreOutcome, file: string, store: string): void {
  switch (outcome.kind) {
    case 'restored': {
      const { note, rows, mails, knowsSecret } = outcome;
      const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
      say(
        terminal,
        [
          `✓ ${store} is as it was at ${shownMoment(note.madeAt)}: ${counted(all, 'row')} of ${counted(rows.contact, 'address', 'addresses')}, each compared.`,
          ...(mails > 0 ? [`  With ${counted(mails, 'mail')} that were files.`] : []),
          '  Mails that went out since are sent again. Erase again whom you have erased since.',
        ].join('\n'),
      );
      if (!knowsSecret && note.secrets.length > 0)
        complain(
          terminal,
          'The SECRET is another one than when the backup was made: no link in a mail that was sent opens, and suppressed addresses are not recognised. Put the former one back, or name it in SECRET_PREVIOUS.',
        );
      return;
    }
    case 'no-file':
      return complain(terminal, `There is no file ${file}.`);
    case 'no-backup':
      return complain(
        terminal,
        `${file} is not a backup that "npm run backup" wrote. A copy of d-files.db goes into the place of that file, with the server stopped and without d-files.db-wal and d-files.db-shm beside it.`,
      );
    case 'damaged':
      return complain(terminal, `${file} is damaged: ${outcome.damage}. Nothing was restored. Take the one before it.`);
    case 'not-empty':
      return complain(
        terminal,
        `${store} has rows already: ${grouped(outcome.rows.contact)} in contact, ${grouped(outcome.rows.submission)} in submission, and more. Nothing was restored. To put the backup in their place:\n\n  npm run restore -- ${file} --replace`,
      );
    case 'in-use':
      return complain(
        terminal,
        `${counted(outcome.by, 'connection')} of other processes to ${store}: stop every server first. Nothing was restored.`,
      );
    case 'differs':
      return complain(
        terminal,
        `What ${store} has in ${outcome.table} is not what the backup says. Take the backup before it, and look after the disk.`,
      );
  }
}

async function whichOne(environment: Environment): Promise<string> {
  const folder = await backupFolder(environment);
  const names = await backupsIn(folder);
  if (names.length === 0) return `Which backup? There is none in ${shownPath(folder)}:\n\n  npm run restore -- <file>`;
  const lines = names.slice(0, 10).map((name) => `  npm run restore -- ${shownPath(`${folder}/${name}`)}`);
  return `Which backup? The newest of ${counted(names.length, 'backup')} first:\n\n${lines.join('\n')}`;
}

/** Throws `UsageError` where the store is a file that nothing can be put into. */
async function requireWhole(environment: Environment, now: () => number): Promise<void> {
  const facts = await inspectStore(environment, now);
  if (environment.database.kind !== 'sqlite' || (facts.kind !== 'damaged' && facts.kind !== 'unreadable')) return;
  const file = shownPath(environment.database.file);
  throw new UsageError(
    `${file} is ${facts.kind === 'damaged' ? 'damaged' : 'not readable'}: ${facts.kind === 'damaged' ? facts.damage : facts.message}. Stop the server, put the file aside, and restore again:\n\n  mv ${file} ${file}.damaged; rm -f ${file}-wal ${file}-shm`,
  );
}

if (import.meta.main) await main(restore);
