import type { Mail } from '#capture/mailer.ts';
import type { MailPayload } from '#capture/payloads.ts';
import { alreadySubscribedLetter } from './already-subscribed.ts';
import { confirmLetter } from './confirm.ts';
import { downloadLetter } from './download.ts';
import { issueLetter } from './issue.ts';
import type { Desk, Letter } from './letter.ts';
import { asHtml } from './as-html.ts';
import { asText } from './as-text.ts';
import { welcomeLetter } from './welcome.ts';

/** A mail, written out. The same payload and desk make the same mail. Throws `CannotWrite`. */
export function writeMail(payload: MailPayload, desk: Desk): Mail {
  const letter = letterOf(payload, desk);
  return {
    kind: payload.mail,
    messageId: messageId(desk),
    from: desk.from,
    replyTo: desk.replyTo,
    to: desk.contact.email,
    subject: letter.subject,
    text: asText(letter, desk),
    html: asHtml(letter, desk),
    headers: headers(letter, desk),
  };
}

function letterOf(payload: MailPayload, desk: Desk): Letter {
  switch (payload.mail) {
    case 'confirm':
      return confirmLetter(payload, desk);
    case 'download':
      return downloadLetter(payload, desk);
    case 'welcome':
      return welcomeLetter(payload, desk);
    case 'already-subscribed':
      return alreadySubscribedLetter(payload, desk);
    case 'issue':
      return issueLetter(payload, desk);
  }
}

function messageId({ id, base }: Desk): string {
  return `<${id}@${base.hostname}>`;
}

function headers(letter: Letter, { site, base }: Desk): Record<string, string> {
  return {
    // RFC 3834, section 5: keeps the out-of-office replies of others away.
    ...(letter.nature === 'answer' ? { 'Auto-Submitted': 'auto-generated' } : {}),
    ...(letter.unsubscribe
      ? {
          // RFC 2919, RFC 2369, RFC 8058
          'List-Id': `${phrase(site.title)} <newsletter.${base.hostname}>`,
          'List-Unsubscribe': `<${letter.unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }
      : {}),
  };
}

/** A quoted string where the words need it (RFC 5322, section 3.2.5). */
function phrase(text: string): string {
  return /^[\w !#$%&'*+/=?^`{|}~-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
}
