import { openStore, readSite } from '#capture/compose.ts';
import { readEnvironment } from '#capture/environment.ts';
import { inOrder } from '#capture/owner/copy-rows.ts';
import type { Store } from '#capture/store/store.ts';
import { busyWeek, type Rows } from './busy-week.ts';

/**
 * Fills the store with a busy week, to see the desk as an owner would. It refuses one that has people in it.
 *
 *   npm run demo-desk
 */
const { environment } = readEnvironment(process.env);
const site = await readSite(environment.built).catch(() => undefined);
if (!site) fail('Nothing is built yet. Run: CONTENT_DIR=tests/fixtures/series npm run build');
const named = environment.owners.map(({ email }) => email.toLowerCase());
const [first = 'petra@example.com', ...others] = named;
const owners: [string, ...string[]] = named.length > 0 ? [first, ...others] : [first, 'gus@example.com'];

const store = await openStore(environment);
try {
  await store.migrate();
  const { contact, submission, lead } = await store.reading.counts();
  if (contact + submission + lead > 0)
    fail(
      'This store has people in it, and is left as it is. Give the demo one of its own: VAR_DIR=var/demo npm run demo-desk',
    );
  const rows = busyWeek(site, { now: Date.now(), owners });
  await insert(store, rows);
  console.log(
    `${rows.lead?.length} made-up people asked for a whitepaper in twelve weeks. See what became of them:\n` +
      `OWNERS=${named.length > 0 ? named.join(',') : '"petra@example.com owner:petra-plimsoll, gus@example.com host:gus-barnacle"'} npm run serve, and open /desk/`,
  );
} finally {
  await store.close();
}

async function insert({ transaction }: Store, rows: Rows): Promise<void> {
  await transaction(async (records) => {
    for (const table of inOrder) await records.insert(table, rows[table] ?? []);
  });
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
