/** Reports in the forms in which large receivers and mail servers send them, of a mail from an example address to another. */

export interface Returned {
  /** Where the report goes: the sender of the mail's envelope. */
  returnPath: string;
  /** To whom the mail was sent. */
  recipient: string;
  /** What names the mail in its own head (RFC 9477). */
  tag: string;
}

const crlf = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n`;

const original = ({ returnPath, recipient, tag }: Returned) => [
  `Return-Path: <${returnPath}>`,
  'From: The D-Files <hello@files.example>',
  `To: ${recipient}`,
  'Subject: A new episode',
  'Message-ID: <0193b9a0-0000-7000-8000-000000000001@files.example>',
  `CFBL-Feedback-ID: ${tag}`,
];

interface Shape {
  from: string;
  head?: string[];
  to?: string;
  words: string[];
  perMessage: string[];
  perRecipient: string[];
  /** How the mail is brought back. */
  back?: 'message/rfc822' | 'text/rfc822-headers';
  statusType?: string;
}

function dsn(of: Returned, { from, head = [], to, words, perMessage, perRecipient, back, statusType }: Shape): string {
  return crlf([
    'Return-Path: <>',
    `From: ${from}`,
    `To: ${to ?? of.returnPath}`,
    'Subject: Undelivered mail',
    'Date: Thu, 15 Jan 2026 09:00:10 +0000',
    ...head,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="=_report"',
    '',
    'This is a MIME-encapsulated message.',
    '--=_report',
    'Content-Type: text/plain; charset=utf-8',
    '',
    ...words,
    '',
    '--=_report',
    `Content-Type: ${statusType ?? 'message/delivery-status'}`,
    '',
    ...perMessage,
    '',
    ...perRecipient,
    '',
    '--=_report',
    `Content-Type: ${back ?? 'message/rfc822'}`,
    '',
    ...original(of),
    '',
    ...(back === 'text/rfc822-headers' ? [] : ['Hello.', '']),
    '--=_report--',
  ]);
}

/** Each says for good that the mailbox is none. */
export const hardBounces: Record<string, (of: Returned) => string> = {
  Gmail: (of) =>
    dsn(of, {
      from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
      head: ['Auto-Submitted: auto-replied', `X-Failed-Recipients: ${of.recipient}`],
      words: ['** Address not found **', `Your message wasn't delivered to ${of.recipient}.`],
      perMessage: ['Reporting-MTA: dns; googlemail.com', 'Arrival-Date: Thu, 15 Jan 2026 01:00:00 -0800 (PST)'],
      perRecipient: [
        `Final-Recipient: rfc822; ${of.recipient}`,
        'Action: failed',
        'Status: 5.1.1',
        'Remote-MTA: dns; mx.inbox.example. (192.0.2.26, the server for the domain.)',
        'Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.',
        ' 550 5.1.1 Please try double-checking the address. - gsmtp',
        'Last-Attempt-Date: Thu, 15 Jan 2026 01:00:01 -0800 (PST)',
      ],
    }),
  'Exchange Online, which calls an unknown address 5.1.10': (of) =>
    dsn(of, {
      from: 'postmaster@outlook.example',
      head: ['Content-Language: en-US', 'X-MS-Exchange-Message-Is-Ndr:'],
      words: ["Your message couldn't be delivered. The recipient wasn't found."],
      perMessage: ['Reporting-MTA: dns;AM0PR00.prod.outlook.example', 'Received-From-MTA: dns;mail.files.example'],
      perRecipient: [
        `Original-Recipient: rfc822;${of.recipient}`,
        `Final-Recipient: rfc822;${of.recipient}`,
        'Action: failed',
        'Status: 5.1.10',
        'Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
      ],
    }),
  'Exchange Online, which shuts out unknown addresses at its edge with 5.4.1': (of) =>
    dsn(of, {
      from: 'postmaster@relay.example',
      words: ['The mail was not delivered.'],
      perMessage: ['Reporting-MTA: dns; relay.example'],
      perRecipient: [
        `Final-Recipient: rfc822; ${of.recipient}`,
        'Action: failed',
        'Status: 5.4.1',
        'Diagnostic-Code: smtp; 550 5.4.1 Recipient address rejected: Access denied. [AM5EUR02FT0.eop]',
      ],
    }),
  'Outlook.com, which says 5.5.0': (of) =>
    dsn(of, {
      from: 'MAILER-DAEMON@relay.example (Mail Delivery System)',
      words: ['I could not deliver it.'],
      perMessage: ['Reporting-MTA: dns; relay.example'],
      perRecipient: [
        `Final-Recipient: rfc822; ${of.recipient}`,
        'Action: failed',
        'Status: 5.5.0',
        'Remote-MTA: dns; mx.hot.example',
        'Diagnostic-Code: smtp; 550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).',
      ],
    }),
  Postfix: (of) =>
    dsn(of, {
      from: 'MAILER-DAEMON@relay.example (Mail Delivery System)',
      head: ['Auto-Submitted: auto-replied'],
      words: ['This is the mail system at host relay.example.', '', 'I am sorry to have to inform you.'],
      perMessage: [
        'Reporting-MTA: dns; relay.example',
        'X-Postfix-Queue-ID: 4fB3cD1234z',
        `X-Postfix-Sender: rfc822; ${of.returnPath}`,
      ],
      perRecipient: [
        `Final-Recipient: rfc822; ${of.recipient}`,
        `Original-Recipient: rfc822;${of.recipient}`,
        'Action: failed',
        'Status: 5.1.1',
        'Remote-MTA: dns; mx.inbox.example',
        `Diagnostic-Code: smtp; 550 5.1.1 <${of.recipient}>: Recipient address`,
        '    rejected: User unknown in virtual mailbox table',
      ],
      back: 'text/rfc822-headers',
    }),
  'Postfix, of a domain that is none': (of) =>
    dsn(of, {
      from: 'MAILER-DAEMON@relay.example (Mail Delivery System)',
      words: ['I am sorry.'],
      perMessage: ['Reporting-MTA: dns; relay.example'],
      perRecipient: [
        `Final-Recipient: rfc822; ${of.recipient}`,
        'Action: failed',
        'Status: 5.4.4',
        'Diagnostic-Code: X-Postfix; Host or domain name not found. Name service error for name=inbox.example type=A',
      ],
    }),
  'Exim, which says 5.0.0 and the rest in words': (of) =>
    dsn(of, {
      from: 'Mail Delivery System <Mailer-Daemon@relay.example>',
      head: [`X-Failed-Recipients: ${of.recipient}`, 'Auto-Submitted: auto-replied'],
      words: ['This message was created automatically by mail delivery software.'],
      perMessage: ['Reporting-MTA: dns; relay.example'],
      perRecipient: [
        'Action: failed',
        `Final-Recipient: rfc822;${of.recipient}`,
        'Status: 5.0.0',
        'Remote-MTA: dns; mx.inbox.example',
        'Diagnostic-Code: smtp; 550 No such user here',
      ],
    }),
  Yahoo: (of) =>
    dsn(of, {
      from: 'MAILER-DAEMON@yahoo.example',
      words: ['Sorry, we were unable to deliver your message.'],
      perMessage: ['Reporting-MTA: dns; mta1.yahoo.example'],
      perRecipient: [
        `Final-Recipient: rfc822; ${of.recipient}`,
        'Action: failed',
        'Status: 5.0.0',
        "Diagnostic-Code: smtp; 554 delivery error: dd This user doesn't have a yahoo.example account",
      ],
    }),
  AOL: (of) =>
    dsn(of, {
      from: 'MAILER-DAEMON@relay.example',
      words: ['It was refused.'],
      perMessage: ['Reporting-MTA: dns; relay.example'],
      perRecipient: [
        `Final-Recipient: RFC822; <${of.recipient}>`,
        'Action: Failed',
        'Status: 5.2.1 (mailbox disabled)',
        'Diagnostic-Code: smtp; 521 5.2.1 : (INACTIVE) This account is not accepting mail',
      ],
    }),
  'Amazon SES': (of) =>
    dsn(of, {
      from: 'MAILER-DAEMON@eu-west-1.amazonses.example',
      words: [`An error occurred while trying to deliver the mail to the following recipients:`, of.recipient],
      perMessage: ['Reporting-MTA: dsn; a7-42.smtp-out.eu-west-1.amazonses.example'],
      perRecipient: [
        'Action: failed',
        `Final-Recipient: rfc822; ${of.recipient}`,
        `Diagnostic-Code: smtp; 550 5.1.1 <${of.recipient}>: Email address could not be found`,
        'Status: 5.1.1',
      ],
    }),
  iCloud: (of) =>
    dsn(of, {
      from: 'MAILER-DAEMON@relay.example (Mail Delivery System)',
      words: ['It could not be delivered.'],
      perMessage: ['Reporting-MTA: dns; relay.example'],
      perRecipient: [
        `Final-Recipient: rfc822; ${of.recipient}`,
        'Action: failed',
        'Status: 5.1.6',
        'Remote-MTA: dns; mx01.mail.icloud.example',
        `Diagnostic-Code: smtp; 550 5.1.6 <${of.recipient}>: user no longer exists`,
      ],
    }),
  'a server of mails in all languages (RFC 6533)': (of) =>
    dsn(of, {
      from: 'postmaster@relay.example',
      words: ['Nicht zustellbar.'],
      perMessage: ['Reporting-MTA: dns; relay.example'],
      perRecipient: [`Final-Recipient: utf-8; ${of.recipient}`, 'Action: failed', 'Status: 5.1.1'],
      statusType: 'message/global-delivery-status',
    }),
};

