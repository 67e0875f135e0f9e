import type { BounceKind } from '#capture/store/tables.ts';

/** What a mail server said of a mail that it did not take. */
export interface Refusal {
  /** The enhanced status of a report (RFC 3463), `5.1.1`; often coarser than what the words say. */
  status?: string | undefined;
  /** The reply of the server, `550 5.1.1 No such user`, or what a report quotes of it. */
  text: string;
}

/**
 * Whose fault it is that a mail was not taken: the mailbox is none (`hard`), cannot take it for now (`soft`), or nothing of
 * the mailbox was wrong (`blocked`): a policy, the sender, the mail, or servers on the way.
 *
 * Codes are those of RFC 3463 and its registry; those that large receivers use in another sense are told by their words.
 */
export function bounceKind({ status, text }: Refusal): Exclude<BounceKind, 'complaint'> {
  const code = bounceStatus({ status, text });
  const words = text.replaceAll(/\s+/g, ' ').toLowerCase();
  const [, subject, detail] = /^[245]\.(\d+)\.(\d+)$/.exec(code ?? '') ?? [];
  const isForNow = code?.startsWith('4') ?? false;
  // A policy comes before whatever else a server says: it is about the sender, or about the mail.
  if (subject === '7') return 'blocked';
  if (isForNow)
    return subject === '1' || subject === '2' || (subject === undefined && isFull(words)) ? 'soft' : 'blocked';
  if (isFull(words)) return 'soft';
  switch (subject) {
    case '1':
      // 5.1.7 and 5.1.8 are about the sender's address.
      return ['7', '8', '9'].includes(detail ?? '') ? 'blocked' : 'hard';
    case '2':
      // 5.2.1 is a mailbox that is shut; Google uses it for one that gets too much as well.
      return detail === '1' && !/\brate\b/.test(words) ? 'hard' : 'soft';
    case '4':
      // A domain that is none, and Exchange's word for an address that is none.
      return detail === '4' || isUnknown(words) ? 'hard' : 'blocked';
    case '0':
    case '5':
    case undefined:
      return isUnknown(words) ? 'hard' : isPolicy(words) ? 'blocked' : subject === '5' ? 'blocked' : 'soft';
    default:
      return 'blocked';
  }
}

/** The most exact status that was said: the words of a server often have one where a report has only `5.0.0`. */
export function bounceStatus({ status, text }: Refusal): string | undefined {
  const said = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(text)?.[1];
  const isCoarse = status === undefined || /^[245]\.0\.0$/.test(status);
  return (isCoarse ? (said ?? status) : status) ?? /(?<!\d)([45]\d\d)(?!\d)/.exec(text)?.[1];
}

const isFull = (words: string) =>
  /over ?quota|quota (?:is )?(?:exceeded|full)|exceeded (?:its |the |storage )*(?:quota|allocation)|mailbox (?:is )?full|out of storage|insufficient system storage/.test(
    words,
  );

/** That there is no such mailbox, in the words of servers that have no code for it. */
const isUnknown = (words: string) =>
  /(?:no such|unknown|invalid|unrouteable|nonexistent|inactive|disabled) (?:\w+ )?(?:user|mailbox|recipient|address|account)|(?:user|mailbox|recipient|address|account)(?: \S+)? (?:is )?(?:unknown|not found|not exist|does not exist|doesn't exist|disabled|inactive|unavailable|rejected: access denied|closed|not known)|(?:doesn't|does not) have an? \S+ account|no mailbox here|host or domain name not found|domain (?:name )?(?:not found|does not exist)|unrouteable address/.test(
    words,
  );

const isPolicy = (words: string) =>
  /spam|policy|blocked|block ?list|black ?list|reputation|not accepted|denied|dmarc|spf|dkim|authenticat|rate|too many/.test(
    words,
  );
