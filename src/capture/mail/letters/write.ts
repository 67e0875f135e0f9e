import type { Mail } from '#capture/mail/mailer.ts';
import type { LetterFacts } from '#capture/mail/letter-facts.ts';
import { phrase } from '#site/mailbox.ts';
import { alertLetter } from './alert.ts';
import { alreadySubscribedLetter } from './already-subscribed.ts';
import { asHtml } from './as-html.ts';
import { asText } from './as-text.ts';
import { confirmLetter } from './confirm.ts';
import { confirmWordsLetter } from './confirm-words.ts';
import { downloadLetter } from './download.ts';
import { eraseLetter } from './erase.ts';
import { issueLetter } from './issue.ts';
import type { MailContext, Letter } from './letter.ts';
import { moderationLetter } from './moderation.ts';
import { questionAnsweredLetter, questionCameLetter } from './question.ts';
import { replyLetter } from './reply.ts';
import { signInLetter } from './sign-in.ts';
import { welcomeLetter } from './welcome.ts';

/** A mail, written out. The same facts and context make the same mail. Throws `CannotWrite`. */
export function writeMail(payload: LetterFacts, mailContext: MailContext): Mail {
  const letter = letterOf(payload, mailContext);
  return {
    kind: payload.mail,
    messageId: messageId(mailContext),
    from: mailContext.from,
    returnPath: mailContext.bounces?.returnPath,
    replyTo: mailContext.replyTo,
    to: mailContext.contact.email,
    subject: letter.subject,
    text: asText(letter, mailContext),
    html: asHtml(letter, mailContext),
    headers: headers(letter, mailContext),
  };
}

function letterOf(payload: LetterFacts, mailContext: MailContext): Letter {
  switch (payload.mail) {
    case 'confirm':
      return confirmLetter(payload, mailContext);
    case 'download':
      return downloadLetter(payload, mailContext);
    case 'erase':
      return eraseLetter(payload, mailContext);
    case 'welcome':
      return welcomeLetter(payload, mailContext);
    case 'already-subscribed':
      return alreadySubscribedLetter(payload, mailContext);
    case 'issue':
      return issueLetter(payload, mailContext);
    case 'confirm-comment':
    case 'confirm-question':
      return confirmWordsLetter(payload, mailContext);
    case 'question-came':
      return questionCameLetter(payload, mailContext);
    case 'question-answered':
      return questionAnsweredLetter(payload, mailContext);
    case 'reply':
      return replyLetter(payload, mailContext);
    case 'sign-in':
      return signInLetter(payload, mailContext);
    case 'alert':
    case 'all-well':
      return alertLetter(payload, mailContext);
    case 'moderation':
      return moderationLetter(payload, mailContext);
  }
}

function messageId({ id, base }: MailContext): string {
  return `<${id}@${base.hostname}>`;
}

function headers(letter: Letter, { site, base, bounces }: MailContext): Record<string, string> {
  return {
    // RFC 3834, section 5: keeps the out-of-office replies of others away.
    ...(letter.nature === 'answer' ? { 'Auto-Submitted': 'auto-generated' } : {}),
    ...(letter.unsubscribe
      ? {
          // RFC 2919, RFC 2369, RFC 8058
          'List-Id': `${phrase(site.title)} <${letter.list ?? 'newsletter'}.${base.hostname}>`,
          'List-Unsubscribe': `<${letter.unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          ...(letter.archive && { 'List-Archive': `<${letter.archive}>` }),
        }
      : {}),
    // RFC 9477: where receivers may send complaints, and what names the mail when they have blackened its reader.
    ...(bounces && { 'CFBL-Address': `${bounces.address}; report=arf`, 'CFBL-Feedback-ID': bounces.tag }),
  };
}