/** What is no fault of the mailbox, or of one that is only full. */
export const otherBounces: Record<'full' | 'policy' | 'spam' | 'delayed' | 'gmail rate', (of: Returned) => string> = {
  full: (of) => small(of, 'failed', '5.2.2', 'smtp; 552 5.2.2 user is over quota'),
  policy: (of) =>
    small(of, 'failed', '5.7.26', 'smtp; 550-5.7.26 This mail has been blocked because the sender is unauthenticated.'),
  spam: (of) => small(of, 'failed', '5.0.0', 'smtp; 554 Message rejected as spam by content scanner'),
  delayed: (of) => small(of, 'delayed', '4.4.1', 'smtp; connect to mx.inbox.example: Connection timed out'),
  'gmail rate': (of) =>
    small(
      of,
      'failed',
      '5.2.1',
      'smtp; 550 5.2.1 The user you are trying to contact is receiving mail at a rate too high',
    ),
};

const small = (of: Returned, action: string, status: string, diagnostic: string) =>
  dsn(of, {
    from: 'MAILER-DAEMON@relay.example',
    words: ['About your mail.'],
    perMessage: ['Reporting-MTA: dns; relay.example'],
    perRecipient: [
      `Final-Recipient: rfc822; ${of.recipient}`,
      `Action: ${action}`,
      `Status: ${status}`,
      `Diagnostic-Code: ${diagnostic}`,
    ],
  });

