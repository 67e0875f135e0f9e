import { lookup, resolveTxt } from 'node:dns/promises';
import {
  inspectMail,
  inspectQueue,
  inspectReportMailbox,
  inspectStore,
  inspectWebhook,
  type MailFacts,
} from '#capture/owner/health.ts';
import { readSetup, type Environment, type Setup } from '#capture/owner/setup.ts';
import { counted } from '#site/count.ts';
import { command, main, type Command } from './command.ts';
import {
  bounceFindings,
  deskFindings,
  folderFindings,
  newsletterFindings,
  nodeFindings,
  outboxFindings,
  proxyFindings,
  secretFindings,
  senderDomain,
  siteFindings,
  smtpFindings,
} from './doctor-checks.ts';
import { findingText, wrong, type Finding } from './finding.ts';
import { clockFindings, reachFindings, webhookFindings, type Fetch, type ResolveHost } from './network-check.ts';
import { senderFindings, type ResolveTxt } from './sender-domain.ts';
import { storeFindings, type StoreCheck } from './store-check.ts';
import { say } from './terminal.ts';

/** What the doctor knows of the machine and the network. */
export interface DoctorPorts {
  nodeVersion: string;
  fetch: Fetch;
  resolveTxt: ResolveTxt;
  resolveHost: ResolveHost;
  freeBytes?: (path: string) => Promise<number>;
  inspectMail(environment: Environment): Promise<MailFacts>;
  inspectReportMailbox: typeof inspectReportMailbox;
}

/** The command `doctor`: it changes nothing and sends nothing. */
export const doctorWith = (ports: DoctorPorts): Command =>
  command({
    name: 'doctor',
    summary: 'looks whether all is there that the server needs, and says what to do',
    notes:
      'It changes nothing and sends no mail; it connects to the store, the mail server, the webhook and the site. Exit code 1 when something is wrong (✗); what is only to be looked at (!) does not count.',
    options: {
      'dkim-selector': { value: 'name', description: 'the selector of the DKIM record, as DKIM_SELECTOR' },
      json: { description: 'for programs' },
    },
    examples: ['npm run doctor', 'npm run doctor -- --dkim-selector s1'],
    run: async ({ 'dkim-selector': selector, json }, _arguments, { variables, terminal, now }) => {
      const found = await readSetup(variables);
      const parts = await examine(found, selector ?? variables['DKIM_SELECTOR']?.trim(), ports, now);
      const all = parts.flatMap(({ findings }) => findings);
      const [wrongs, advices] = (['✗', '!'] as const).map(
        (mark) => all.filter((finding) => finding.mark === mark).length,
      );
      const ok = wrongs === 0;
      if (json) {
        const states = { '✓': 'ok', '!': 'advice', '✗': 'wrong' } as const;
        const findings = parts.flatMap(({ part, findings }) =>
          findings.map(({ mark, ...finding }) => ({ part, ...finding, state: states[mark] })),
        );
        say(terminal, JSON.stringify({ ok, findings }, null, 2));
      } else {
        say(terminal, findingText(parts, terminal));
        const rest = advices ? ` ${counted(advices, 'thing is', 'things are')} to be looked at.` : '';
        say(
          terminal,
          `\n${ok ? 'Nothing is wrong.' : `${counted(wrongs ?? 0, 'thing is', 'things are')} wrong.`}${rest}`,
        );
      }
      return ok ? 0 : 1;
    },
  });

export const doctor = doctorWith({
  nodeVersion: process.version,
  fetch: (address, init) => fetch(address, init),
  resolveTxt,
  resolveHost: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
  ...{ inspectMail, inspectReportMailbox },
});

/** Where `DATABASE_URL` is wrong, there is none to look into. */
const unknownStore: StoreCheck = { findings: [], usable: false };

async function examine(
  { environment, problems, site }: Setup,
  selector: string | undefined,
  { fetch, nodeVersion, resolveTxt, resolveHost, freeBytes, inspectMail, ...ports }: DoctorPorts,
  now: () => number,
): Promise<{ part: string; findings: Finding[] }[]> {
  const domain = senderDomain(environment.mail.from);
  const envelope = senderDomain(environment.bounces.address ?? environment.mail.from);
  const wrongMail = problems.some(({ variable }) => variable === 'SMTP_URL' || variable === 'MAIL_DIR');
  const wrongAddress = problems.some(({ variable }) => variable === 'SITE_URL');
  const wrongDatabase = problems.some(({ variable }) => variable === 'DATABASE_URL');
  const [server, store, smtp, sender, webhook, reports] = await Promise.all([
    reachFindings(environment, fetch, now),
    wrongDatabase ? unknownStore : inspectStore(environment, now).then((facts) => storeFindings(facts, environment)),
    wrongMail ? [] : smtpFindings(environment, inspectMail),
    environment.mail.smtp && domain
      ? senderFindings(domain, selector, resolveTxt, environment.mail.dkim, envelope)
      : [],
    inspectWebhook(environment, resolveHost).then(webhookFindings),
    ports.inspectReportMailbox(environment),
  ]);
  return [
    {
      part: 'Environment',
      findings: [
        ...nodeFindings(nodeVersion),
        ...problems.map(({ variable, what, fix }) => wrong(variable, `${variable} ${what}.`, fix)),
        ...secretFindings(environment),
        ...proxyFindings(environment),
        ...clockFindings(now(), store.clock ?? server.clock),
      ],
    },
    {
      part: 'Site',
      // What SITE_URL is where it is wrong says nothing of how the site was built.
      findings: [...siteFindings(site, environment), ...server.findings].filter(
        ({ about }) => about !== 'SITE_URL' || !wrongAddress,
      ),
    },
    {
      part: 'Store',
      findings: [
        ...(await folderFindings(environment, freeBytes)),
        ...store.findings,
        ...(store.usable ? outboxFindings(await inspectQueue(environment, now()), now()) : []),
      ],
    },
    { part: 'Desk', findings: deskFindings(environment, site) },
    {
      part: 'Mail',
      findings: [...smtp, ...sender, ...bounceFindings(environment, reports), ...newsletterFindings(site, environment)],
    },
    { part: 'Webhook', findings: webhook },
  ];
}

if (import.meta.main) await main(doctor);
