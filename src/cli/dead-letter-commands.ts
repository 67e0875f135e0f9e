import { deadLetters, retryDeadLetters } from '#capture/owner/dead-letters.ts';
import { counted, Mistake } from './command-line.ts';
import { command } from './command.ts';
import { deadLetterTable } from './dead-letters.ts';
import { withStore } from './opened.ts';
import { complain, say } from './terminal.ts';

export const dead = command({
  name: 'leads dead-letters',
  summary: 'shows mails and webhooks that failed for good',
  notes: 'Of an address only the first letter and the domain are shown, in the errors of mail servers too.',
  options: { json: { description: 'for programs: stable keys, moments in ISO 8601' } },
  examples: ['npm run leads -- dead-letters'],
  run: async ({ json }, _arguments, world) =>
    withStore(world, [], async (owner) => {
      const letters = await deadLetters(owner);
      if (json) say(world.terminal, JSON.stringify(letters, null, 2));
      else if (letters.length === 0)
        say(world.terminal, 'None: everything was delivered, or still waits for its turn.');
      else {
        say(world.terminal, deadLetterTable(letters, world.terminal));
        complain(world.terminal, '\nWhen the cause is mended: npm run leads -- retry --all, or the ids of some.');
      }
      return 0;
    }),
});

export const retry = command({
  name: 'leads retry',
  summary: 'puts dead letters back into the queue',
  arguments: { name: 'id…', least: 0, most: 1000 },
  options: { all: { description: 'all of them' } },
  examples: ['npm run leads -- retry --all'],
  run: async ({ all }, ids, world) => {
    if (all === ids.length > 0)
      throw new Mistake('Name the ids of some, or --all: npm run leads -- dead-letters shows them.');
    return withStore(world, [], async (owner) => {
      const outcome = await retryDeadLetters(owner, all ? 'all' : ids);
      if (outcome.kind === 'unknown') {
        for (const id of outcome.ids) complain(world.terminal, `There is no dead letter ${id}.`);
        complain(world.terminal, 'Nothing was put back. npm run leads -- dead-letters shows those that there are.');
        return 1;
      }
      const { count } = outcome;
      say(
        world.terminal,
        count > 0
          ? `${counted(count, 'letter is', 'letters are')} back in the queue: the running server sends ${count === 1 ? 'it' : 'them'} now.`
          : 'There are no dead letters.',
      );
      return 0;
    });
  },
});
