import { processTerminal, progressLine } from '../../../src/cli/terminal.ts';
import { buildFixture } from '../fixture.ts';
import { benchOptions, chosen } from '../options.ts';
import { openReport, printOnly } from '../results.ts';
import { databases, storeNames } from './databases.ts';
import { deliveryThreats } from './threats/delivery.ts';
import { formThreats } from './threats/forms.ts';
import { linkThreats } from './threats/links.ts';
import { Fell, type Threat, withTarget } from './threats/target.ts';
import { wireThreats } from './threats/wire.ts';

/**
 * Does to a running server what could be done to it from outside: by its sockets, its mails and its webhooks. Each
 * attempt has a server and a store of its own.
 *
 *   npm run bench:threats -- --help
 */
const options = benchOptions({
  name: 'bench:threats',
  summary: 'does to a running server what could be done to it from outside, and says what held',
  options: {
    store: { value: 'name', multiple: true, description: 'sqlite or postgres; sqlite without' },
    only: { value: 'number', multiple: true, description: 'only the threats of this number; + for those without one' },
    ...printOnly,
  },
  examples: ['npm run bench:threats', 'npm run bench:threats -- --store postgres --only 21 --only 32'],
});
const stores = options.store.length > 0 ? chosen('--store', options.store, storeNames) : ['sqlite'];

const all = [...linkThreats, ...formThreats, ...wireThreats, ...deliveryThreats].toSorted(
  (a, b) => Number(a.number === '+') - Number(b.number === '+') || Number(a.number) - Number(b.number),
);
const numbers = [...new Set(all.map(({ number }) => number))];
const only = chosen('--only', options.only, numbers);

const report = openReport('bench:threats', options);
const line = progressLine(processTerminal(process.stdin, process.stdout, process.stderr));
await buildFixture();

let [held, fell, unbuilt] = [0, 0, 0];
for await (const database of databases(stores)) {
  report.print(database.name);
  for (const threat of all.filter(({ number }) => only.includes(number))) {
    line.show(`${threat.number.padStart(2)} ${threat.name}`);
    const { isHeld, fact } = await withTarget(database, threat.env ?? {}, (target) => attempt(threat, target));
    const isBuilt = !fact.startsWith('not built');
    line.clear();
    report.print(
      `${threat.number.padStart(4)} ${(isBuilt ? (isHeld ? 'held' : 'FELL') : '–').padEnd(5)} ${threat.name}`,
    );
    report.print(`           ${fact}`);
    if (!isHeld) fell += 1;
    else if (isBuilt) held += 1;
    else unbuilt += 1;
  }
}
report.print(`\n${held} held, ${fell} fell, ${unbuilt} of parts that are not built`);
await report.save();
process.exit(fell === 0 ? 0 : 1);

async function attempt(
  threat: Threat,
  target: Parameters<Threat['attempt']>[0],
): Promise<{ isHeld: boolean; fact: string }> {
  try {
    return { isHeld: true, fact: await threat.attempt(target) };
  } catch (error) {
    if (error instanceof Fell) return { isHeld: false, fact: error.message };
    const why = error instanceof Error ? error.stack : String(error);
    throw new Error(`${threat.number} ${threat.name}: could not be tried. ${why}`, { cause: error });
  }
}
