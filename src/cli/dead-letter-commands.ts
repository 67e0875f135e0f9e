import { deadLetters, retryDeadLetters } from '#capture/owner/dead-letters.ts';
import { counted } from '#site/count.ts';
import { UsageError } from './command-line.ts';
import { command } from './command.ts';
import { deadLetterTable } from './dead-letter-table.ts';
import { withStore } from './open-store.ts';
import { complain, say } from './terminal.ts';

export const dead = command({
  name: 'leads dead-letters',
  summary: 'shows mails and webhooks that failed for good',
  notes: 'Of an address only the first letter and the domain are shown, in the errors of mail servers too.',
  options: { json: { description: 'for programs: stable keys, moments in ISO 8601' } },
  examples: ['npm run leads -- dead-letters'],
  run: async ({ json }, _arguments, context) =>
    withStore(context, [], async (owner) => {
      const letters = await deadLetters(owner);
      if (json) say(context.terminal, JSON.stringify(letters, null, 2));
      else if (letters.length === 0)
        say(context.terminal, 'None: everything was delivered, or still waits for its turn.');
      else {
        say(context.terminal, deadLetterTable(letters, context.terminal));
        complain(context.terminal, '\nWhen the cause is fixed: npm run leads -- retry --all, or the ids of some.');
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
  run: async ({ all }, ids, context) => {
    if (all === ids.length > 0)
      throw new UsageError('Name the ids of some, or --all: npm run leads -- dead-letters shows them.');
    return withStore(context, [], async (owner) => {
      const outcome = await retryDeadLetters(owner, all ? 'all' : ids);
      if (outcome.kind === 'unknown') {
        for (const id of outcome.ids) complain(context.terminal, `There is no dead letter ${id}.`);
        complain(context.terminal, 'Nothing was put back. npm run leads -- dead-letters shows those that there are.');
        return 1;
      }
      const { count } = outcome;
      say(
        context.terminal,
        count > 0
          ? `${counted(count, 'letter is', 'letters are')} back in the queue: the running server sends ${count === 1 ? 'it' : 'them'} now.`
          : 'There are no dead letters.',
      );
      return 0;
    });
  },
});
