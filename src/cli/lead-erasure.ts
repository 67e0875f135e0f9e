import { newsletterTopic } from '#capture/store/tables.ts';
import { parseAddress } from '#capture/forms/email-address.ts';
import type { Store } from '#capture/store/store.ts';
import { counted, listed, Mistake } from './command-line.ts';
import { command } from './command.ts';
import { withOwner } from './opened.ts';
import { complain, say } from './terminal.ts';

export const erase = command({
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
  run: async ({ yes, suppress }, [typed = ''], world) =>
    withOwner(world, async ({ environment, store, owner }) => {
      const { terminal } = world;
      const address = addressOf(typed);
      const held = await holding(store, address.norm);
      if (!held && !suppress) {
        complain(
          terminal,
          `${address.address} is not known: there is nothing to erase. --suppress makes sure that nothing is sent to it all the same.`,
        );
        return 1;
      }
      complain(terminal, held ? `Of ${address.address} these go: ${held}.` : `${address.address} is not known.`);
      if (!yes) {
        if (!terminal.ask) throw new Mistake('It cannot be undone, and nobody can be asked here: add --yes.');
        if (!(await terminal.ask(held ? 'Erase them? It cannot be undone.' : 'Send nothing to it, ever?'))) {
          complain(terminal, 'Nothing was erased.');
          return 1;
        }
      }
      const outcome = await owner.erase(typed);
      if (outcome.kind === 'refused') throw new Mistake(outcome.message);
      say(
        terminal,
        outcome.known
          ? 'Erased. Nothing is sent to the address from now on.'
          : 'Nothing is sent to the address from now on.',
      );
      if (outcome.known) {
        const crm = environment.webhook
          ? `${environment.webhook.url.host} is told by contact.erased.`
          : 'No webhook is set: tell your CRM yourself.';
        complain(
          terminal,
          `${crm} Exports and backups made before have the person still; after a restore, erase again.`,
        );
      }
      return 0;
    }),
});

export const forgive = command({
  name: 'leads forgive',
  summary: 'lets an address be written to again that was erased, bounced or complained',
  notes: 'Do this only when the person asks for it. They begin anew: by a form, and with a mail to confirm.',
  arguments: { name: 'email', least: 1, most: 1 },
  options: {},
  examples: ['npm run leads -- forgive ann@example.com'],
  run: async (_options, [typed = ''], world) =>
    withOwner(world, async ({ owner }) => {
      const { address } = addressOf(typed);
      const outcome = await owner.forgive(typed);
      if (outcome.kind === 'refused') throw new Mistake(outcome.message);
      say(
        world.terminal,
        outcome.known
          ? `${address} can be written to again, once it asks by a form.`
          : `${address} was not suppressed: there is nothing to lift.`,
      );
      return outcome.known ? 0 : 1;
    }),
});

function addressOf(typed: string) {
  const parsed = parseAddress(typed);
  if (parsed.kind === 'refused') throw new Mistake(parsed.message);
  return parsed.address;
}

/** What is kept of a person, in words; undefined when there is nobody with this address. */
async function holding(store: Store, emailNorm: string): Promise<string | undefined> {
  return store.transaction(async (records) => {
    const contact = await records.contactByAddress(emailNorm);
    if (!contact) return undefined;
    const subscription = await records.subscription(contact.id, newsletterTopic);
    const consents = await records.consentEvents(contact.id);
    const submissions = await records.submissionsOf(contact.id);
    return listed([
      ['the address', contact.name && 'name', contact.company && 'company'].filter(Boolean).join(', '),
      ...(subscription ? [`the newsletter (${subscription.status})`] : []),
      `${counted(consents.length, 'record')} of consent`,
      `the person in ${counted(submissions.length, 'submission')}`,
      'links and mails that wait',
    ]);
  });
}
