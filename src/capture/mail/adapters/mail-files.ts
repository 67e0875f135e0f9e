import { randomBytes } from 'node:crypto';
import { access, constants, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mail, Mailer } from '#capture/mail/mailer.ts';

/**
 * Keeps each mail as a file that a mail program opens, and that can be read as it is, links whole: for development.
 * `log` is given the file, and no address.
 */
export function mailFiles({
  folder,
  now,
  log,
}: {
  folder: string;
  now: () => number;
  log: (line: string) => void;
}): Mailer {
  return {
    async send(mail) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const at = new Date(now());
      const id = /^<([\w-]+)@/.exec(mail.messageId)?.[1] ?? randomBytes(8).toString('hex');
      const file = join(folder, `${at.toISOString().replace(/\.\d+/, '').replaceAll(':', '-')}-${mail.kind}-${id}.eml`);
      const draft = `${file}.${randomBytes(4).toString('hex')}.tmp`;
      await writeFile(draft, message(mail, at), { mode: 0o600 });
      await rename(draft, file);
      log(`A mail (${mail.kind}) is in ${file}`);
    },
    async check() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await access(folder, constants.W_OK);
    },
    async close() {},
  };
}

/** Deletes the mails to an address from a folder, if there is one. */
export async function forgetMailFiles(folder: string, address: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const isTo = new RegExp(`^To: ${RegExp.escape(address)}$`, 'im');
  for (const name of names) {
    if (!name.endsWith('.eml')) continue;
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    const [head = ''] = text.split('\n\n', 1);
    if (isTo.test(head)) await rm(join(folder, name), { force: true });
  }
}

/** The mail in UTF-8 throughout (RFC 6532), without the encodings that would break its links over lines. */
function message(mail: Mail, at: Date): string {
  const boundary = `part-${randomBytes(12).toString('hex')}`;
  const headers = {
    From: mail.from,
    ...(mail.replyTo === undefined ? {} : { 'Reply-To': mail.replyTo }),
    To: mail.to,
    Subject: mail.subject,
    'Message-ID': mail.messageId,
    Date: at.toUTCString().replace('GMT', '+0000'),
    ...mail.headers,
    'MIME-Version': '1.0',
    'Content-Type': `multipart/alternative; boundary="${boundary}"`,
  };
  const part = (type: string, body: string) =>
    `--${boundary}\nContent-Type: ${type}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n${body}\n`;
  return [
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}\n`),
    '\n',
    part('text/plain', mail.text),
    part('text/html', mail.html),
    `--${boundary}--\n`,
  ].join('');
}
