import { ImapFlow } from 'imapflow';
import { MailboxUnavailable, type ReportMailbox } from '#capture/bounces/mailbox.ts';

export interface ImapOptions {
  /** `imaps://user:password@host/INBOX`, or `imap://` for STARTTLS. User, password and folder are percent-encoded. */
  url: URL;
  /** In milliseconds: to connect, and of silence. */
  timeouts?: { connect: number; silence: number };
}

/** How much of a mail is read: a report comes before the mail that it brings back. */
const longestReport = 256 * 1024;
/** How many are read at once, so that others that come meanwhile wait for nothing long. */
const atOnce = 200;
/** Where those are put that are done with, beside the folder. */
const doneFolder = 'Handled';

/**
 * Reads a mailbox by IMAP (RFC 9051 and before). TLS is always used, but on the way to this machine itself. It is read from the
 * beginning once in a process, and then only what is new.
 */
export function imapMailbox({ url, timeouts = { connect: 20_000, silence: 60_000 } }: ImapOptions): ReportMailbox {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'imaps:';
  const local = host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
  const folder = decodeURIComponent(url.pathname.slice(1)) || 'INBOX';
  /** The last one that was looked at, of the folder as it is numbered now (RFC 9051, section 2.3.1.1). */
  let seen = { validity: 0n, uid: 0 };

  const connected = async <Result>(work: (client: ImapFlow) => Promise<Result>): Promise<Result> => {
    const client = new ImapFlow({
      ...{ host, port: url.port ? Number(url.port) : secure ? 993 : 143, secure },
      ...(!secure && { doSTARTTLS: !local }),
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
      ...{ logger: false, disableAutoIdle: true },
      ...{ connectionTimeout: timeouts.connect, greetingTimeout: timeouts.connect, socketTimeout: timeouts.silence },
    });
    // It is thrown where it is waited for.
    client.on('error', () => {});
    try {
      await client.connect();
      return await work(client);
    } catch (error) {
      throw unavailable(error);
    } finally {
      await client.logout().catch(() => {});
      client.close();
    }
  };

  return {
    readNew: (take) =>
      connected(async (client) => {
        const { uidValidity } = await client.mailboxOpen(folder);
        if (uidValidity !== seen.validity) seen = { validity: uidValidity, uid: 0 };
        let done = 0;
        for (;;) {
          const found = await client.search({ uid: `${seen.uid + 1}:*` }, { uid: true });
          // A range that begins behind the last mail has that one (RFC 9051, section 9).
          const uids = (found || []).filter((uid) => uid > seen.uid).toSorted((one, other) => one - other);
          if (uids.length === 0) return done;
          for (const uid of uids.slice(0, atOnce)) {
            const mail = await client.fetchOne(
              `${uid}`,
              { source: { start: 0, maxLength: longestReport } },
              { uid: true },
            );
            if (mail && mail.source && (await take(mail.source))) {
              await putAway(client, uid);
              done += 1;
            }
            seen.uid = uid;
          }
        }
      }),
    check: () =>
      connected(async (client) => {
        const { exists } = await client.mailboxOpen(folder, { readOnly: true });
        return { folder, mails: exists };
      }),
  };

  async function putAway(client: ImapFlow, uid: number): Promise<void> {
    const { delimiter = '/' } = client.mailbox || {};
    const beside = folder.toUpperCase() === 'INBOX' ? doneFolder : `${folder}${delimiter}${doneFolder}`;
    // It is there already, or is made under the prefix that the server wants.
    const made = await client.mailboxCreate(beside).catch(() => undefined);
    await client.messageFlagsAdd(`${uid}`, [String.raw`\Seen`], { uid: true });
    await client.messageMove(`${uid}`, made?.path ?? beside, { uid: true });
  }
}

function unavailable(error: unknown): MailboxUnavailable {
  const {
    message = String(error),
    responseText,
    authenticationFailed,
  } = error as Error & {
    responseText?: string;
    authenticationFailed?: boolean;
  };
  const said = responseText ?? message;
  return new MailboxUnavailable(authenticationFailed ? `it lets nobody in: ${said}` : said, { cause: error });
}
