import { readFile } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
import { closestMatch } from '#authoring/closest-match.ts';
import { importSubscribers, subscriberColumns, type SubscriberLine } from '#capture/owner/import-subscribers.ts';
import { withSecrets } from '#capture/owner/owner.ts';
import { counted } from '#site/count.ts';
import { UsageError } from './command-line.ts';
import { command } from './command.ts';
import { withStore } from './open-store.ts';
import { complain, say } from './terminal.ts';

/** How many lines that were not taken are shown. */
const mostShown = 20;

export const importLeads = command({
  name: 'leads import',
  summary: 'makes subscribers of people who agreed to the newsletter elsewhere, with the proof of it',
  notes:
    'A CSV with a heading: address, consent (the wording that was agreed to), date (2024-03-13 or 2024-03-13T12:00:00Z), source (the page or the list where), and ip if it is known. A line without a proof is refused, and said. Nobody is brought back who left, was erased, or called a mail spam, and nobody is mailed to whom it came back. Nothing is mailed without --confirm, and with it each is a subscriber who follows the link within seven days. A file may be imported again: it changes nothing then.',
  arguments: { name: 'file', least: 1, most: 1 },
  options: {
    confirm: { description: 'asks each of them first, by a mail with a link to confirm' },
    'dry-run': { description: 'only says what it would do' },
    json: { description: 'for programs' },
  },
  examples: ['npm run leads -- import subscribers.csv --dry-run'],
  run: async ({ confirm, 'dry-run': dryRun, json }, [file = ''], context) => {
    const lines = await readLines(file);
    return withStore(context, ['SECRET', 'MAIL_PER_SECOND'], async (owner) => {
      const { terminal } = context;
      const language = owner.site?.language ?? 'en';
      const outcome = await importSubscribers(await withSecrets(owner), lines, {
        ...{ dryRun, language },
        ...(confirm && { confirm: owner.environment.mail }),
      });
      const { added, already, kept, refused } = outcome;
      const code = refused.length > 0 ? 1 : 0;
      if (json) {
        say(terminal, JSON.stringify(outcome, null, 2));
        return code;
      }
      for (const [title, problems] of [
        ['Refused, as the proof is not whole', refused],
        ['Left as they are', kept],
      ] as const) {
        if (problems.length === 0) continue;
        complain(terminal, `${title}:`);
        for (const { line, what } of problems.slice(0, mostShown)) complain(terminal, `  line ${line}: ${what}`);
        if (problems.length > mostShown)
          complain(terminal, `  and ${problems.length - mostShown} more: --json has all`);
      }
      const rest = `${already} already there, ${kept.length} left as they are, ${refused.length} refused`;
      const became = confirm ? 'asked' : 'added';
      say(
        terminal,
        `${counted(added, confirm ? 'person' : 'subscriber', confirm ? 'people' : undefined)} ${dryRun ? 'would be' : added === 1 ? 'was' : 'were'} ${became}; ${rest}.`,
      );
      return code;
    });
  },
});

/** The lines of the file by their columns. Throws `UsageError`. */
async function readLines(file: string): Promise<SubscriberLine[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`${file} cannot be read: ${error.message}`);
  });
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    rows = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as typeof rows;
  } catch (error) {
    if (error instanceof CsvError) throw new UsageError(`${file} is no CSV: ${error.message}`);
    throw error;
  }
  const [heading, ...lines] = rows;
  const names = (heading?.record ?? []).map((name) => name.trim().toLowerCase());
  for (const name of subscriberColumns)
    if (name !== 'ip' && !names.includes(name)) {
      const near = closestMatch(name, names);
      throw new UsageError(
        `${file} has no column “${name}”${near ? `; is “${near}” meant?` : '.'} Its first line has to be:\n\n  ${subscriberColumns.join(',')}`,
      );
    }
  return lines.map(({ record, info }) => ({
    line: info.lines,
    cells: Object.fromEntries(subscriberColumns.map((name) => [name, record[names.indexOf(name)] ?? ''])),
  }));
}
