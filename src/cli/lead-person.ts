import { rename, rm, writeFile } from 'node:fs/promises';
import { withSecrets } from '#capture/owner/owner.ts';
import { personJson, readPerson } from '#capture/owner/person.ts';
import { UsageError } from './command-line.ts';
import { command } from './command.ts';
import { withStore } from './open-store.ts';
import { personPage, personText } from './person-report.ts';
import { complain, say } from './terminal.ts';

export const personOfAddress = command({
  name: 'leads person',
  summary: 'shows all that is kept of one person, for who asks what you have of them',
  notes:
    'Each table that can have something of a person, with the full texts of what they agreed to; of links what they do and when they were made, never what opens them. The page and the JSON are made to be handed over (GDPR, articles 15 and 20), after you have made sure that it is they who ask. The desk exports the same JSON. That it was made is noted.',
  arguments: { name: 'email', least: 1, most: 1 },
  options: {
    json: { description: 'for programs, and to hand over: stable keys, moments in ISO 8601' },
    html: { value: 'file', description: 'writes a page into this file, which only you can read' },
  },
  examples: [
    'npm run leads -- person ann@example.com',
    'npm run leads -- person ann@example.com --html ann.html',
    'npm run --silent leads -- person ann@example.com --json | jq .consents',
  ],
  run: async ({ json, html: file }, [typed = ''], context) =>
    withStore(context, ['SECRET'], async (owner) => {
      const { terminal } = context;
      const found = await readPerson(await withSecrets(owner), typed);
      if (found.kind === 'refused') throw new UsageError(found.message);
      const { address, person } = found;
      if (!person) {
        complain(terminal, `${address} is not known: nothing is kept of it.`);
        return 1;
      }
      if (file !== undefined) {
        await writePrivate(
          file,
          personPage(address, person, owner.site?.title ?? owner.environment.site.host, context.now()),
        );
        complain(terminal, `${file} has all that is kept of ${address}. Delete it once it is handed over.`);
      }
      if (json) terminal.out.write(personJson(person));
      else if (file === undefined) say(terminal, personText(address, person));
      return 0;
    }),
});

/** Writes a file that its owner alone can read; it takes its name when it is complete. */
async function writePrivate(file: string, text: string): Promise<void> {
  const draft = `${file}.part`;
  try {
    // A draft that was left keeps the mode that it has.
    await rm(draft, { force: true });
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error instanceof Error && 'code' in error
      ? new UsageError(`${file} cannot be written: ${error.message}`)
      : error;
  }
}
