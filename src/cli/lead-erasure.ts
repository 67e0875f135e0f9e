import { backupOf, eraseAddress, forgive, holdingOf, type Holding } from '#capture/owner/erasure.ts';
import { withSecrets } from '#capture/owner/owner.ts';
import type { Environment } from '#capture/owner/setup.ts';
import { counted } from '#site/count.ts';
import { listed, UsageError } from './command-line.ts';
import { command } from './command.ts';
import { shownMoment } from './moment.ts';
import { shownPath, withStore } from './open-store.ts';
import { complain, say } from './terminal.ts';

export const eraseLead = command({
  name: 'leads erase',
  summary: 'erases a person: all that is kept of them, and what still waits to be sent',
  notes:
    'What stays tells nobody who it was: totals, submissions without the person, and a hash by which the address is known when it comes again, so that nothing is sent to it. Exports, backups and a CRM have copies of their own; the webhook contact.erased tells the CRM.',
  arguments: { name: 'email', least: 1, most: 1 },
  options: {
    yes: { description: 'does not ask' },
    suppress: { description: 'makes sure that nothing is sent to the address, known or not' },
  },
  examples: ['npm run leads -- erase ann@example.com'],
  run: async ({ yes, suppress }, [typed = ''], context) =>
    withStore(context, needed, async (owner) => {
      const { terminal } = context;
      const found = await holdingOf(owner, typed);
      if (found.kind === 'refused') throw new UsageError(found.message);
      const { address } = found;
      const held = found.holding && describeHolding(found.holding);
      if (!held && !suppress) {
        complain(
          terminal,
          `${address} is not known: there is nothing to erase. --suppress makes sure that nothing is sent to it all the same.`,
        );
        return 1;
      }
      complain(terminal, held ? `Of ${address} these go: ${held}.` : `${address} is not known.`);
      if (!yes) {
        if (!terminal.ask) throw new UsageError('It cannot be undone, and nobody can be asked here: add --yes.');
        if (!(await terminal.ask(held ? 'Erase them? It cannot be undone.' : 'Send nothing to it, ever?'))) {
          complain(terminal, 'Nothing was erased.');
          return 1;
        }
      }
      const outcome = await eraseAddress(await withSecrets(owner), typed);
      if (outcome.kind === 'refused') throw new UsageError(outcome.message);
      say(
        terminal,
        outcome.known
          ? 'Erased. Nothing is sent to the address from now on.'
          : 'Nothing is sent to the address from now on.',
      );
      if (outcome.known) {
        const { webhook } = owner.environment;
        const crm = webhook
          ? `${webhook.url.host} is told by contact.erased.`
          : 'No webhook is set: tell your CRM yourself.';
        complain(terminal, crm);
        complain(terminal, whatStays(owner.environment, await backupOf(owner), context.now()));
      }
      return 0;
    }),
});

export const forgiveLead = command({
  name: 'leads forgive',
  summary: 'lets an address be written to again that was erased',
  notes: 'Do this only when the person asks for it. They begin anew: by a form, and with a mail to confirm.',
  arguments: { name: 'email', least: 1, most: 1 },
  options: {},
  examples: ['npm run leads -- forgive ann@example.com'],
  run: async (_options, [typed = ''], context) =>
    withStore(context, needed, async (owner) => {
      const outcome = await forgive(await withSecrets(owner), typed);
      if (outcome.kind === 'refused') throw new UsageError(outcome.message);
      say(
        context.terminal,
        outcome.known
          ? `${outcome.address} can be written to again, once it asks by a form.`
          : `${outcome.address} was not suppressed: there is nothing to lift.`,
      );
      return outcome.known ? 0 : 1;
    }),
});

/** Where the person still is once they were erased here, in words. */
function whatStays(
  { database }: Pick<Environment, 'database'>,
  backup: Awaited<ReturnType<typeof backupOf>>,
  now: number,
): string {
  const newest =
    backup &&
    (backup.newest === null
      ? ` There is none in ${shownPath(backup.path)} yet.`
      : ` The newest in ${shownPath(backup.path)} is of ${shownMoment(backup.newest)}.`);
  return [
    `Backups and exports made before ${shownMoment(now)} have the person until you delete them; after a restore, erase again.${newest ?? ''}`,
    "This server's log has no address or name of anybody; what stands before it (nginx, Caddy) may have logged IP addresses and links, until its logs are rotated away.",
    ...(database.kind === 'postgres'
      ? ['PostgreSQL overwrites the rows at its next vacuum; its archive of WAL, if you keep one, is a backup.']
      : []),
  ].join('\n');
}

/** What is kept of a person, in words. */
function describeHolding({ name, company, newsletter, consents, submissions, comments, questions }: Holding): string {
  return listed([
    ['the address', name && 'name', company && 'company'].filter(Boolean).join(', '),
    ...(newsletter ? [`the newsletter (${newsletter})`] : []),
    `${counted(consents, 'record')} of consent`,
    `the person in ${counted(submissions, 'submission')}`,
    ...(comments > 0 ? [counted(comments, 'comment')] : []),
    ...(questions > 0 ? [counted(questions, 'question')] : []),
    'links and mails that wait',
  ]);
}

/** The variables that say how addresses are recognised and who is told. */
const needed = ['SECRET', 'WEBHOOK_URL', 'WEBHOOK_SECRET'];
