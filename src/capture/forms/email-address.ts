import { domainToASCII } from 'node:url';
import { distance } from 'fastest-levenshtein';
import { longestAddress } from '#site/form-fields.ts';
import { composed } from './composed-text.ts';

/** One address that mail can go to. */
export interface EmailAddress {
  /**
   * As the person wrote it, its domain in ASCII (RFC 5890) where it was not: a single addr-spec. So a domain that looks
   * like another one (UTS 39) can be told from it wherever the address is shown.
   */
  address: string;
  /** Two addresses with the same are one. Providers treat dots and plus tags as they like: those stay. */
  norm: string;
  /** Two addresses with the same reach one person, as providers treat dots and tags. */
  mailbox: string;
  /** The address with the well-known domain that its own may be a slip of: to be offered, as it may be right. */
  likely?: string | undefined;
}

export type ParsedAddress = { kind: 'address'; address: EmailAddress } | { kind: 'refused'; message: string };

/** One address in what a reader typed, or what is wrong with it and how to fix that. */
export function parseAddress(typed: string | undefined): ParsedAddress {
  const whole = composed(typed, longestAddress);
  if (whole === undefined) return { kind: 'refused', message: tooLong };
  const written = withoutTraces(whole);
  const message = fault(written);
  if (message !== undefined) return { kind: 'refused', message };
  const at = written.lastIndexOf('@');
  const [local, domain] = [written.slice(0, at), written.slice(at + 1)];
  const ascii = domainToASCII(domain);
  const likely = likelyDomain(ascii.toLowerCase());
  const norm = `${local.toLowerCase().normalize('NFC')}@${ascii.toLowerCase()}`;
  return {
    kind: 'address',
    address: {
      address: `${local}@${/^[\x20-\x7e]*$/.test(domain) ? domain : ascii}`,
      norm,
      mailbox: mailboxOf(norm),
      likely: likely && `${local}@${likely}`,
    },
  };
}

/**
 * The address without what keyboards, copying and contact lists leave in it: signs that nobody sees (Unicode's category
 * Cf: joiners, marks of direction, soft hyphens), and the full-width forms and dots of East Asian keyboards.
 */
function withoutTraces(written: string): string {
  return written
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xff01 + 0x21))
    .replaceAll(/[\u3002\uff61]/g, '.')
    .trim();
}

/**
 * The mailbox that an address leads to, as far as it can be known: what stands behind a plus is the reader's own at every
 * large provider, and Gmail passes over dots (support.google.com/mail/answer/7436150).
 */
function mailboxOf(norm: string): string {
  const at = norm.lastIndexOf('@');
  const [domain, local] = [norm.slice(at + 1), norm.slice(0, at).replace(/(?<=.)\+.*$/, '')];
  if (!['gmail.com', 'googlemail.com'].includes(domain)) return `${local}@${domain}`;
  return `${local.replaceAll('.', '')}@gmail.com`;
}

/** An address of which only the first letter and the domain are shown; its length is not shown. */
export function maskedAddress(address: string): string {
  const [first = ''] = address;
  return `${first}•••${address.slice(address.lastIndexOf('@'))}`;
}

/** RFC 5321, section 4.5.3.1.1; the whole has at most `longestAddress`. */
const longestLocal = 64;
const longestLabel = 63;

const tooLong = `The address is longer than ${longestAddress} characters. Look for a slip, or write another one.`;
const example = 'such as anna@example.com';

