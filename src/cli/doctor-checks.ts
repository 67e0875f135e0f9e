import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import type { inspectReportMailbox, MailFacts, QueueFacts } from '#capture/owner/health.ts';
import type { Environment } from '#capture/owner/setup.ts';
import type { Site } from '#site/contract.ts';
import { counted } from '#site/count.ts';
import { deskRoles } from '#site/desk.ts';
import { closestMatch } from '#authoring/closest-match.ts';
import { advice, well, wrong, type Finding } from './finding.ts';
import { duration, shownMoment } from './moment.ts';
import { shownPath } from './open-store.ts';

/** The oldest Node that runs the commands as they are. */
const oldestNode = 24;

export function nodeFindings(version: string): Finding[] {
  return Number.parseInt(version.replace('v', ''), 10) >= oldestNode
    ? [well('Node', version)]
    : [wrong('Node', `${version} is too old.`, 'Run it by npm: "npm ci" brings the Node that the project needs.')];
}

/** The built site and the address that it was built for. */
export function siteFindings(site: Site | undefined, { built, site: { href }, production }: Environment): Finding[] {
  const shown = shownPath(built);
  if (!site) return [wrong('Build', `There is no built site in ${shown}.`, `SITE_URL=${bare(href)} npm run build`)];
  return [
    well(
      'Build',
      `${shown} has ${counted(site.entries.length, 'entry', 'entries')}, ${counted(site.whitepapers.length, 'whitepaper')}.`,
    ),
    new URL('/', site.url).href === href
      ? well('SITE_URL', `${href}, as the site was built.`)
      : wrong(
          'SITE_URL',
          `The site was built for ${site.url}, and mails would lead to ${href}.`,
          `SITE_URL=${bare(href)} npm run build, or start the server with SITE_URL=${bare(site.url)}`,
        ),
    ...(href.startsWith('https:')
      ? []
      : production
        ? [
            wrong(
              'https',
              `${href} is not https: addresses would travel in the clear.`,
              `SITE_URL=${bare(href).replace('http:', 'https:')}`,
            ),
          ]
        : [
            advice(
              'https',
              'This is a site for this machine alone.',
              'Where readers come to, set SITE_URL=https://your.site',
            ),
          ]),
  ];
}

export function secretFindings({ secrets, production }: Environment): Finding[] {
  // A missing one is among the problems of the environment already.
  if (!secrets) return production ? [] : [well('SECRET', 'None is set: the server makes one and keeps it in VAR_DIR.')];
  const weak = secrets.filter(({ key }) => new Set(key).size < 10);
  if (weak.length > 0)
    return [
      wrong(
        'SECRET',
        'Few of its characters differ: it can be guessed.',
        'SECRET=$(openssl rand -hex 32), and the old one to SECRET_PREVIOUS',
      ),
    ];
  const previous = secrets.length - 1;
  return [
    well(
      'SECRET',
      `Key ${secrets[0]?.id} signs${previous > 0 ? `, ${counted(previous, 'former one')} still ${previous === 1 ? 'opens' : 'open'} old links` : ''}.`,
    ),
  ];
}

/** Whether the server knows of the proxies in front of it. */
export function proxyFindings({ site, trustedProxies }: Environment): Finding[] {
  if (trustedProxies > 0)
    return [well('TRUSTED_PROXIES', `${trustedProxies}: a reader's address is taken from X-Forwarded-For.`)];
  return site.protocol === 'https:'
    ? [
        advice(
          'TRUSTED_PROXIES',
          'Is 0, and https means that a proxy stands before the server: all readers would share its address and its limit.',
          'TRUSTED_PROXIES=1, or 2 with a CDN before the proxy',
        ),
      ]
    : [well('TRUSTED_PROXIES', '0: readers reach the server itself.')];
}

