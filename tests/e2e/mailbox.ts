import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { expect } from 'vitest';

/** A mail as its recipient reads it. */
export interface ReceivedMail {
  to: string;
  subject: string;
  text: string;
  /** Where the links in its text lead, in order. */
  links: string[];
  /** Of `List-Unsubscribe` (RFC 2369). */
  unsubscribe: string | undefined;
}

/** Every mail in a folder of the server. */
export async function mailsIn(folder: string): Promise<ReceivedMail[]> {
  const files = await readdir(folder).catch(() => []);
  return Promise.all(files.filter((file) => file.endsWith('.eml')).map((file) => read(join(folder, file))));
}

/** Waits for the mail to an address whose subject has a word in it. */
export async function mailTo(folder: string, address: string, subject: RegExp): Promise<ReceivedMail> {
  const found = async () => (await mailsIn(folder)).filter((mail) => mail.to === address && subject.test(mail.subject));
  await expect.poll(async () => (await found()).length, { timeout: 20_000 }).toBe(1);
  const [mail] = await found();
  return mail!;
}

/** The link of a mail to one of the site's pages, `/confirm/`. */
export function linkIn({ links }: ReceivedMail, path: string): string {
  const link = links.find((each) => new URL(each).pathname === path);
  if (!link) throw new Error(`The mail has no link to ${path}, but to ${links.join(', ')}`);
  return link;
}

async function read(file: string): Promise<ReceivedMail> {
  const { to, subject = '', text = '', headerLines } = await simpleParser(await readFile(file));
  const list = headerLines.find(({ key }) => key === 'list-unsubscribe')?.line;
  return {
    to: (Array.isArray(to) ? to : to ? [to] : []).map((each) => each.text).join(', '),
    subject,
    text,
    links: text.match(/https?:\/\/[^\s>)]+/g) ?? [],
    unsubscribe: list && /<(https?:[^>]+)>/.exec(list)?.[1],
  };
}
