import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '#capture/environment.ts';

/**
 * The sender of a mail's envelope (VERP): the owner's address for what comes back, with a tag that names the mail and is
 * signed, so that a report needs to hold no address of a reader to be believed. `address` is `bounces@example.com`.
 *
 * A mail server may write the local part small, and 64 bytes are all it has (RFC 5321, section 4.5.3.1.1): so the tag has
 * digits and small letters alone, and half of a signature, which nobody guesses by mails either.
 */
export function returnPath(mailId: string, address: string, secrets: readonly Secret[]): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${returnTag(mailId, secrets)}${address.slice(at)}`;
}

/** The tag in it. */
export function returnTag(mailId: string, secrets: readonly Secret[]): string {
  const [signing] = secrets;
  if (!signing) throw new Error('There is no secret to sign return paths with.');
  return inLetters(Buffer.from(mailId.replaceAll('-', ''), 'hex'), idLetters) + signature(mailId, signing);
}

/** The id of the mail that a tag names, where one of the secrets signed it. */
export function mailOfTag(tag: string, secrets: readonly Secret[]): string | undefined {
  const [, id = '', signed = ''] = shape.exec(tag.toLowerCase()) ?? [];
  if (id === '') return undefined;
  const mailId = idFrom(id);
  const given = Buffer.from(signed);
  return secrets.some((secret) => timingSafeEqual(Buffer.from(signature(mailId, secret)), given)) ? mailId : undefined;
}

/** The tags in addresses of the owner's mailbox for what comes back. */
export function tagsIn(text: string, address: string): string[] {
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)].map((part) =>
    part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`),
  );
  const tagged = new RegExp(`(?<![\\w.+-])${local}\\+([\\da-v]{${longest}})@${domain}(?![\\w.-])`, 'gi');
  return [...text.slice(0, longestText).matchAll(tagged)].map(([, tag = '']) => tag);
}

/** How many letters of five bits each part takes: 128 bits of an id, 80 of a signature. */
const [idLetters, signatureLetters] = [26, 16];
const longest = idLetters + signatureLetters;
const shape = new RegExp(`^([\\da-v]{${idLetters}})([\\da-v]{${signatureLetters}})$`);
/** Headers are short; what is longer holds nothing that is looked for. */
const longestText = 10_000;

function signature(mailId: string, { key }: Secret): string {
  const digest = createHmac('sha256', key).update(`return path|${mailId}`).digest();
  return inLetters(digest.subarray(0, 10), signatureLetters);
}

/** Digits to the base of 32. */
const inLetters = (bytes: Uint8Array, letters: number): string =>
  BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
    .toString(32)
    .padStart(letters, '0');

function idFrom(letters: string): string {
  let number = 0n;
  for (const letter of letters) number = number * 32n + BigInt(Number.parseInt(letter, 32));
  const hex = (number & ((1n << 128n) - 1n)).toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
