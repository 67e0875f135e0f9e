import { createHash, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import { deskRoles, type DeskRole } from '#site/desk.ts';
import { mailboxText, parseMailbox } from '#site/mailbox.ts';
import { siteAddressProblem } from '#site/site-address.ts';

/** All that the server and the owner's commands take from the environment, checked. */
export interface Environment {
  /** The address of the site, with a slash at its end: the only one that mails name. */
  site: URL;
  /** Served to the world: `SITE_URL` is https, or `NODE_ENV` is production. */
  production: boolean;
  host: string;
  port: number;
  /** The folder that `npm run build` made. */
  built: string;
  /** The folder of all that the server keeps. */
  kept: string;
  database: { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string };
  mail: {
    /** One mailbox, quoted as a header has it: an address, or a name and an address: `The D-Files <hello@example.com>`. */
    from: string;
    replyTo: string | undefined;
    perSecond: number;
    /** Without it each mail becomes a file in `folder`: in production only where the owner named one. */
    smtp: URL | undefined;
    folder: string;
    /** What mails are signed with here; without it only the mail provider signs them. */
    dkim: DkimKey | undefined;
  };
  /** What comes back, and who says so. */
  bounces: {
    /** A mailbox of the owner's that takes mail with a tag behind a plus; without it nothing is read. */
    address: string | undefined;
    /** Where its mails are read, by IMAP. */
    imap: URL | undefined;
    /** What signs the reports of a provider: `whsec_` and Base64; without it none is taken. */
    hookSecret: string | undefined;
  };
  /** Undefined in development without `SECRET`: then one is made and kept. The first one signs, all verify. */
  secrets: Secret[] | undefined;
  webhook: { url: URL; secret: string; allowedHosts: string[] } | undefined;
  /** Where numbers of the server can be asked for, which is none of readers; undefined where nobody asks. */
  metrics: { host: string; port: number } | undefined;
  /** How many proxies of the owner stand before the server. */
  trustedProxies: number;
  /** How many connections one IPv4 address, or one /64 of IPv6, may hold at once. */
  connectionsPerAddress: number;
  /** Host names, with a port where it is not the scheme's own, that the server answers to. */
  hosts: string[];
  limits: {
    /** Forms in ten minutes from one network (/24, /48). */
    perNetwork: number;
    /** Mails in an hour to addresses that nobody confirmed; the others are sent later. */
    perHour: number;
  };
  /** Who may use the desk; without any there is none. */
  owners: DeskOwner[];
  /** Within which time the owners mean to answer a lead, in milliseconds. */
  answerWithin: number;
  /** A file, or a folder of files, that each backup writes: how old the newest is, is said at the desk. */
  backup: string | undefined;
}

/** Somebody who may use the desk. */
export interface DeskOwner {
  /** As it is written in `OWNERS`. */
  email: string;
  role: DeskRole;
  /** The slug of their page among the people of the series, if they have one: under its name they reply. */
  person: string | undefined;
}

/** A key that signs, and the name that says which one did. */
export interface Secret {
  id: string;
  key: string;
}

/** A key that signs mails (RFC 6376), whose public half is at `<selector>._domainkey.<domain>`. */
export interface DkimKey {
  domain: string;
  selector: string;
  /** An RSA key as PEM. */
  privateKey: string;
}

/** A variable that is wrong: what is wrong with it, and a line that fixes it. */
export interface EnvironmentProblem {
  variable: string;
  what: string;
  fix: string;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the environment. `builtFor` is the address that the site was built for, which serves where `SITE_URL` is unset. */
export function readEnvironment(
  variables: Variables,
  builtFor?: string,
): { environment: Environment; problems: EnvironmentProblem[] } {
  const problems: EnvironmentProblem[] = [];
  const wrong = (variable: string, what: string, fix: string) => void problems.push({ variable, what, fix });
  const text = (name: string) => variables[name]?.trim() || undefined;

  const number = (name: string, fallback: number, least: number, most: number) => {
    const written = text(name);
    if (written === undefined) return fallback;
    const value = Number(written);
    if (/^\d+$/.test(written) && value >= least && value <= most) return value;
    wrong(name, `“${written}” is not a whole number from ${least} to ${most}`, `${name}=${fallback}`);
    return fallback;
  };
  const address = (name: string, schemes: string[], example: string) => {
    const written = text(name);
    if (written === undefined) return undefined;
    const url = URL.canParse(written) ? new URL(written) : undefined;
    if (url && schemes.includes(url.protocol.slice(0, -1))) return url;
    // The value may hold a password: it is not repeated.
    wrong(name, `is not an address that begins with ${schemes.join(':// or ')}://`, `${name}=${example}`);
    return undefined;
  };

  const host = text('HOST') ?? 'localhost';
  const port = number('PORT', 4321, 0, 65_535);
  const local = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const isDefault = builtFor === undefined || /^http:\/\/localhost:4321\/?$/.test(builtFor);
  const named = text('SITE_URL');
  const misnamed = named === undefined ? undefined : siteAddressProblem(named);
  if (misnamed) wrong('SITE_URL', misnamed.what, misnamed.fix);
  const site = new URL('/', (named !== undefined && URL.parse(named)) || (isDefault ? local : builtFor));
  const production = site.protocol === 'https:' || variables['NODE_ENV'] === 'production';

  const kept = resolve(text('VAR_DIR') ?? 'var');
  const database = address('DATABASE_URL', ['postgres', 'postgresql'], 'postgres://user:password@host/d_files');
  const written = [text('SECRET'), ...(text('SECRET_PREVIOUS')?.split(',') ?? [])].flatMap((key) => key?.trim() || []);
  if (production && !text('SECRET'))
    wrong(
      'SECRET',
      'is needed where the site is public: it signs the links in mails',
      `SECRET=$(openssl rand -hex 32)`,
    );
  for (const key of written)
    if (key.length < 32)
      wrong('SECRET', 'is shorter than 32 characters, which can be guessed', 'SECRET=$(openssl rand -hex 32)');

  const webhookUrl = address('WEBHOOK_URL', ['https', 'http'], 'https://crm.example.com/hooks/d-files');
  const webhookSecret = text('WEBHOOK_SECRET');
  if (webhookUrl && !webhookSecret)
    wrong(
      'WEBHOOK_SECRET',
      'is needed to sign what goes to WEBHOOK_URL',
      'WEBHOOK_SECRET=whsec_$(openssl rand -base64 32)',
    );
  if (webhookSecret && !/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(webhookSecret))
    wrong(
      'WEBHOOK_SECRET',
      'is not whsec_ and at least 24 bytes in Base64 (Standard Webhooks)',
      'WEBHOOK_SECRET=whsec_$(openssl rand -base64 32)',
    );

  const smtpExample = 'smtps://user:password@smtp.example.com';
  const smtp = address('SMTP_URL', ['smtp', 'smtps'], smtpExample);
  const built = resolve(text('DIST_DIR') ?? 'dist');
  const mailDir = text('MAIL_DIR');
  const folder = resolve(mailDir ?? join(kept, 'mail'));
  if (production && !text('SMTP_URL') && mailDir === undefined)
    wrong(
      'SMTP_URL',
      'is needed where the site is public: without it no mail leaves this machine',
      `SMTP_URL=${smtpExample}, or MAIL_DIR=var/mail if each mail is meant to be a file there, which nobody is sent`,
    );
  if (text('SMTP_URL') && mailDir !== undefined)
    wrong('MAIL_DIR', 'is set beside SMTP_URL, and a mail goes only one way', 'unset MAIL_DIR, or SMTP_URL');
  if (mailDir !== undefined && !/^\.\.(?:[/\\]|$)/.test(relative(built, folder)))
    wrong('MAIL_DIR', 'lies in the built site, whose files anybody may read', 'MAIL_DIR=var/mail');
  const from = senderIn(text('MAIL_FROM'), smtp !== undefined, wrong);

  const dkim = dkimKeyIn(
    { domain: text('DKIM_DOMAIN'), selector: text('DKIM_SELECTOR'), file: text('DKIM_KEY_FILE') },
    site.hostname,
    wrong,
  );

  const metricsPort = number('METRICS_PORT', 0, 0, 65_535);
  if (metricsPort !== 0 && metricsPort === port)
    wrong('METRICS_PORT', 'is the port of readers, and what it answers is not for them', 'METRICS_PORT=9464');
  const bounces = {
    address: bounceAddressIn(text('BOUNCE_ADDRESS'), site.hostname, wrong),
    imap: address('BOUNCE_IMAP_URL', ['imap', 'imaps'], 'imaps://user:password@imap.example.com/INBOX'),
    hookSecret: text('BOUNCE_HOOK_SECRET'),
  };
  if (bounces.imap && text('BOUNCE_ADDRESS') === undefined)
    wrong(
      'BOUNCE_ADDRESS',
      'is needed beside BOUNCE_IMAP_URL: without it no mail comes back there',
      `BOUNCE_ADDRESS=bounces@${site.hostname}`,
    );
  if (bounces.imap && !bounces.imap.username)
    wrong('BOUNCE_IMAP_URL', 'names no user', 'BOUNCE_IMAP_URL=imaps://user:password@imap.example.com/INBOX');
  if (bounces.hookSecret && !/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(bounces.hookSecret))
    wrong(
      'BOUNCE_HOOK_SECRET',
      'is not whsec_ and at least 24 bytes in Base64 (Standard Webhooks)',
      'BOUNCE_HOOK_SECRET=whsec_$(openssl rand -base64 32)',
    );

  const hours = number('ANSWER_WITHIN', 24, 1, 24 * 365);
  const backup = text('BACKUP');

  return {
    problems,
    environment: {
      site,
      production,
      host,
      port,
      built,
      kept,
      database: database
        ? { kind: 'postgres', url: database.href }
        : { kind: 'sqlite', file: join(kept, 'd-files.db') },
      mail: {
        from: from ?? `hello@${site.hostname}`,
        replyTo: text('MAIL_REPLY_TO'),
        perSecond: number('MAIL_PER_SECOND', 10, 1, 1000),
        smtp,
        folder,
        dkim,
      },
      bounces,
      secrets: written.length > 0 ? written.map(secret) : undefined,
      webhook:
        webhookUrl && webhookSecret
          ? {
              url: webhookUrl,
              secret: webhookSecret,
              allowedHosts: text('WEBHOOK_ALLOWED_HOSTS')?.split(/[\s,]+/) ?? [],
            }
          : undefined,
      metrics: metricsPort === 0 ? undefined : { host: text('METRICS_HOST') ?? '127.0.0.1', port: metricsPort },
      trustedProxies: number('TRUSTED_PROXIES', 0, 0, 10),
      // As many as an office of readers needs with six each, and no more than the server holds of all.
      connectionsPerAddress: number('CONNECTIONS_PER_IP', 512, 1, 4096),
      hosts: [
        site.host,
        ...(text('ALLOWED_HOSTS')
          ?.toLowerCase()
          .split(/[\s,]+/) ?? []),
      ],
      limits: {
        perNetwork: number('FORMS_PER_NETWORK', 30, 1, 1_000_000),
        perHour: number('FORMS_PER_HOUR', 2000, 1, 100_000_000),
      },
      owners: ownersIn(text('OWNERS'), wrong),
      answerWithin: hours * 60 * 60_000,
      backup: backup === undefined ? undefined : resolve(backup),
    },
  };
}

/** The sender that `MAIL_FROM` names: one mailbox, since replies, SPF and DMARC know only one. */
function senderIn(
  written: string | undefined,
  isNeeded: boolean,
  wrong: (variable: string, what: string, fix: string) => void,
): string | undefined {
  const example = 'MAIL_FROM="The D-Files <hello@your.site>"';
  if (written === undefined) {
    if (isNeeded) wrong('MAIL_FROM', 'is needed where mail is sent: a sender of your domain', example);
    return undefined;
  }
  const parsed = parseMailbox(written);
  if (parsed.kind === 'mailbox') return mailboxText(parsed.mailbox);
  if (parsed.kind === 'none')
    wrong('MAIL_FROM', `“${written}” is not one address, with or without a name before it`, example);
  else
    wrong(
      'MAIL_FROM',
      `“${written}” is ${parsed.kind === 'group' ? 'a group' : 'several addresses'}, and a mail has one sender`,
      `MAIL_FROM=${inShell(mailboxText(parsed.first))}`,
    );
  return undefined;
}

/** The mailbox that `BOUNCE_ADDRESS` names: one plain address, with room for a tag behind it. */
function bounceAddressIn(
  written: string | undefined,
  hostname: string,
  wrong: (variable: string, what: string, fix: string) => void,
): string | undefined {
  if (written === undefined) return undefined;
  const fix = `BOUNCE_ADDRESS=bounces@${hostname}`;
  const local = written.slice(0, written.lastIndexOf('@'));
  if (!/^[\w.-]+@[a-z\d.-]+\.[a-z\d-]+$/i.test(written))
    wrong('BOUNCE_ADDRESS', `“${written}” is not one plain address without a plus`, fix);
  else if (local.length > longestBounceLocal)
    wrong(
      'BOUNCE_ADDRESS',
      `has more than ${longestBounceLocal} characters before the @: a tag is put behind them`,
      fix,
    );
  else return written;
  return undefined;
}

/** 64 may stand before an @ (RFC 5321, section 4.5.3.1.1), and the tag of a mail takes 43 of them. */
export const longestBounceLocal = 64 - 43;

/**
 * The key that `DKIM_DOMAIN`, `DKIM_SELECTOR` and `DKIM_KEY_FILE` name together. A selector alone signs nothing: it is
 * that of the mail provider, for the doctor.
 */
function dkimKeyIn(
  { domain, selector, file }: Record<'domain' | 'selector' | 'file', string | undefined>,
  hostname: string,
  wrong: (variable: string, what: string, fix: string) => void,
): DkimKey | undefined {
  if (domain === undefined && file === undefined) return undefined;
  const fixes = {
    DKIM_DOMAIN: `DKIM_DOMAIN=${hostname}`,
    DKIM_SELECTOR: 'DKIM_SELECTOR=d-files',
    DKIM_KEY_FILE: 'DKIM_KEY_FILE=/etc/d-files/dkim.pem',
  };
  const given = { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: file };
  for (const variable of ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_KEY_FILE'] as const)
    if (given[variable] === undefined)
      wrong(variable, 'is needed to sign mails here, beside the other two of DKIM', fixes[variable]);
  // Names of a host and of a record below it (RFC 6376, section 3.1).
  const label = String.raw`[a-z\d](?:[a-z\d_-]*[a-z\d])?`;
  const isName = (name: string, least: number) => new RegExp(`^${label}(?:\\.${label}){${least},}$`, 'i').test(name);
  if (domain !== undefined && !isName(domain, 1))
    wrong('DKIM_DOMAIN', `“${domain}” is not the name of a domain`, fixes.DKIM_DOMAIN);
  if (selector !== undefined && !isName(selector, 0))
    wrong('DKIM_SELECTOR', `“${selector}” is not the name of a record below _domainkey`, fixes.DKIM_SELECTOR);
  const privateKey = file === undefined ? undefined : rsaKeyIn(file, wrong);
  return domain !== undefined && isName(domain, 1) && selector !== undefined && isName(selector, 0) && privateKey
    ? { domain, selector, privateKey }
    : undefined;
}

/** The PEM of a private RSA key: with another kind mails would go out without a signature. */
function rsaKeyIn(file: string, wrong: (variable: string, what: string, fix: string) => void): string | undefined {
  const make = `openssl genrsa -out ${inShell(file)} 2048`;
  try {
    const pem = readFileSync(file, 'utf8');
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 1024) return pem;
    wrong('DKIM_KEY_FILE', `${file} is not an RSA key of 1024 bits or more, which receivers ask for`, make);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    // What else the error says may hold some of the key.
    if (/^E[A-Z]+$/.test(code)) wrong('DKIM_KEY_FILE', `${file} cannot be read (${code})`, make);
    else wrong('DKIM_KEY_FILE', `${file} is not a private key as PEM without a password`, make);
  }
  return undefined;
}

/** A value as a shell takes it. */
const inShell = (value: string) =>
  /["$`\\!]/.test(value) ? `'${value.replaceAll("'", String.raw`'\''`)}'` : `"${value}"`;

/**
 * Who may use the desk, as `OWNERS` names them with commas between: an address and a role, and behind a colon the slug of
 * their page: `ann@example.com, gus@example.com host:gus-barnacle, mo@example.com moderator`. An address without a role is
 * an owner's. An entry that is wrong lets nobody in.
 */
function ownersIn(
  written: string | undefined,
  wrong: (variable: string, what: string, fix: string) => void,
): DeskOwner[] {
  const entries = (written ?? '').split(/[,;\n]/).map((entry) => entry.trim());
  const owners: DeskOwner[] = [];
  /** The variable with another entry in the place of this one. */
  const fix = (entry: string, right: string) =>
    `OWNERS="${entries.flatMap((each) => (each === entry ? right : each) || []).join(', ')}"`;
  for (const entry of entries.filter(Boolean)) {
    const [email = '', named, ...more] = entry.split(/\s+/);
    const [role = 'owner', person, ...parts] = (named ?? 'owner').split(':');
    const known = deskRoles.find((each) => each === role);
    if (!/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(email))
      wrong('OWNERS', `has “${entry}”, which does not begin with an address`, fix(entry, 'you@example.com owner'));
    else if (more.length > 0)
      wrong(
        'OWNERS',
        `has “${entry}”: behind an address stands one role, and the next address behind a comma`,
        fix(entry, more.some((each) => each.includes('@')) ? entry.replace(/\s+(?=\S+@)/g, ', ') : `${email} ${named}`),
      );
    else if (!known) {
      const near = closest(role.toLowerCase(), [...deskRoles]) as DeskRole;
      const isNear = distance(role.toLowerCase(), near) <= 3;
      wrong(
        'OWNERS',
        `gives ${email} the role “${role}”, and there are only ${deskRoles.join(', ')}`,
        fix(entry, [email, [isNear ? near : 'moderator', ...(person ? [person] : [])].join(':')].join(' ')),
      );
    } else if (parts.length > 0 || (person !== undefined && !/^[a-z\d]+(?:-[a-z\d]+)*$/.test(person)))
      wrong(
        'OWNERS',
        `has “${named}”: behind the colon stands the slug of a person, as in content/people/<slug>/`,
        fix(entry, `${email} ${known}:${slugLike([person, ...parts].join('-')) || 'gus-barnacle'}`),
      );
    else if (owners.some((owner) => owner.email.toLowerCase() === email.toLowerCase()))
      wrong(
        'OWNERS',
        `names ${email} twice`,
        `OWNERS="${entries.filter((each) => each && each !== entry).join(', ')}"`,
      );
    else owners.push({ email, role: known, person });
  }
  return owners;
}

const slugLike = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** A secret and its name, which gives nothing of it away. */
export function secret(key: string): Secret {
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 8), key };
}
