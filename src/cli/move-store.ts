import type { Counts } from '#capture/owner/copy-rows.ts';
import { moveToPostgres, type MoveOutcome } from '#capture/owner/move-store.ts';
import { readSetup } from '#capture/owner/setup.ts';
import { counted, grouped } from '#site/count.ts';
import { UsageError } from './command-line.ts';
import { command, main } from './command.ts';
import { requireValid, sayStore, storeName } from './open-store.ts';
import { table } from './table.ts';
import { complain, progressLine, say, type Terminal } from './terminal.ts';

const example = 'npm run move-store -- --to postgres://user:password@host/d_files';

export const moveStore = command({
  name: 'move-store',
  summary: 'copies everything from SQLite into an empty PostgreSQL database',
  notes:
    'Stop the server first; while this runs, none can start on the SQLite file, which stays as it is. All rows are copied in one transaction, so that the database has either all or none, and then read again and compared.',
  options: {
    to: { value: 'url', description: 'the database to fill' },
    json: { description: 'for programs: what was done, and the rows of each table' },
  },
  examples: [example],
  run: async ({ to, json }, _arguments, { variables, terminal, now }) => {
    if (to === undefined) throw new UsageError(`Where to?\n\n  ${example}`);
    // The value may hold a password: it is not repeated.
    if (!URL.canParse(to) || !/^postgres(ql)?:$/.test(new URL(to).protocol))
      throw new UsageError(`--to is not an address that begins with postgres://\n\n  ${example}`);
    const { environment, problems } = await readSetup({ ...variables, DATABASE_URL: undefined });
    requireValid(problems, ['VAR_DIR']);
    sayStore(terminal, environment);
    const { show, clear } = progressLine(terminal);
    const outcome = await moveToPostgres(environment, to, {
      clock: now,
      onProgress: ({ step, table, done, of }) => show(`${step} ${table}: ${grouped(done)} of ${grouped(of)}`),
    }).finally(clear);
    if (outcome.kind === 'nothing-to-move')
      throw new UsageError(
        `There is no ${storeName(environment)}: there is nothing to move. If it lies elsewhere, set VAR_DIR.`,
      );
    if (json) say(terminal, JSON.stringify(outcome, null, 2));
    else report(terminal, outcome, storeName({ database: { kind: 'postgres', url: to } }), storeName(environment));
    return outcome.kind === 'moved' ? 0 : 1;
  },
});

function report(terminal: Terminal, outcome: MoveOutcome, target: string, file: string): void {
  switch (outcome.kind) {
    case 'moved':
      say(terminal, rowTable(outcome.rows, terminal));
      return say(
        terminal,
        [
          `\n${target} has everything, as was compared. Now start the server with DATABASE_URL set to it, and the same SECRET.`,
          `Keep ${file} until it has run for a while; then delete it with ${file}-wal and ${file}-shm: it holds ${counted(outcome.rows.contact, 'address', 'addresses')}.`,
        ].join('\n'),
      );
    case 'not-empty': {
      const held = Object.entries(outcome.rows).filter(([, count]) => count > 0);
      const rows = held.map(([name, count]) => `${grouped(count)} in ${name}`).join(', ');
      return complain(terminal, `${target} is not empty: ${rows}. Nothing was moved. Name a new database.`);
    }
    case 'changed':
      return complain(
        terminal,
        `Somebody wrote to ${outcome.table} of ${file} meanwhile. Nothing was moved. Stop what does, and move again.`,
      );
    case 'differs':
      return complain(
        terminal,
        `What ${target} has in ${outcome.table} is not what was put there: do not use it. Go on with SQLite, and move again into a new database.`,
      );
  }
}

function rowTable(rows: Counts, terminal: Terminal): string {
  const cells = Object.entries(rows).map(([name, count]) => ['✓', name, grouped(count)]);
  return table([{ heading: '' }, { heading: 'Table' }, { heading: 'Rows', align: 'right' }], cells, terminal);
}

if (import.meta.main) await main(moveStore);