/** Who may use the desk, and whether the pages that they are to reply under are there. */
export function deskFindings({ owners, backup }: Environment, site: Site | undefined): Finding[] {
  if (owners.length === 0)
    return [well('OWNERS', 'Nobody is named: there is no desk. OWNERS="you@example.com" opens it at /desk/.')];
  const hosts = site?.hosts.map(({ slug }) => slug) ?? [];
  const findings: Finding[] = owners.flatMap(({ email, role, person }) => {
    if (!site || person === undefined || hosts.includes(person)) return [];
    const near = closestMatch(person, hosts);
    return [
      wrong(
        'OWNERS',
        `${email} is to be ${person}, and no host has that slug.`,
        near === undefined ? `${email} ${role}` : `${email} ${role}:${near}`,
      ),
    ];
  });
  if (!owners.some(({ role }) => role === 'owner'))
    findings.push(
      advice('OWNERS', 'Nobody of them is an owner: System, Newsletter and Funnel are shut.', 'ann@example.com owner'),
    );
  const hostless = owners.find(({ role, person }) => role === 'host' && person === undefined);
  if (hostless)
    findings.push(
      advice(
        'OWNERS',
        `${hostless.email} is a host without a page, and cannot reply under a name.`,
        `${hostless.email} host:${hosts[0] ?? 'gus-barnacle'}`,
      ),
    );
  const counts = deskRoles.map((role) => ({ role, n: owners.filter((owner) => owner.role === role).length }));
  const who = counts.filter(({ n }) => n > 0).map(({ role, n }) => counted(n, role));
  return [
    ...findings,
    ...(findings.length > 0 ? [] : [well('OWNERS', `The desk is open to ${who.join(', ')}, at /desk/.`)]),
    ...(backup === undefined
      ? [
          advice(
            'BACKUP',
            'The desk cannot say how old the last backup is.',
            'BACKUP=/backup, where npm run backup writes',
          ),
        ]
      : []),
  ];
}

const mebibyte = 2 ** 20;

/** The folder that holds all that the server keeps. */
export async function folderFindings({ kept, built }: Environment, freeBytes = freeBytesOf): Promise<Finding[]> {
  const existing = await nearestFolder(kept);
  const findings: Finding[] = [];
  const shown = shownPath(kept);
  if (!(await isWritable(existing)))
    findings.push(
      wrong(
        'VAR_DIR',
        `${shown} cannot be written to.`,
        `Give it to the user that runs the server: chown -R … ${existing}`,
      ),
    );
  else if (!relative(built, kept).startsWith('..'))
    findings.push(wrong('VAR_DIR', `${shown} lies in the built site: the next build removes it.`, 'VAR_DIR=var'));
  else if (existing !== kept) findings.push(well('VAR_DIR', `${shown} is made when the server starts.`));
  else if (((await stat(kept)).mode & 0o077) !== 0 && process.platform !== 'win32')
    findings.push(advice('VAR_DIR', `${shown} can be read by other users of this machine.`, `chmod 700 ${shown}`));
  else findings.push(well('VAR_DIR', `${shown} can be written to, by its owner alone.`));

  const free = await freeBytes(existing);
  const size =
    free >= 1024 * mebibyte ? `${(free / 1024 / mebibyte).toFixed(1)} GiB` : `${Math.round(free / mebibyte)} MiB`;
  const room = 'Make room: with a full disk no form can be taken.';
  if (free < 100 * mebibyte) findings.push(wrong('Disk', `${size} are free.`, room));
  else if (free < 1024 * mebibyte) findings.push(advice('Disk', `${size} are free.`, room));
  else findings.push(well('Disk', `${size} are free.`));
  return findings;
}

/** The outbox: whether the worker keeps up, and what it gave up. */
export function outboxFindings(queue: QueueFacts, now: number): Finding[] {
  if (queue.kind === 'unavailable')
    return [wrong('Outbox', `${queue.message}.`, 'Is the disk full, or does another process hold the database?')];
  const { oldestDue: oldest, dead } = queue;
  const waits = now - (oldest ?? now);
  const since = `The oldest mail or webhook waits since ${shownMoment(oldest ?? now)}, ${duration(waits)}.`;
  const fix = 'Is the server running? npm run serve; its log tells why a mail was not taken.';
  const hour = 3_600_000;
  return [
    waits > hour
      ? wrong('Outbox', since, fix)
      : waits > hour / 12
        ? advice('Outbox', since, fix)
        : well('Outbox', oldest === undefined ? 'Nothing waits.' : since),
    dead > 0
      ? advice(
          'Dead letters',
          `${counted(dead, 'mail or webhook', 'mails and webhooks')} failed for good.`,
          'npm run leads -- dead-letters',
        )
      : well('Dead letters', 'None.'),
  ];
}

