import { migrateStore } from '#capture/owner/migration.ts';
import { readSetup } from '#capture/owner/setup.ts';
import { command, main } from './command.ts';
import { requireValid, sayStore, storeName } from './open-store.ts';
import { say } from './terminal.ts';

export const migrate = command({
  name: 'migrate',
  summary: 'brings the tables of the store to their newest form',
  notes:
    'The server does this when it starts, so it is only needed where a deployment wants it to be a step of its own. Make a backup first: there is no way back. It may run beside a server, and several may run at once: one does it, the others wait.',
  options: { json: { description: 'for programs: the names of what was done' } },
  examples: ['npm run migrate'],
  run: async ({ json }, _arguments, { variables, terminal }) => {
    const { environment, problems } = await readSetup(variables);
    requireValid(problems, ['DATABASE_URL']);
    sayStore(terminal, environment);
    const done = await migrateStore(environment);
    const name = storeName(environment);
    if (json) say(terminal, JSON.stringify({ store: name, done }));
    else if (done.length === 0) say(terminal, `${name} is up to date.`);
    else say(terminal, [`${name} is up to date now:`, ...done.map((each) => `  ✓ ${each}`)].join('\n'));
    return 0;
  },
});

if (import.meta.main) await main(migrate);