/** The first thing that keeps `written` from being an address, in words for its writer. */
function fault(written: string): string | undefined {
  if (written === '') return `Write your e-mail address, ${example}.`;
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(written))
    return `The address holds a line break or another invisible character. Type it by hand, ${example}.`;
  if (/[<>]/.test(written)) return `Leave out the name and the angle brackets: only the address, ${example}.`;
  if (/["\\]/.test(written))
    return `An address with quotation marks or backslashes cannot be used here. Write another one.`;
  if (/[()]/.test(written)) return `Leave out the brackets and what is in them: only the address, ${example}.`;
  if (/[,;]/.test(written)) return `Write one address only, without a comma or semicolon.`;
  if (/\s/.test(written)) return `Leave out the spaces, ${example}.`;
  const [local = '', domain, ...more] = written.split('@');
  if (domain === undefined) return `The address has no @. Write it whole, ${example}.`;
  if (more.length > 0) return `Write one address only: this has more than one @.`;
  return localFault(local) ?? domainFault(local, domain);
}

function localFault(local: string): string | undefined {
  if (local === '') return `Something has to stand before the @, ${example}.`;
  if (Buffer.byteLength(local) > longestLocal)
    return `What stands before the @ is longer than ${longestLocal} characters. Look for a slip, or write another address.`;
  if (local.includes('..')) return `There are two dots in a row before the @. Take one out.`;
  if (local.startsWith('.') || local.endsWith('.')) return `What stands before the @ cannot begin or end with a dot.`;
  // An atom of RFC 5322, section 3.2.3, with the letters of all languages (RFC 6532, section 3.2).
  const [stray] = local.match(/[^\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]/u) ?? [];
  return stray && `“${stray}” cannot stand before the @ of an address. Take it out.`;
}

function domainFault(local: string, domain: string): string | undefined {
  if (domain === '') return `Something has to stand after the @, ${example}.`;
  if (/^\[.*\]$|^[\d.]+$|:/.test(domain)) return `Write the name of a domain after the @, not its number, ${example}.`;
  if (domain.includes('..')) return `There are two dots in a row after the @. Take one out.`;
  if (domain.startsWith('.') || domain.endsWith('.')) return `What stands after the @ cannot begin or end with a dot.`;
  if (!domain.includes('.')) {
    const likely =
      likelyDomain(`${domain.toLowerCase()}.com`, 1) ??
      known.find((name) => name.startsWith(`${domain.toLowerCase()}.`));
    return likely
      ? `The part after the @ has no ending. Did you mean ${local}@${likely}?`
      : `The part after the @ has no ending such as .com. Write the address whole, ${example}.`;
  }
  const [stray] = domain.match(/[^\p{L}\p{M}\p{N}.-]/u) ?? [];
  if (stray) return `“${stray}” cannot stand after the @ of an address. Take it out.`;
  const ascii = domainToASCII(domain);
  const labels = ascii.split('.');
  const isName = labels.every((label) => label.length <= longestLabel && /^[a-z\d]([a-z\d-]*[a-z\d])?$/i.test(label));
  if (!isName || /^\d+$/.test(labels.at(-1) ?? ''))
    return `There is no domain “${domain}”. Look for a slip after the @, ${example}.`;
  if (Buffer.byteLength(local) + 1 + ascii.length > longestAddress) return tooLong;
  return undefined;
}

/** The domain of many people that this one is a slip of: two letters of its name at most, or its ending. */
function likelyDomain(domain: string, slips = 2): string | undefined {
  if (known.includes(domain)) return undefined;
  const [name = '', ending] = split(domain);
  return known.find((right) => {
    const [rightName = '', rightEnding = ''] = split(right);
    const isEnding = ending === rightEnding || (rightEnding === 'com' && endingsMistyped.includes(ending ?? ''));
    // Short names are near to each other without being slips, and nobody mistypes the first letter unseen.
    const isName =
      name === rightName || (rightName.length >= 5 && name[0] === rightName[0] && distance(name, rightName) <= slips);
    return isEnding && isName;
  });
}

function split(domain: string): string[] {
  const dot = domain.indexOf('.');
  return [domain.slice(0, dot), domain.slice(dot + 1)];
}

/** Where many people have their mail, the most first. */
const known = [
  ...[
    'gmail.com',
    'yahoo.com',
    'hotmail.com',
    'outlook.com',
    'icloud.com',
    'googlemail.com',
    'proton.me',
    'protonmail.com',
  ],
  ...['live.com', 'msn.com', 'aol.com', 'mail.com', 'email.com', 'ymail.com', 'gmx.com', 'gmx.de', 'gmx.net', 'web.de'],
  ...[
    't-online.de',
    'freenet.de',
    'orange.fr',
    'laposte.net',
    'libero.it',
    'comcast.net',
    'verizon.net',
    'fastmail.com',
  ],
  ...[
    'yahoo.co.uk',
    'hotmail.co.uk',
    'btinternet.com',
    'yahoo.co.jp',
    'yahoo.ca',
    'rocketmail.com',
    'zoho.com',
    'hey.com',
  ],
];

const endingsMistyped = [
  'con',
  'cmo',
  'ocm',
  'co',
  'cm',
  'om',
  'comm',
  'coom',
  'vom',
  'xom',
  'cpm',
  'cim',
  'ccom',
  'comn',
];
