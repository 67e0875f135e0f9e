import { createTransport } from 'nodemailer';
import { MailRefused, type Mailer } from '#capture/mail/mailer.ts';
import { addressIn } from '#capture/mail/sender.ts';
import { longestAddress } from '#site/form-fields.ts';

export interface SmtpOptions {
  /** `smtps://user:password@host`, or `smtp://` for STARTTLS. User and password are percent-encoded. */
  url: URL;
  /** The name that this server greets with: the site's. */
  name: string;
  /** Signs each mail, if it is there: an RSA key as PEM, and where its public half is (RFC 6376). */
  dkim?: { domain: string; selector: string; privateKey: string } | undefined;
  /** In milliseconds: to connect and be greeted, of silence, and for one mail in all. */
  timeouts?: { connect: number; silence: number; mail: number };
  /** How many mails may be on their way at once. */
  connections?: number;
}

export const smtpTimeouts = { connect: 20_000, silence: 60_000, mail: 120_000 };

/**
 * Of these, those that a mail has; a button that unsubscribes by one click needs the two of that (RFC 8058, section 4), and a
 * receiver who sends complaints the last two (RFC 9477, section 3.1).
 */
const signedHeaders =
  'From:Reply-To:To:Subject:Date:Message-ID:MIME-Version:Content-Type:Auto-Submitted:List-Id:List-Unsubscribe:List-Unsubscribe-Post:List-Archive:CFBL-Address:CFBL-Feedback-ID';

/**
 * Sends by SMTP. TLS is always used, and the server's certificate checked, but on the way to this machine itself, where
 * a local relay has none that could be.
 */
export function smtpMailer({ url, name, dkim, timeouts = smtpTimeouts, connections = 5 }: SmtpOptions): Mailer {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'smtps:';
  const local = isLoopback(host);
  const transport = createTransport({
    pool: true,
    host,
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && !local,
    ignoreTLS: local,
    name,
    ...(url.username
      ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
      : {}),
    maxConnections: connections,
    // Once more at once, when the server has closed an idle connection before it took anything.
    maxRequeues: 1,
    idleTimeout: 30_000,
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.connect,
    dnsTimeout: timeouts.connect,
    socketTimeout: timeouts.silence,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim && {
      dkim: {
        domainName: dkim.domain,
        keySelector: dkim.selector,
        privateKey: dkim.privateKey,
        headerFieldNames: signedHeaders,
      },
    }),
  });
  // What goes wrong with a connection that carries nothing concerns nobody: the next mail opens another.
  transport.on('error', () => {});

  return {
    async send(mail) {
      const to = singleAddress(mail.to);
      try {
        await transport.sendMail({
          envelope: { from: mail.returnPath ?? addressIn(mail.from), to: [to] },
          messageId: mail.messageId,
          from: mail.from,
          ...(mail.replyTo === undefined ? {} : { replyTo: mail.replyTo }),
          to: { name: '', address: to },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          headers: mail.headers,
          signal: AbortSignal.timeout(timeouts.mail),
        });
      } catch (error) {
        throw refusal(error);
      }
    },
    async check() {
      try {
        await transport.verify();
      } catch (error) {
        throw refusal(error);
      }
    },
    async close() {
      transport.close();
    },
  };
}

/**
 * Only what the server said for good of this recipient or this message is final. A password or sender that it does not
 * take is the owner's to fix, and a connection that ended proves nothing, even after the message was sent: the mail is
 * repeated then, with the same Message-ID.
 */
function refusal(error: unknown): MailRefused {
  if (!(error instanceof Error)) return new MailRefused('The mail could not be sent.', false);
  const { command, permanent, response } = error as Error &
    Partial<Record<'command' | 'permanent' | 'response', unknown>>;
  const isOfThis = command === 'RCPT TO' || command === 'DATA';
  return new MailRefused(
    error.message,
    permanent === true && isOfThis,
    isOfThis && typeof response === 'string' ? response : undefined,
  );
}

/** An addr-spec without anything that could make two of it (RFC 5321, section 4.1.2). */
function singleAddress(address: string): string {
  if (address.length <= longestAddress && /^[^\s"(),:;<>@[\\\]\p{Cc}]+@[^\s"(),:;<>@[\\\]\p{Cc}]+$/u.test(address))
    return address;
  throw new MailRefused('The recipient is not one plain address.', true);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}