/** Whether mail could be sent now. */
export async function smtpFindings(
  environment: Environment,
  inspectMail: (environment: Environment) => Promise<MailFacts>,
): Promise<Finding[]> {
  const { mail, production } = environment;
  if (!mail.smtp) {
    const shown = shownPath(mail.folder);
    const files = `SMTP_URL is not set: each mail becomes a file in ${shown}.`;
    if (!(await isWritable(await nearestFolder(mail.folder))))
      return [wrong('Mail files', `${shown} cannot be written to.`, 'Give it to the user that runs the server.')];
    return [
      production
        ? advice(
            'SMTP',
            `${files} Nobody is sent any.`,
            'Where readers wait for them, unset MAIL_DIR and set SMTP_URL.',
          )
        : well('SMTP', files),
    ];
  }
  const { host, protocol } = mail.smtp;
  const facts = await inspectMail(environment);
  if (facts.kind === 'taken')
    return [
      well(
        'SMTP',
        `${host} takes mail${protocol === 'smtps:' ? ', by TLS' : ''}${mail.smtp.username ? ', and knows the user' : ''}.`,
      ),
    ];
  const message = facts.message.replaceAll(decodeURIComponent(mail.smtp.password) || '\0', '…');
  return [
    wrong(
      'SMTP',
      `${host} does not take mail: ${message}`,
      'Compare SMTP_URL with what your provider tells: smtps:// for port 465, smtp:// for 587; special characters of a password as %40',
    ),
  ];
}

/** Whether newsletters, where they can be sent, say where letters reach their publisher. */
export function newsletterFindings(site: Site | undefined, { mail }: Environment): Finding[] {
  if (!site || !mail.smtp) return [];
  return [
    site.owner.postalAddress
      ? well('Newsletter', 'Has the postal address of its publisher.')
      : advice(
          'Newsletter',
          'Would be sent without a postal address, which the law asks for in the United States (CAN-SPAM) and elsewhere.',
          'owner: { postalAddress: "12 Some Street, Some Town, NY 10001" } in show.yaml, and npm run build',
        ),
  ];
}

/** The address of a mail's sender: `Name <a@b.example>` or `a@b.example`. */
export const senderDomain = (from: string) => /@([^\s@>]+)>?\s*$/.exec(from)?.[1]?.toLowerCase();

/** An address as it is typed, without the slash at its end. */
const bare = (href: string) => href.replace(/\/$/, '');

const isWritable = (folder: string) =>
  access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );

async function nearestFolder(path: string): Promise<string> {
  const there = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return there || dirname(path) === path ? path : nearestFolder(dirname(path));
}

async function freeBytesOf(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

/** Whether anybody reads what comes back. */
export function bounceFindings(
  { bounces: { address, hookSecret }, mail: { smtp } }: Pick<Environment, 'bounces' | 'mail'>,
  mailbox: Awaited<ReturnType<typeof inspectReportMailbox>>,
): Finding[] {
  if (mailbox?.kind === 'read')
    return [well('Bounces', `${address} is read: ${mailbox.folder} has ${counted(mailbox.mails, 'mail')}.`)];
  if (mailbox)
    return [
      wrong(
        'Bounces',
        `The mailbox of ${address} cannot be read: ${mailbox.message}.`,
        'Look at BOUNCE_IMAP_URL=imaps://user:password@host/INBOX; special characters as %40',
      ),
    ];
  if (hookSecret !== undefined) return [well('Bounces', 'A relay may report them, signed with BOUNCE_HOOK_SECRET.')];
  return smtp
    ? [
        advice(
          'Bounces',
          'Nobody reads what comes back later: dead addresses are mailed again and again, which costs your reputation.',
          'BOUNCE_ADDRESS and BOUNCE_IMAP_URL, or BOUNCE_HOOK_SECRET: src/server/bounces.md',
        ),
      ]
    : [];
}
