import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { findLeads, latestLeads } from '#capture/owner/leads.ts';
import { readEntryReport, readReport } from '#capture/owner/report.ts';
import { counted, grouped } from '#site/count.ts';
import { UsageError, wholeNumber } from './command-line.ts';
import { command, main, type Program } from './command.ts';
import { dead, retry } from './dead-letter-commands.ts';
import { writeCsv } from './lead-csv.ts';
import { eraseLead, forgiveLead } from './lead-erasure.ts';
import { importLeads } from './lead-import.ts';
import { filterOf, filterOptions, leadJson, leadTable } from './lead-list.ts';
import { personOfAddress } from './lead-person.ts';
import { entryReportText, reportText } from './lead-report.ts';
import { day } from './moment.ts';
import { withStore } from './open-store.ts';
import { complain, progressLine, say } from './terminal.ts';

const json = { description: 'for programs: stable keys, moments in ISO 8601' } as const;

const list = command({
  name: 'leads list',
  summary: 'shows who asked for something, the latest last',
  options: {
    ...filterOptions,
    limit: { value: 'n', description: 'how many of the latest are shown: 50, or what is said here; 0 for all' },
    json,
  },
  examples: [
    'npm run leads -- list --status confirmed --since 2026-01-01',
    'npm run --silent leads -- list --limit 0 --json | jq -r ".leads[].email"',
  ],
  run: async ({ limit = '50', json, ...chosen }, _arguments, context) => {
    const most = wholeNumber('--limit', limit) || Number.POSITIVE_INFINITY;
    return withStore(context, [], async (owner) => {
      const { leads, total } = await latestLeads(owner, await filterOf(chosen, owner), most);
      if (json) say(context.terminal, JSON.stringify({ total, leads: leads.map(leadJson) }, null, 2));
      else if (total === 0) say(context.terminal, 'Nobody yet.');
      else {
        say(context.terminal, leadTable(leads, context.terminal));
        const rest = total > leads.length ? `, the latest of ${grouped(total)}: --limit 0 shows all` : '';
        complain(context.terminal, `\n${counted(leads.length, 'lead')}${rest}.`);
      }
      return 0;
    });
  },
});

const exported = command({
  name: 'leads export',
  summary: 'writes all of them as CSV, for a spreadsheet or a CRM',
  notes:
    'RFC 4180, UTF-8, one line a person: “leads” has each whitepaper with how it stands (waiting, answered, won, lost, unwanted, unconfirmed), “value” what the won ones brought together, “mail” whether it came back (bounced) or was called spam (complained). What a stranger typed is neutral: a cell that a spreadsheet would take for a formula begins with an apostrophe, and line feeds are spaces. A file begins with a byte order mark, by which Excel knows UTF-8; what goes to a pipe does not. The file can be read by its owner alone, and takes its name when it is complete.',
  options: {
    ...filterOptions,
    output: { value: 'file', description: 'writes into this file; without, to the standard output' },
    'no-bom': { description: 'leaves out the byte order mark' },
  },
  examples: [
    'npm run leads -- export --status confirmed --output leads.csv',
    'npm run --silent leads -- export | csvcut -c email',
  ],
  run: async ({ output: file, 'no-bom': noBom, ...chosen }, _arguments, context) =>
    withStore(context, [], async (owner) => {
      const { terminal } = context;
      const leads = findLeads(owner, await filterOf(chosen, owner));
      const { show, clear } = progressLine(terminal);
      const seen = (count: number) => void (count % 1000 === 0 && show(`${grouped(count)} leads`));
      if (file === undefined) {
        await writeCsv(leads, terminal.out, { bom: false, seen });
        clear();
        return 0;
      }
      const draft = `${file}.part`;
      try {
        const count = await writeCsv(leads, createWriteStream(draft, { mode: 0o600 }), { bom: !noBom, seen });
        await rename(draft, file);
        clear();
        complain(terminal, `${file} has ${counted(count, 'lead')}.`);
        return 0;
      } catch (error) {
        clear();
        await rm(draft, { force: true });
        throw isOfFile(error) ? new UsageError(`${file} cannot be written: ${error.message}`) : error;
      }
    }),
});

const reported = command({
  name: 'leads report',
  summary: 'shows how many came, asked, confirmed and downloaded, and what sent them',
  notes:
    'By form, and by the episode or post whose link led to it. Days are counted in UTC. Nothing in it is of a single reader.',
  options: {
    since: { value: 'day', description: 'from this day on, as 2026-01-31' },
    until: { value: 'day', description: 'to this day, itself included' },
    episodes: { description: 'by episode: how many heard it, went on to a form, asked and confirmed' },
    json,
  },
  examples: ['npm run leads -- report --since 2026-01-01 --until 2026-03-31', 'npm run leads -- report --episodes'],
  run: async ({ since, until, episodes, json }, _arguments, context) => {
    const days = { since: since && day('--since', since), until: until && day('--until', until) };
    if (since && until && since > until) throw new UsageError(`--since ${since} is after --until ${until}.`);
    return withStore(context, [], async (owner) => {
      const { site } = owner;
      if (episodes) {
        const found = await readEntryReport(owner, days);
        const of = (id: string) => site?.entries.find((entry) => entry.id === id);
        if (json)
          say(
            context.terminal,
            JSON.stringify({ since: since ?? null, until: until ?? null, episodes: found }, null, 2),
          );
        else if (found.length === 0) say(context.terminal, 'Nothing was counted in these days.');
        else say(context.terminal, entryReportText(found, of, context.terminal));
        return 0;
      }
      const found = await readReport(owner, days);
      const titles = new Map([
        ...(site?.whitepapers.map(({ url, title }) => [url, title] as const) ?? []),
        ...(site?.entries.map(({ id, title }) => [id, title] as const) ?? []),
      ]);
      if (json)
        say(context.terminal, JSON.stringify({ since: since ?? null, until: until ?? null, ...found }, null, 2));
      else if (found.byPage.length === 0) say(context.terminal, 'Nothing was counted in these days.');
      else
        say(
          context.terminal,
          reportText(found, (of) => titles.get(of), context.terminal),
        );
      return 0;
    });
  },
});

export const leads: Program = {
  name: 'leads',
  summary: 'the people who asked for something, and what became of it',
  commands: [list, exported, reported, importLeads, personOfAddress, eraseLead, forgiveLead, dead, retry],
};

const isOfFile = (error: unknown): error is Error => error instanceof Error && 'path' in error && 'code' in error;

if (import.meta.main) await main(leads);
