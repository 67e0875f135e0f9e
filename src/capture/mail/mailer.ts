/** A mail as it is sent: one recipient, both bodies. */
export interface Mail {
  /** What it is, for logs and file names: the payload's `mail`. */
  kind: string;
  /** Fixed when the mail was queued, so that a repeat is recognised: `<id@host>`. */
  messageId: string;
  from: string;
  /** The sender of the envelope, to which what comes back is returned; without it that is `from`. */
  returnPath?: string | undefined;
  replyTo?: string | undefined;
  /** A single addr-spec. */
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

/** Sends mails. `send` resolves when the mail was taken over, and throws `MailRefused` when it was not. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  /** Whether mail could be sent now, for the doctor. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** A mail was not taken: for now (4xx, no connection), or for good (5xx; RFC 5321, section 4.2.1). */
export class MailRefused extends Error {
  override name = 'MailRefused';
  readonly permanent: boolean;
  /** What the server replied of the recipient or the message; undefined where it said nothing of them. */
  readonly reply: string | undefined;
  constructor(message: string, permanent: boolean, reply?: string) {
    super(message);
    this.permanent = permanent;
    this.reply = reply;
  }
}
