/** A name, if there is one, and one address: what RFC 5322, section 3.4, calls a mailbox. */
export interface Mailbox {
  name: string;
  address: string;
}

/** The mailbox that an owner wrote, or why it is not one. */
export type ParsedMailbox =
  { kind: 'mailbox'; mailbox: Mailbox } | { kind: 'several' | 'group'; first: Mailbox } | { kind: 'none' };

/**
 * Reads `hello@example.com`, `<hello@example.com>` or `The D-Files <hello@example.com>`. A name may have signs in it that
 * it would have to be quoted for, as the colon of `Fog: The Series <hello@example.com>`.
 */
export function parseMailbox(written: string): ParsedMailbox {
  const text = written.trim();
  // What stands in quotes is a name, whatever is in it.
  const bare = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, (quoted) => 'x'.repeat(quoted.length));
  const [first, ...more] = bare.matchAll(addresses);
  if (!first || /\p{Cc}/u.test(text)) return { kind: 'none' };
  const mailbox = { name: nameIn(text.slice(0, first.index)), address: first[0] };
  if (bare.endsWith(';')) return { kind: 'group', first: { ...mailbox, name: mailbox.name.replace(/^.*:\s*/, '') } };
  if (more.length > 0) return { kind: 'several', first: mailbox };
  const [before, after] = [bare.slice(0, first.index), bare.slice(first.index + first[0].length)];
  const isAlone = before === '' && after === '';
  return isAlone || (/^[^<>]*<$/.test(before) && after === '>') ? { kind: 'mailbox', mailbox } : { kind: 'none' };
}

/** An addr-spec of atoms (RFC 5322, section 3.4.1), in any alphabet. */
const addresses = /[^\s"(),:;<>@[\\\]]+@[^\s"(),:;<>@[\\\]]+/g;

function nameIn(before: string): string {
  const name = before.replace(/<$/, '').trim();
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(name)?.[1];
  return (quoted?.replaceAll(/\\(.)/g, '$1') ?? name).trim();
}

/** A mailbox as a header has it. */
export function mailboxText({ name, address }: Mailbox): string {
  return name === '' ? address : `${phrase(name)} <${address}>`;
}

/** A quoted string where the words need it (RFC 5322, section 3.2.5). */
export function phrase(text: string): string {
  return /^[\w !#$%&'*+/=?^`{|}~-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
}