function arf(to: string, report: string[], back: string[], type = 'message/rfc822'): string {
  return crlf([
    'From: complaints@feedback.example',
    `To: ${to}`,
    'Subject: FW: A new episode',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="arf"',
    '',
    '--arf',
    'Content-Type: text/plain; charset=US-ASCII',
    '',
    'This is an email abuse report for a message that was received on 15 January 2026.',
    '',
    '--arf',
    'Content-Type: message/feedback-report',
    '',
    ...report,
    '',
    '--arf',
    `Content-Type: ${type}`,
    'Content-Disposition: inline',
    '',
    ...back,
    '',
    'Hello.',
    '--arf--',
  ]);
}

export const complaints: Record<string, (of: Returned) => string> = {
  Yahoo: (of) =>
    arf(
      'abuse@files.example',
      [
        'Feedback-Type: abuse',
        'User-Agent: Yahoo!-Mail-Feedback/2.0',
        'Version: 0.1',
        `Original-Mail-From: <${of.returnPath}>`,
        `Original-Rcpt-To: ${of.recipient}`,
        'Reported-Domain: files.example',
        'Source-IP: 192.0.2.25',
      ],
      original(of),
    ),
  'Comcast, which blackens addresses': (of) =>
    arf(
      'abuse@files.example',
      [
        'Feedback-Type: abuse',
        'User-Agent: ReturnPathFBL/1.0',
        'Version: 1',
        'Original-Mail-From: redacted@redacted.example',
        'Original-Rcpt-To: b5f1e0c2@redacted.example',
        'Received-Date: Thu, 15 Jan 2026 09:10:00 +0000',
      ],
      original(of).map((line) =>
        line.replace(of.recipient, 'b5f1e0c2@redacted.example').replace(/^Return-Path.*/, 'Return-Path: <>'),
      ),
    ),
  'one that sends the head alone': (of) =>
    arf(
      of.returnPath,
      ['Feedback-Type: abuse', 'User-Agent: SomeFBL/1', 'Version: 1'],
      original(of),
      'text/rfc822-headers',
    ),
};

/** A report that a mail is no spam. */
export const notSpam = (of: Returned) =>
  arf(
    'abuse@files.example',
    ['Feedback-Type: not-spam', `Original-Mail-From: <${of.returnPath}>`, 'Version: 1'],
    original(of),
  );

/** What a person's mail program answers by itself. */
export const outOfOffice = ({ returnPath, recipient }: Returned) =>
  crlf([
    `From: ${recipient}`,
    `To: ${returnPath}`,
    'Subject: Out of office',
    'Auto-Submitted: auto-replied',
    'Content-Type: text/plain',
    '',
    'Back on Monday. 550 5.1.1 is not what I mean.',
  ]);
