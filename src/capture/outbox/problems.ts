import type { Store } from '#capture/store/store.ts';
import { redacted } from '#site/redaction.ts';
import { counted } from '#site/count.ts';
import type { Problem } from './alerts.ts';

/** What a server looks at to see what is wrong with it. */
export interface ProblemSources {
  store: Pick<Store, 'outbox'>;
  /** Milliseconds since 1970. */
  now: number;
  /** Bytes that are free where the store is; undefined where that is not known. */
  freeBytes(): Promise<number | undefined>;
  /** What `BACKUP` names, and when the newest in it was written; undefined where it is not set. */
  backup(): Promise<{ path: string; newest: number | null } | undefined>;
  /** Why the mail server takes no mail; undefined where it does. */
  mailFailure(): Promise<string | undefined>;
  /** Why the site that is served is not the newest. */
  stale: string | undefined;
}

const hour = 60 * 60_000;
const longestWait = hour;
const oldestBackup = 36 * hour;
const mebibyte = 2 ** 20;
const leastFree = 512 * mebibyte;

/** All that is wrong now. Throws `StoreUnavailable`. */
export async function findProblems(sources: ProblemSources): Promise<Problem[]> {
  const { store, now, stale } = sources;
  const [dead, due, free, backup, mailFailure] = await Promise.all([
    store.outbox.deadCount(),
    store.outbox.oldestDue(now),
    sources.freeBytes(),
    sources.backup(),
    sources.mailFailure(),
  ]);
  const problems: (Problem | false)[] = [
    dead > 0 && {
      kind: 'dead-letters',
      what: `${dead === 1 ? '1 mail or webhook was' : `${dead} mails or webhooks were`} given up and ${dead === 1 ? 'waits' : 'wait'} for you.`,
      fix: 'See why with "npm run leads -- dead-letters", and try again with "npm run leads -- retry"; or at the desk, under System.',
    },
    due !== undefined &&
      now - due > longestWait && {
        kind: 'queue',
        what: `The oldest mail or webhook that is due has waited for ${inHours(now - due)}.`,
        fix: 'See what keeps it with "npm run doctor"; the log has what the mail server said.',
      },
    free !== undefined &&
      free < leastFree && {
        kind: 'disk',
        what: `The disk is nearly full: ${Math.floor(free / mebibyte)} MiB are free. With a full one no form can be taken.`,
        fix: 'Delete what nobody needs: old backups, logs, packages ("df -h" shows the disk).',
      },
    stale !== undefined && {
      kind: 'build',
      what: `Readers do not see the newest site. ${redacted(stale)}.`.replace(/\.\.$/, '.'),
      fix: 'Run "npm run build" on the server, and fix what it says.',
    },
    backup !== undefined &&
      (backup.newest === null || now - backup.newest > oldestBackup) && {
        kind: 'backup',
        what:
          backup.newest === null
            ? `There is no backup in ${backup.path}.`
            : `The newest backup in ${backup.path} is ${inHours(now - backup.newest)} old.`,
        fix: 'Make one with "npm run backup", and look why its timer does not ("systemctl status d-files-backup").',
      },
    mailFailure !== undefined && {
      kind: 'mail-server',
      what: `The mail server takes no mail: ${redacted(mailFailure)}`,
      fix: 'Compare SMTP_URL with what your provider says; "npm run doctor" connects, and says how far it comes.',
    },
  ];
  return problems.filter((problem) => problem !== false);
}

function inHours(milliseconds: number): string {
  const hours = Math.round(milliseconds / hour);
  return hours < 48 ? counted(hours, 'hour') : counted(Math.round(hours / 24), 'day');
}
