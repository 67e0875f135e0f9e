import type { MigrationFacts, StoreFacts } from '#capture/owner/health.ts';
import type { Environment } from '#capture/owner/setup.ts';
import { grouped } from '#site/count.ts';
import { advice, well, wrong, type Finding } from './finding.ts';
import { shownMoment } from './moment.ts';
import type { OtherClock } from './network-check.ts';
import { storeName } from './open-store.ts';

/** What is to be said of a store; `usable` says whether its tables can be asked. */
export interface StoreCheck {
  findings: Finding[];
  usable: boolean;
  clock?: OtherClock | undefined;
}

export function storeFindings(facts: StoreFacts, environment: Pick<Environment, 'database'>): StoreCheck {
  const name = storeName(environment);
  switch (facts.kind) {
    case 'none':
      return { usable: false, findings: [well('Database', `${name} is made when the server starts.`)] };
    case 'damaged':
      return {
        usable: false,
        findings: [wrong('Database', `${name} is damaged: ${facts.damage}`, 'Stop the server and restore a backup.')],
      };
    case 'unreadable':
      return { usable: false, findings: [unreadable(name, facts.message, environment)] };
    case 'sqlite':
      return sqliteFindings(facts, name);
    case 'postgres':
      return postgresFindings(facts, name);
  }
}

function unreadable(name: string, message: string, { database }: Pick<Environment, 'database'>): Finding {
  return database.kind === 'sqlite'
    ? wrong(
        'Database',
        `${name} cannot be read: ${message}.`,
        'Is it the file of the server, and may this user read it?',
      )
    : wrong(
        'Database',
        `${name} does not answer: ${message}.`,
        'Compare DATABASE_URL with the database, and look whether it runs.',
      );
}

function sqliteFindings(
  { migrations, journal, bytes, mode, server }: Extract<StoreFacts, { kind: 'sqlite' }>,
  name: string,
): StoreCheck {
  const tables = tableFindings(migrations);
  return {
    usable: tables.every(({ mark }) => mark === '✓'),
    findings: [
      well('Database', `${name} is whole, ${grouped(Math.ceil(bytes / 1024))} KiB.`),
      ...(mode & 0o077 && process.platform !== 'win32'
        ? [advice('Database', `${name} can be read by other users of this machine.`, `chmod 600 ${name}`)]
        : []),
      journal === 'wal'
        ? well(
            'Durability',
            'Write-ahead log; each change is on the disk before a reader is thanked (synchronous = FULL).',
          )
        : advice(
            'Durability',
            `The journal is ${journal}, not a write-ahead log.`,
            'Start the server once: it sets it.',
          ),
      ...tables,
      well(
        'Process',
        server ? `${server.pid} serves it since ${shownMoment(server.since)}.` : 'No server has it open.',
      ),
    ],
  };
}

function postgresFindings(
  { migrations, ahead, isReplica, commit, fsync, version }: Extract<StoreFacts, { kind: 'postgres' }>,
  name: string,
): StoreCheck {
  const tables = tableFindings(migrations);
  return {
    clock: { ahead, whose: 'the database' },
    usable: tables.every(({ mark }) => mark === '✓'),
    findings: [
      isReplica
        ? wrong('Database', `${name} is a replica that nothing can be written to.`, 'Set DATABASE_URL to the primary.')
        : well('Database', `${name}, version ${version}.`),
      fsync === 'on' && commit !== 'off'
        ? well('Durability', 'Each change is on the disk before a reader is thanked (fsync, synchronous_commit).')
        : wrong(
            'Durability',
            `fsync is ${fsync}, synchronous_commit is ${commit}: a power failure loses what readers were thanked for.`,
            'Set both to on.',
          ),
      ...tables,
    ],
  };
}

function tableFindings({ missing, unknown }: MigrationFacts): Finding[] {
  if (unknown.length > 0)
    return [
      wrong(
        'Tables',
        `A newer version of this software wrote them (${unknown.join(', ')}).`,
        'Run that version again, or restore the backup that was made before it.',
      ),
    ];
  return missing.length > 0
    ? [
        advice(
          'Tables',
          `Not of this version yet: ${missing.join(', ')} is to be done.`,
          'Make a backup, then: npm run migrate',
        ),
      ]
    : [well('Tables', 'Of this version.')];
}
